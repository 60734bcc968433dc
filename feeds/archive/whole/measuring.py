"""Articles and bytes: in all, by year and by source, and the bytes of day files and index beside the text.

The text of an article is its title and its paragraphs, in UTF-8.
"""

from collections import defaultdict
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from feeds.archive.shards import Shards
from feeds.archive.shards import file as dayfile
from feeds.archive.shards.lines import VERSION
from feeds.model import Article, Fault


class Sizes(Struct):
    """Articles and bytes of something. `shards` is 0 for a source, whose articles share their files with others'."""

    articles: int = 0
    text: int = 0
    shards: int = 0


def _sizes() -> defaultdict[str, Sizes]:
    return defaultdict(Sizes)


class Stats(Struct):
    """The measures so far. `days` counts days by the version of their files; `unsearched` texts wait for the search."""

    whole: Sizes = field(default_factory=Sizes)
    years: defaultdict[str, Sizes] = field(default_factory=_sizes)
    sources: defaultdict[str, Sizes] = field(default_factory=_sizes)
    days: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    index: int = 0
    flags: int = 0
    unsearched: int = 0

    @property
    def old(self) -> int:
        """Days that an earlier version wrote."""
        return sum(count for version, count in self.days.items() if version < VERSION)

    def take_files(self, folder: Path) -> None:
        """Measure the databases in the archive's folder, each with its log."""
        self.index = sum(file.stat().st_size for file in folder.glob("index.sqlite*"))
        self.flags = sum(file.stat().st_size for file in folder.glob("flags.sqlite*"))


def text_bytes(article: Article) -> int:
    """The article's own text in bytes."""
    return len(article.title.encode()) + sum(len(block.text.encode()) for block in article.blocks)


def measure_day(day: date, shards: Shards, stats: Stats) -> tuple[Fault, ...]:
    """Count a day in; its fault when its file is damaged, which is then not counted."""
    path = shards.path_of(day)
    records = shards.records(day)
    if records is None:
        return (fault,) if (fault := shards.fault_of(day)) else ()
    try:
        size, version = path.stat().st_size, dayfile.version_in(path)
    except OSError:
        return ()  # pruned meanwhile
    stats.days[version] += 1
    for share in (stats.whole, stats.years[f"{day.year:04}"]):
        share.shards += size
    for record in records.values():
        text = text_bytes(record)
        for share in (stats.whole, stats.years[f"{day.year:04}"], *(stats.sources[name] for name in record.sources)):
            share.articles += 1
            share.text += text
    return ()
