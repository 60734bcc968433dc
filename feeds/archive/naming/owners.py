"""Who is known by a name: what the writer of an archive asks before it takes an item for an article."""

from collections.abc import Iterable, Iterator, Sequence

from feeds.archive import Archive
from feeds.archive.naming.splitting import Part
from feeds.errors import ArchiveError
from feeds.model import Article

__all__ = ["Names", "Part"]


class Names:
    """The names of one archive's articles."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._index, _, self._writer = archive.parts

    def owners(self, keys: Iterable[str]) -> Iterator[Article]:
        """The articles known by these keys, each once, in the keys' order."""
        for name in dict.fromkeys(self._index.owners(keys)):
            try:
                yield self._archive.get(name)
            except ArchiveError:
                continue  # its day's file is damaged; storing sets that aside

    def split(self, name: str, stays: Part, parts: Sequence[Part]) -> None:
        """Take other articles out of one that was taken for all of them (writer only); ArchiveError.

        The article is `stays` from now on. Those whose text stands among its earlier ones become articles with its
        marks; the others are unknown until they are stored.
        """
        self._writer.split(name, stays, parts)
