"""Marks hold at once, from any process, and find their way into the day files."""

import json
import sqlite3
import threading
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from feeds.archive import Archive
from feeds.errors import ArchiveError
from feeds.model import Flags
from tests.archive.conftest import small
from tests.archive.corpus import article, articles

IDS = [article(number).id for number in range(20)]


@pytest.fixture
def marked(archive: Archive) -> Archive:
    """Twenty articles of one day."""
    archive.store_many(articles(20))
    return archive


def in_shards(path: Path) -> dict[str, Any]:
    """Flags by id, as the day files have them."""
    found = {}
    for file in path.glob("shards/*/*.json"):
        for name, record in json.loads(file.read_bytes())["articles"].items():
            if flags := record.get("flags"):
                found[name] = flags
    return found


def test_a_mark_holds_at_once(marked: Archive) -> None:
    marked.set_flags(IDS[:3], read=True)
    marked.set_flags(IDS[:1], starred=True)
    assert [marked.flags(name) for name in IDS[:4]] == [
        Flags(read=True, starred=True),
        Flags(read=True),
        Flags(read=True),
        Flags(),
    ]
    assert marked.unread() == 17


def test_another_open_archive_marks_and_sees_marks(marked: Archive) -> None:
    with Archive.open(marked.path) as other:
        other.set_flags(IDS[:2], read=True)
        assert marked.flags(IDS[0]).read
        marked.set_flags(IDS[:1], read=False)
        assert not other.flags(IDS[0]).read
        assert other.unread() == 19


def test_a_mark_comes_between_two_pieces_of_a_writer_that_never_rests(marked: Archive) -> None:
    index = marked.parts.index
    begun, done = threading.Event(), threading.Event()
    pieces = 0

    def write() -> None:
        nonlocal pieces
        while not done.is_set():
            with index.change():
                begun.set()
                pieces += 1
                time.sleep(0.05)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        begun.wait()
        with Archive.open(marked.path) as reader:
            for starred in (False, True, False):
                assert reader.set_flags([article(5).id], starred=starred, read=not starred)
    finally:
        done.set()
        writer.join()
    assert marked.flags(article(5).id).read
    assert pieces < 15  # not after the other's tenth leader each time


