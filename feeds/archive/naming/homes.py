"""Where an article that is handed in belongs: in the record of the archive that it is, or in one of its own.

If two articles share a name, `identity.is_same` decides. An article that is not one of those that have its names
leaves them these names, and is known by the names that are left.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from msgspec import Struct, structs

from feeds.archive.records import Record, day_of
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.known import days_of, owners_of
from feeds.errors import DayUnusable
from feeds.identity import facts_of_article, id_of, is_same
from feeds.model import Article, Fault


class Home(Struct, frozen=True):
    """The id and the day of an article's record; and the article, with the names that are its own.

    `fault` says that the record cannot be read, so that the article can be neither joined to it nor told from it.
    """

    name: str
    day: date
    article: Article
    fault: Fault | None = None


class Homes:
    """The homes of articles that are stored together. `records` are those of the days that were looked into."""

    def __init__(self, index: Index, read: Callable[[date, set[str]], dict[str, Record]]) -> None:
        self._index = index
        self._read = read
        self._days: dict[str, date] = {}
        self._indexed: dict[str, date] = {}
        self._known: dict[str, Article] = {}
        self._named: dict[str, str] = {}
        self._unread: dict[str, tuple[date, Fault]] = {}
        self.records: dict[date, dict[str, Record]] = {}

    def of(self, articles: Sequence[Article]) -> Iterator[Home]:
        """A home for each, in their order. Articles of one batch find each other too."""
        known = owners_of(self._index, {key for article in articles for key in article.keys})
        owners = [list(dict.fromkeys(known[key] for key in article.keys if key in known)) for article in articles]
        self._indexed = days_of(self._index, {*(article.id for article in articles), *known.values()})
        self._look_into(set(known.values()))
        for article, names in zip(articles, owners, strict=True):
            yield self._settle(article, names)

    def _look_into(self, names: set[str]) -> None:
        """Read the records that may be asked for, each day's file once."""
        days: dict[date, set[str]] = {}
        for name in names:
            if day := self._indexed.get(name) or self._index.day(name):
                days.setdefault(day, set()).add(name)
        for day, wanted in days.items():
            try:
                self.records[day] = self._read(day, wanted)
            except DayUnusable as error:
                self._unread.update(dict.fromkeys(wanted, (day, error.fault)))
                continue
            self._known.update(self.records[day])
            self._days.update(dict.fromkeys(self.records[day], day))

    def _settle(self, article: Article, owners: Sequence[str]) -> Home:
        fellows = (self._named[key] for key in article.keys if key in self._named)
        candidates = [name for name in dict.fromkeys((*fellows, *owners)) if name in self._known]
        if candidates:
            if _says_again(article, self._known[candidates[0]]):
                return Home(candidates[0], self._days[candidates[0]], article)
            said = facts_of_article(article)
            if name := next((name for name in candidates if is_same(said, self._known[name])), ""):
                return self._join(name, article)
            taken = {key for name in candidates for key in self._known[name].keys}
            keys = tuple(key for key in article.keys if key not in taken) or (_last_name(article),)
            article = structs.replace(article, keys=keys)
            others = [name for name in self._index.owners(keys) if name not in candidates]
            self._look_into(set(others))
            if name := next((name for name in others if name in self._known), ""):
                return self._join(name, article)
        if name := next((name for name in owners if name in self._unread), ""):
            day, fault = self._unread[name]
            return Home(name, day, article, fault)
        name = self._free_name(article)
        self._days[name] = day_of(article.published)
        return self._join(name, article)

    def _join(self, name: str, article: Article) -> Home:
        known = self._known.get(name)
        if known:
            keys, sources = ((*getattr(known, part), *getattr(article, part)) for part in ("keys", "sources"))
            self._known[name] = structs.replace(
                article, keys=tuple(dict.fromkeys(keys)), sources=tuple(dict.fromkeys(sources))
            )
        else:
            self._known[name] = article
        self._named.update(dict.fromkeys(article.keys, name))
        return Home(name, self._days[name], article)

    def _free_name(self, article: Article) -> str:
        """An id that no other article has."""
        name, number = article.id, 1
        while name in self._known or (self._indexed.get(name) if name == article.id else self._index.day(name)):
            name = id_of(article.keys[0] if number == 1 else f"{article.keys[0]}#{number}")
            number += 1
        return name


def _says_again(article: Article, known: Article) -> bool:
    """Whether an article is what the archive has but for its text; most that is stored twice is."""
    names = (article.keys, article.sources, article.guid)
    said = (article.url, article.title, article.published)
    return names == (known.keys, known.sources, known.guid) and said == (known.url, known.title, known.published)


def _last_name(article: Article) -> str:
    """The name of an article whose every name is another's."""
    said = (article.title, article.published.isoformat() if article.dated else "", article.url, article.guid)
    text = "\n".join(article.paragraphs)
    digest = hashlib.blake2b("\0".join((*said, text)).encode("utf-8", "surrogatepass"), digest_size=10)
    return f"text:{digest.hexdigest()}"
