"""Archives of many invented articles, made once and kept: day files by two processes, then the real index.

The articles are those of tests/archive/corpus.py, one every five minutes back from its newest; before them stands one
of 10,000 characters. The demo's forty texts, copied twenty-four thousand times each, would be one piece each to the
archive; the corpus puts every article together anew from parts.
"""

import multiprocessing
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from feeds.archive import Archive
from feeds.archive.records import day_of
from feeds.archive.shards import file as dayfile
from feeds.archive.shards.lines import plain
from feeds.archive.whole.measuring import text_bytes
from feeds.identity import id_of
from feeds.model import BEIJING, Article
from tests.archive import corpus

SEED = 1
LONG = 10_000  # characters of the newest article
EVERY = timedelta(minutes=5)
CONFIG = 'language = "zh"\n[[source]]\nname = "nothing"\nkind = "posts"\nurl = "posts"\n'
_TEXTS = 2000  # texts taken into the search at a time


class Cost(Struct, frozen=True):
    """What an archive weighs and took: bytes of text (title and paragraphs in UTF-8), seconds of each step."""

    text: int
    files: float = 0.0
    rows: float = 0.0
    texts: float = 0.0


class Corpus(Struct, frozen=True):
    """One folder: the archive of so many articles, and a configuration that polls an empty folder."""

    folder: Path
    count: int
    cost: Cost

    @property
    def archive(self) -> Path:
        """The archive's folder."""
        return self.folder / "archive"

    @property
    def config(self) -> Path:
        """The configuration's file."""
        return self.folder / "config.toml"

    def articles(self) -> Iterator[Article]:
        """Every article, the newest first."""
        yield long_article()
        yield from corpus.articles(self.count - 1, SEED)


def long_article() -> Article:
    """The newest article: one with a plan, and paragraphs of others until it has 10,000 characters."""
    others = [corpus.article(number, SEED + 1) for number in range(40)]
    first = next(article for article in others if article.plan)
    blocks = [*first.blocks, *(block for article in others for block in article.blocks)]
    while sum(len(block.text) for block in blocks) - len(blocks[-1].text) >= LONG:
        del blocks[-1]
    key, published = "comos:zwlongest0000000", corpus.NEWEST + EVERY
    return structs.replace(
        first, id=id_of(key), keys=(key,), title="万字综述：各地各部门这样落实 第零期", published=published,
        seen=published, url="https://news.example/long.shtml", blocks=tuple(blocks),
    )  # fmt: skip


def _write_days(work: tuple[Path, date, int]) -> int:
    """One day's file of the corpus; bytes of its text. An article's odd seconds may take it to the day before."""
    folder, day, count = work
    midnight = datetime.combine(day, time_of_day(), BEIJING)
    first = max(0, -((midnight + timedelta(days=1) - corpus.NEWEST) // EVERY))
    last = min(count - 1, (corpus.NEWEST - midnight) // EVERY)
    articles = [corpus.article(number, SEED) for number in range(first, last + 1)]
    if day == day_of(corpus.NEWEST):
        articles.insert(0, long_article())
    records = {article.id: plain(article) for article in articles if day_of(article.published) == day}
    if records:
        dayfile.put(folder / f"{day.year:04}" / f"{day}.json", dayfile.bytes_of(day.isoformat(), records))
    return sum(text_bytes(article) for article in articles if article.id in records)


def _days(count: int) -> Iterator[date]:
    day, oldest = day_of(corpus.NEWEST), day_of(corpus.NEWEST - count * EVERY)
    while day >= oldest:
        yield day
        day -= timedelta(days=1)


def _build_index(path: Path) -> tuple[float, float]:
    """Seconds until every article can be listed, and then until every text can be searched by its grams."""
    begun = time.perf_counter()
    with Archive.open(path, write=True) as archive:
        listed = time.perf_counter()
        while archive.upkeep(_TEXTS):
            pass
        return listed - begun, time.perf_counter() - listed


def corpus_of(count: int, kept: Path) -> Corpus:
    """The archive of `count` articles under `kept`, made where there is none yet."""
    folder = kept / str(count)
    note = folder / "cost.json"
    if not note.exists():
        (folder / "posts").mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(CONFIG, "utf-8")
        begun = time.perf_counter()
        work = [(folder / "archive" / "shards", day, count - 1) for day in _days(count - 1)]
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            text = sum(pool.imap_unordered(_write_days, work, 8))
        files = time.perf_counter() - begun
        note.write_bytes(msgspec.json.encode(Cost(text, files, *_build_index(folder / "archive"))))
    return Corpus(folder, count, msgspec.json.decode(note.read_bytes(), type=Cost))
