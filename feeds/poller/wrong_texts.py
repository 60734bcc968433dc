"""Texts that do not belong to their articles: how they are found, removed and fetched again.

A worker recognises the usual words of a wall when it reads the page. A wall with other words is found here: several
addresses of a source give the same text, and it fits none of their titles. `Review` searches the articles that were
stored under earlier rules once, day by day.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

from msgspec import structs

from feeds.answers.walls import digest_of_stray, fits, instead_of_article, is_short
from feeds.archive import WritingEngine
from feeds.assembly import entry_of, without_text
from feeds.errors import ArchiveError
from feeds.model import Article, Entry, Instead, Source
from feeds.poller.states import StateStore
from feeds.schedule import WaitingArticle

RULES = 1  # raise this to search the stored texts again
_STRAYS = 60  # digests kept for a source
_SHARERS = 12  # articles kept for a digest
_SHORT_SHARED, _LONG_SHARED = 2, 3  # articles that share a text before it counts as wrong: a short text, a long one


def sharers_of(article: Article, name: str, known: Sequence[str], archive: WritingEngine) -> list[Article]:
    """The articles among `known` that share the article's text, if they are too many for a text of their own.

    `name` is the article's id in the archive. `known` may contain it, with an earlier revision.
    """
    found = [found for known_name in known if (found := _article_or_none(archive, known_name))]
    differing = [other for other in found if other.id != name and not _titles_fit(other, article)]
    return found if _are_too_many(article, differing) else []


def with_stray(strays: Mapping[str, tuple[str, ...]], digest: str, name: str) -> dict[str, tuple[str, ...]]:
    """The strays of a source, with this article added."""
    known = tuple(dict.fromkeys((*strays.get(digest, ()), name)))[-_SHARERS:]
    others = {key: names for key, names in strays.items() if key != digest}
    return dict([*others.items(), (digest, known)][-_STRAYS:])


def withdraw_texts(archive: WritingEngine, articles: Sequence[Article], kind: str = "same") -> None:
    """Remove wrong texts from the archive. They are not shown or found any more. Raises ArchiveError."""
    archive.set_texts([without_text(article, instead_of_article(article) or Instead(kind)) for article in articles])


def waiting_entries_of(articles: Sequence[Article], source: str, due: datetime) -> tuple[WaitingArticle, ...]:
    """The articles as entries whose page the source fetches when `due`."""
    entries = [structs.replace(entry_of(article), source=source) for article in articles]
    return tuple(WaitingArticle(entry, due) for entry in entries if entry.url)


def _are_too_many(article: Article, differing: Sequence[Article]) -> bool:
    return len(differing) + 1 >= (_SHORT_SHARED if is_short(article.blocks) else _LONG_SHARED)


def _article_or_none(archive: WritingEngine, name: str) -> Article | None:
    try:
        return archive.get(name)
    except ArchiveError:
        return None


def _titles_fit(first: Article, second: Article) -> bool:
    return fits(first.title, Entry(source="", title=second.title))


class Review:
    """Searches the stored articles for wrong texts by newer rules, one day a step, the latest day first.

    The sources' states keep the day that it reached, so the next run continues there.
    """

    def __init__(
        self, archive: WritingEngine, memory: StateStore, sources: Sequence[Source], clock: Callable[[], datetime]
    ) -> None:
        self._archive = archive
        self._states = memory
        self._clock = clock
        # A folder of posts has no pages to fetch.
        self._sources = [source.name for source in sources if source.kind != "posts"]
        self._sources = [name for name in self._sources if memory.of(name).rules < RULES]
        self._wrong_digests: set[tuple[str, str]] = set()
        self._shared: dict[tuple[str, str], list[Article]] = {}
        self._days = iter(self._remaining_days())
        self.is_finished = not self._sources

    def _remaining_days(self) -> list[date]:
        """The days that are not yet searched for every source."""
        if not self._sources:
            return []
        begin = max(self._states.of(name).reviewed or date.max for name in self._sources)
        return [day for day in self._archive.days() if day < begin]

    def step(self) -> None:
        """Search the next day. Wrong texts are removed, and their sources fetch them again. Raises ArchiveError."""
        day = next(self._days, None)
        if day is None:
            self.is_finished = True
            self._save_progress(rules=RULES, reviewed=None)
            return
        found: dict[str, list[Article]] = {}
        for article in self._archive.articles_of(day):
            if name := next((source for source in article.sources if source in self._sources), None):
                found.setdefault(name, []).extend(self._wrong_texts(name, article))
        for name, articles in found.items():
            if articles:
                withdraw_texts(self._archive, articles)
                self._states.add_waiting(name, waiting_entries_of(articles, name, self._clock()))
        self._save_progress(rules=0, reviewed=day)

    def _save_progress(self, *, rules: int, reviewed: date | None) -> None:
        for name in self._sources:
            self._states.keep(name, structs.replace(self._states.of(name), rules=rules, reviewed=reviewed))

    def _wrong_texts(self, source: str, article: Article) -> Iterator[Article]:
        """The article if its text is a wall, and the articles that share its text if they are too many."""
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
