"""One archive folder: what its one writer may do beside what every reader may. See `feeds.archive.engine`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from feeds.archive import state as states
from feeds.archive.opening import open_parts
from feeds.archive.reader import ArchiveReader
from feeds.archive.records import Part, Stored
from feeds.archive.sqlite.index import Index
from feeds.errors import ArchiveError
from feeds.model import Article, Flags

if TYPE_CHECKING:
    from feeds.archive.preparation.ready import ReadyArticle
    from feeds.archive.sqlite.rows.articles import ArticleRows
    from feeds.archive.sqlite.rules import RuleApplication
    from feeds.query.rules import StoreRule

_CHUNK = 1000  # articles taken from an iterable at a time
_TEXTS = 50  # texts that enter the search in one transaction: a reader's flag waits for it


def _rows_of(index: Index) -> "ArticleRows":
    from feeds.archive.sqlite.rows.articles import ArticleRows

    return ArticleRows(index)


def _application_of(index: Index, rules: "Sequence[StoreRule]") -> "RuleApplication":
    from feeds.archive.sqlite.rules import RuleApplication  # few readers have rules

    return RuleApplication(index, rules)


class Archive(ArchiveReader):
    """One archive folder, opened for reading, or by its one writer."""

    @classmethod
    def open(
        cls, path: Path, *, write: bool = False, catch_up: bool = True, rebuild: bool = False, make: bool = True
    ) -> Self:
        """Open the archive at `path`. Make a missing one; with `make` False raise ArchiveGone instead.

        First the index catches up with the day files. With `catch_up` False a writer does that later: the dashboard
        starts its poller anyway and does not wait. With `rebuild` a writer gets an empty index and walks
        `Whole.rebuild`. Raises ArchiveLocked if another process writes.

        A reader needs no write. If the disk refuses writes, the archive is read as it is, see `view`.
        """
        return cls(open_parts(path, write=write, catch_up=catch_up, rebuild=rebuild, make=make))

    def catch_up(self) -> int:
        """Bring the index up to the day files, the latest day first. Return how many days were behind."""
        from feeds.archive.sqlite.days import IndexedDays

        days = IndexedDays(self._index, self._shards)
        return sum(1 for _ in days.catch_up(every=self.parts.unlock is not None))

    def upkeep(self, texts: int = _TEXTS) -> int:
        """Do a short step of the postponed work (writer only). Return the number of texts that still wait.

        Texts wait to enter the search and to be compared. Until then the search reads every waiting text, slower and
        with the same result, and duplicates may have rows of their own. `store_many` and `fold_flags` each do a step,
        so a poller catches up by its normal work. It may also call this when it is idle.
        """
        from feeds.archive.sqlite.joined.document_rows import merge_waiting

        rows = _rows_of(self._index)
        waiting = rows.index_texts(texts), rows.compare(texts)  # most texts wait for both
        return max(*waiting, rows.join_documents(texts), merge_waiting(self._index, texts, self.get_many))

    def store(self, article: Article, flags: Flags | None = None) -> Stored:
        """Store an article. It is on disk when this returns, unless it is refused. Use `store_many` for many."""
        return self.parts.writer.store([article], flags)[0]

    def store_many(
        self,
        articles: Iterable[Article],
        *,
        search_later: bool = False,
        ready: "Iterable[ReadyArticle | None]" = (),
        rules: "Sequence[StoreRule]" = (),
    ) -> list[Stored]:
        """Store articles in their order. Each day's file is written once. All is on disk at the return.

        A new article gets the marks of the `rules` that find it, and so does one whose text comes now.

        If a day's file cannot be used, its articles are refused, see Stored. Raises ArchiveError on a full disk.

        With `search_later` the texts enter the search in `upkeep`. That is the most expensive part. `ready` has the
        articles made ready, in the same order (see feeds.archive.preparation.ready); a worker makes them.
        """
        stored: list[Stored] = []
        applied = _application_of(self._index, rules) if rules else None
        rest, made = iter(articles), iter(ready)
        while chunk := list(islice(rest, _CHUNK)):
            stored += self.parts.writer.store(
                chunk, None, later=search_later, ready=list(islice(made, _CHUNK)), rules=applied
            )
            if applied:
                applied.apply()
            if not search_later:
                for _ in range(0, len(chunk), _TEXTS):
                    _rows_of(self._index).compare(_TEXTS)
        if not search_later:
            self.upkeep()
        return stored

    def set_texts(self, articles: Sequence[Article]) -> None:
        """Replace title, text, plan, earlier texts and `instead` of stored articles. All is on disk at the return.

        Unlike `store` this can remove a text. An article that is not in the archive is ignored. Raises ArchiveError.
        """
        self.parts.writer.set_texts(articles)

    # -- which articles there are

    def owners(self, keys: Iterable[str]) -> Iterator[Article]:
        """The articles that have these keys, each once, in the order of the keys. A damaged one is left out."""
        for name in dict.fromkeys(self._index.owners(keys)):
            try:
                yield self.get(name)
            except ArchiveError:
                continue  # its day's file is damaged; storing sets that aside

    def split_article(self, name: str, stays: Part, parts: Sequence[Part]) -> None:
        """Split other articles off an article that stands for all of them. Raises ArchiveError.

        The article is `stays` from now on. Parts whose text is among its earlier texts become articles with its
        flags; the others are unknown until they are stored.
        """
        self.parts.writer.split(name, stays, parts)

    def days(self) -> list[date]:
        """Every day that has articles, the latest first."""
        return self._shards.days()

    def articles_of(self, day: date) -> list[Article]:
        """A day's articles, in the order of its file. A damaged file is set aside and gives none."""
        return list(self.parts.writer.articles_of(day))

    # -- what waits, and the poller's state

    def fold_flags(self, days: int | None = None, *, rules: "Sequence[StoreRule] | None" = None) -> int:
        """Write pending flags into the day files, of at most `days` days (writer only). Return how many.

        With `rules` first apply them to articles that were stored by a writer that died before it did.
        """
        if rules is not None:
            _application_of(self._index, rules).apply()
        folded = self.parts.writer.fold_flags(days)
        self.upkeep()
        return folded

    def load_state(self) -> dict[str, Any]:
        """The state that `save_state` saved, as plain JSON values; empty without a readable file."""
        return states.load_state(self.path)

    def save_state(self, state: Mapping[str, Any]) -> None:
        """Save what the poller keeps about its sources. After a crash the file has the old state or the new one."""
        self._index.check_place()
        states.save_state(self.path, state)
