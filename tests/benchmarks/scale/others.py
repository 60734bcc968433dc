"""newsboat and sfeed on the same articles: what they keep them in, and the commands that open it."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from feeds.archive.records import Record
from feeds.archive.shards import Shards
from tests.benchmarks.scale.corpora import Corpus

ALL = "All articles"
_FEED = "http://127.0.0.1:9/{number}.xml"


def has(program: str) -> bool:
    """Whether the program is installed."""
    return shutil.which(program) is not None


def records(corpus: Corpus) -> Iterator[Record]:
    """Every article as the day files have it, the newest day first."""
    shards = Shards(corpus.archive / "shards", write=False)
    for year in shards.years():
        for day, _ in shards.files_of(year):
            yield from (shards.records(date.fromordinal(day.toordinal())) or {}).values()


def html_of(record: Record) -> str:
    """The text as a feed would give it."""
    return "".join(f"<p>{text}</p>" for text in record.paragraphs)


def newsboat(corpus: Corpus) -> list[str]:
    """The command that opens newsboat on the corpus; its first feed is the query for all articles."""
    folder = corpus.folder / "newsboat"
    if not (folder / "urls").exists():
        folder.mkdir(exist_ok=True)
        (folder / "config").write_text("auto-reload no\nrefresh-on-startup no\nconfirm-exit no\n", "utf-8")
        (folder / "cache.db").unlink(missing_ok=True)
        empty = folder / "empty"
        empty.write_text(_FEED.format(number=0) + "\n", "utf-8")
        words = ["newsboat", "-u", str(empty), "-c", str(folder / "cache.db"), "-x", "print-unread"]
        subprocess.run(words, check=True, capture_output=True)
        feeds = _fill(folder / "cache.db", corpus)
        (folder / "urls").write_text("\n".join([f'"query:{ALL}:age >= 0"', *feeds, ""]), "utf-8")
    return ["newsboat", "-q", f"-u{folder / 'urls'}", f"-C{folder / 'config'}", f"-c{folder / 'cache.db'}"]


def _fill(cache: Path, corpus: Corpus) -> list[str]:
    """Put every article into newsboat's cache, a feed a source; the feeds' addresses."""
    feeds: dict[str, str] = {}
    with closing(sqlite3.connect(cache)) as connection:
        connection.execute("PRAGMA synchronous = OFF")

        def rows() -> Iterator[tuple[str | int, ...]]:
            for record in records(corpus):
                source = record.sources[0]
                feed = feeds.setdefault(source, _FEED.format(number=len(feeds)))
                published = int(record.published.timestamp())
                yield record.id, record.title, record.origin, record.url, feed, published, html_of(record)

        connection.executemany(
            "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, enclosure_url, "
            "enclosure_type, flags) VALUES (?, ?, ?, ?, ?, ?, ?, 1, '', '', '')",
            rows(),
        )
        connection.execute("DELETE FROM rss_feed")
        connection.executemany("INSERT INTO rss_feed (rssurl, url, title) VALUES (?2, ?2, ?1)", [*feeds.items()])
        connection.commit()
    return list(feeds.values())


def sfeed(corpus: Corpus) -> list[str]:
    """The command that opens sfeed_curses on one file of all articles."""
    folder = corpus.folder / "sfeed"
    if not (folder / "all").exists():
        folder.mkdir(exist_ok=True)
        with (folder / "part").open("w", encoding="utf-8") as out:
            for record in records(corpus):
                fields = [str(int(record.published.timestamp())), record.title, record.url, html_of(record), "html"]
                out.write("\t".join([*fields, record.id, record.origin, "", ""]) + "\n")
        (folder / "part").rename(folder / "all")
    return ["sfeed_curses", str(folder / "all")]
