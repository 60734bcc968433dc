"""One process writes, others read and mark, at the same time."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from feeds.archive import Archive
from feeds.query import parse
from tests.archive.conftest import NOON
from tests.archive.corpus import article

_WRITER = """
import sys
from datetime import timedelta
from pathlib import Path
from feeds.archive import Archive
from tests.archive.corpus import articles
with Archive.open(Path(sys.argv[1]), write=True) as archive:
    print("open", flush=True)
    batch = []
    for article in articles(300, every=timedelta(minutes=20)):
        batch.append(article)
        if len(batch) == 10:
            archive.store_many(batch)
            archive.fold_flags()
            batch.clear()
    print("stored", flush=True)
    sys.stdin.read()
    archive.fold_flags()
"""
_OPENER = """
import sys
from pathlib import Path
from feeds.archive import Archive
with Archive.open(Path(sys.argv[1])) as archive:
    print(archive.listing().total)
"""


def test_a_reader_reads_and_marks_while_a_writer_stores(tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdin is not None
    assert writer.stdout.readline() == "open\n"
    marked: set[str] = set()
    with Archive.open(tmp_path, catch_up=False) as reader:
        listing = reader.listing()
        seen = 0
        while seen < 300:
            listing.refresh()
            rows = listing.window(0, 400)
            assert [row.published for row in rows] == sorted((row.published for row in rows), reverse=True)
            assert len(rows) >= seen
            seen = len(rows)
            for row in rows[-1:]:
                assert reader.get(row.id).title == row.title
                reader.set_flags([row.id], read=True)
                marked.add(row.id)
            reader.listing(parse("船舶 is:unread", NOON.date())).window(0, 5)
    assert writer.stdout.readline() == "stored\n"
    writer.communicate("")
    assert writer.returncode == 0
    for file in tmp_path.glob("index.sqlite*"):
        file.unlink()
    with Archive.open(tmp_path) as reader:
        assert {row.id for row in reader.listing(parse("is:read", NOON.date())).window(0, 400)} == marked


def test_many_that_open_an_archive_without_index_at_once_all_read_it(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many(map(article, range(40)))
    for file in tmp_path.glob("*.sqlite*"):
        file.unlink()
    openers = [
        subprocess.Popen([sys.executable, "-c", _OPENER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [opener.communicate()[0] for opener in openers] == ["40\n"] * 4


def test_threads_of_one_process_share_an_archive(archive: Archive) -> None:
    whole = [article(number) for number in range(120)]

    def work(number: int) -> int:
        if number % 4 == 0:
            return sum(entry.new for entry in archive.store_many(whole[number * 6 : number * 6 + 24]))
        rows = archive.listing(parse("船舶 or 物流", NOON.date())).window(0, 10)
        archive.set_flags([row.id for row in rows], read=True)
        return 0

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(work, range(20))) == 120
    assert archive.listing().total == 120
    assert archive.unread() == sum(row.unread for row in archive.listing().window(0, 200))
