"""Texts that are not the articles': which are doubted, what becomes of them, and who is asked for the right ones.

A wall's words are recognised when its page is read. A wall in other words shows itself when several addresses of a
source bring one text that fits none of their titles. What was stored by earlier rules is looked through once, day
by day.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

from msgspec import structs

from feeds.answers.walls import digest_of_stray, fits, instead_of_article, is_short
from feeds.archive import Archive
from feeds.archive.whole.texts import articles_of, days_of, set_texts
from feeds.assembly import entry_of, without_text
from feeds.errors import ArchiveError
from feeds.model import Article, Entry, Instead, Source
from feeds.poller.memory import Memory
from feeds.schedule import Waiting

RULES = 1  # raised when stored texts are to be looked through again
_STRAYS = 60  # digests remembered of a source
_SHARERS = 12  # articles remembered of a digest
_SOME, _MANY = 2, 3  # articles that share a text before it is doubted: one of a few words, a longer one


def sharers_of(article: Article, name: str, known: Sequence[str], archive: Archive) -> list[Article]:
    """The articles of those `known` to have the same text, when they are too many for a text of their own; else none.

    `name` is the article's id in the archive, which may have an earlier state of it among them.
    """
    found = [found for known_name in known if (found := _got(archive, known_name))]
    differing = [other for other in found if other.id != name and not _titles_fit(other, article)]
    return found if _are_too_many(article, differing) else []


def with_stray(strays: Mapping[str, tuple[str, ...]], digest: str, name: str) -> dict[str, tuple[str, ...]]:
    """The strays of a source, this article among them."""
    known = tuple(dict.fromkeys((*strays.get(digest, ()), name)))[-_SHARERS:]
    others = {key: names for key, names in strays.items() if key != digest}
    return dict([*others.items(), (digest, known)][-_STRAYS:])


def withdraw(archive: Archive, articles: Sequence[Article], kind: str = "same") -> None:
    """Take wrong texts out of the archive; nothing of them is shown or found any more. ArchiveError."""
    set_texts(archive, [without_text(article, instead_of_article(article) or Instead(kind)) for article in articles])


def waiting_for(articles: Sequence[Article], source: str, due: datetime) -> tuple[Waiting, ...]:
    """The articles as their source waits for them."""
    entries = [structs.replace(entry_of(article), source=source) for article in articles]
    return tuple(Waiting(entry, due) for entry in entries if entry.url)


def _are_too_many(article: Article, differing: Sequence[Article]) -> bool:
    return len(differing) + 1 >= (_SOME if is_short(article.blocks) else _MANY)


def _got(archive: Archive, name: str) -> Article | None:
    try:
        return archive.get(name)
    except ArchiveError:
        return None


def _titles_fit(first: Article, second: Article) -> bool:
    return fits(first.title, Entry(source="", title=second.title))


class Review:
    """Looks through what is stored by rules that are newer than it, the latest day first, a day a step.

    How far it is stands in the sources' states, so that the next run goes on.
    """

    def __init__(
        self, archive: Archive, memory: Memory, sources: Sequence[Source], clock: Callable[[], datetime]
    ) -> None:
        self._archive = archive
        self._memory = memory
        self._clock = clock
        # A folder of posts has no page to ask for.
        self._sources = [source.name for source in sources if source.kind != "posts"]
        self._sources = [name for name in self._sources if memory.of(name).rules < RULES]
        self._wrong_digests: set[tuple[str, str]] = set()
        self._shared: dict[tuple[str, str], list[Article]] = {}
        self._days = iter(self._days_left())
        self.done = not self._sources

    def _days_left(self) -> list[date]:
        """The days that not all of the sources were looked through for."""
        if not self._sources:
            return []
        begin = max(self._memory.of(name).reviewed or date.max for name in self._sources)
        return [day for day in days_of(self._archive) if day < begin]

    def step(self) -> None:
        """Look through the next day; what is wrong there is withdrawn, and its sources ask for it. ArchiveError."""
        day = next(self._days, None)
        if day is None:
            self.done = True
            self._note(rules=RULES, reviewed=None)
            return
        found: dict[str, list[Article]] = {}
        for article in articles_of(self._archive, day):
            if name := next((source for source in article.sources if source in self._sources), None):
                found.setdefault(name, []).extend(self._wrong(name, article))
        for name, articles in found.items():
            if articles:
                withdraw(self._archive, articles)
                self._memory.wait(name, waiting_for(articles, name, self._clock()))
        self._note(rules=0, reviewed=day)

    def _note(self, *, rules: int, reviewed: date | None) -> None:
        for name in self._sources:
            self._memory.keep(name, structs.replace(self._memory.of(name), rules=rules, reviewed=reviewed))

    def _wrong(self, source: str, article: Article) -> Iterator[Article]:
        """The article when its text is a wall's, and those that share a text with it when they are too many."""
        if instead_of_article(article):
            yield article
        elif digest := digest_of_stray(article):
            sharers = self._shared.setdefault((source, digest), [])
            differing = [other for other in sharers if not _titles_fit(other, article)]
            if (source, digest) in self._wrong_digests:
                yield article
            elif _are_too_many(article, differing):
                self._wrong_digests.add((source, digest))
                yield from (*sharers, article)
                sharers.clear()
            elif len(sharers) < _SHARERS:
                sharers.append(article)