def test_a_lock_that_is_never_let_go_is_an_expected_failure(marked: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.archive.sqlite.schema.transactions._LOCK_TIMEOUT", 0.05)
    with closing(sqlite3.connect(marked.path / "index.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another process held it"):
            marked.set_flags([article(5).id], starred=True)
        other.execute("ROLLBACK")
    assert marked.set_flags([article(5).id], starred=True)


def test_tags_are_put_on_and_taken_off(marked: Archive) -> None:
    marked.set_flags(IDS[:3], tag=("制造", " 重点 ", ""))
    marked.set_flags(IDS[1:3], untag=("制造", "没有"))
    marked.set_flags(IDS[2:3], tag=("制造",))
    assert [marked.flags(name).tags for name in IDS[:4]] == [("制造", "重点"), ("重点",), ("重点", "制造"), ()]
    assert marked.names("tag") == [("重点", 3), ("制造", 2)]
    assert marked.fold_flags() == 3
    assert in_shards(marked.path)[IDS[1]] == {"tags": ["重点"]}


def test_undo_takes_back_tags_and_leaves_later_ones(marked: Archive) -> None:
    marked.set_flags(IDS[:2], tag=("旧",))
    undo = marked.set_flags(IDS[:3], tag=("新",), untag=("旧",))
    marked.set_flags(IDS[:1], tag=("后来",), read=True)
    marked.undo(undo)
    assert [set(marked.flags(name).tags) for name in IDS[:3]] == [{"旧", "后来"}, {"旧"}, set()]
    assert marked.flags(IDS[0]).read


def test_marks_of_an_earlier_version_are_kept(marked: Archive) -> None:
    marked.close()
    for file in marked.path.glob("flags.sqlite*"):
        file.unlink()
    with closing(sqlite3.connect(marked.path / "flags.sqlite", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE pending (id TEXT PRIMARY KEY, read INTEGER, starred INTEGER, turn INTEGER)")
        connection.execute("INSERT INTO pending VALUES (?, 1, NULL, 3)", (IDS[0],))
    for file in marked.path.glob("index.sqlite*"):
        file.unlink()
    with Archive.open(marked.path, write=True) as again:
        again.set_flags(IDS[:1], tag=("制造",))
        assert again.flags(IDS[0]) == Flags(read=True, tags=("制造",))
        again.fold_flags()
    assert in_shards(marked.path) == {IDS[0]: {"read": True, "tags": ["制造"]}}


def test_undo_takes_back_what_was_changed_and_nothing_else(marked: Archive) -> None:
    marked.set_flags(IDS[:2], read=True)
    undo = marked.set_flags(IDS[:4], read=True)
    assert len(undo) == 2
    marked.set_flags(IDS[2:3], starred=True)
    marked.undo(undo)
    assert [marked.flags(name).read for name in IDS[:4]] == [True, True, False, False]
    assert marked.flags(IDS[2]).starred


def test_a_mark_that_changes_nothing_waits_for_nothing(marked: Archive) -> None:
    assert len(marked.set_flags([*IDS[:3], "nothing"], read=False)) == 0
    assert marked.fold_flags() == 0


def test_a_long_list_is_marked_whole(archive: Archive) -> None:
    archive.store_many(map(small, map(str, range(1300))))
    undo = archive.set_flags(archive.listing().ids(), read=True)
    assert (len(undo), archive.unread()) == (1300, 0)
    archive.undo(undo)
    assert archive.unread() == 1300


def test_folding_writes_marks_into_the_day_files(marked: Archive) -> None:
    marked.set_flags(IDS[:2], read=True)
    marked.set_flags(IDS[1:2], starred=True)
    assert in_shards(marked.path) == {}
    assert marked.fold_flags() == 2
    assert in_shards(marked.path) == {IDS[0]: {"read": True}, IDS[1]: {"read": True, "starred": True}}
    assert marked.fold_flags() == 0
    marked.set_flags(IDS[:1], read=False)
    marked.fold_flags()
    assert in_shards(marked.path) == {IDS[1]: {"read": True, "starred": True}}


def test_folding_keeps_tags(archive: Archive) -> None:
    archive.store(article(0), Flags(tags=("制造",)))
    archive.set_flags(IDS[:1], read=True)
    archive.fold_flags()
    assert in_shards(archive.path) == {IDS[0]: {"read": True, "tags": ["制造"]}}
    assert archive.flags(IDS[0]) == Flags(read=True, tags=("制造",))


def test_folding_a_few_days_at_a_time_folds_them_all(archive: Archive) -> None:
    archive.store_many(articles(90, every=timedelta(minutes=50)))
    names = archive.listing().ids()[::10]
    archive.set_flags(names, starred=True)
    folded = [archive.fold_flags(1) for _ in range(5)]
    assert sum(folded) == len(names) == len(in_shards(archive.path))
    assert folded[0] < len(names)
    assert folded[-1] == 0


def test_marks_outlive_the_index(marked: Archive) -> None:
    marked.set_flags(IDS[:2], read=True)
    marked.fold_flags()
    marked.set_flags(IDS[1:3], starred=True)
    marked.set_flags(IDS[:1], read=False, tag=("制造",))
    marked.close()
    for file in marked.path.glob("index.sqlite*"):
        file.unlink()
    with Archive.open(marked.path) as reader:
        assert [reader.flags(name) for name in IDS[:4]] == [
            Flags(tags=("制造",)),
            Flags(read=True, starred=True),
            Flags(starred=True),
            Flags(),
        ]
        assert reader.unread() == 19


def test_a_mark_made_while_folding_is_not_forgotten(marked: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    marked.set_flags(IDS[:1], read=True)
    write = marked._shards.write

    def meanwhile(*given: Any) -> None:
        write(*given)
        marked.set_flags(IDS[:1], read=False)

    with monkeypatch.context() as patch:
        patch.setattr(marked._shards, "write", meanwhile)
        marked.fold_flags()
    assert not marked.flags(IDS[0]).read
    assert marked.fold_flags() == 1
    assert in_shards(marked.path) == {}
