"""Marks in a damaged flags.sqlite: every one that can be read is kept, and every command goes on."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.archive.sqlite.schema.salvage import salvaged_rows
from feeds.archive.whole import Whole
from feeds.model import Article
from tests.archive.conftest import NOON, small
from tests.archive.ready import copy_ready

COUNT = 400
PAGE = 4096


def article(number: int) -> Article:
    return small(f"第{number}号", published=NOON - timedelta(minutes=5 * number))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An archive in which every article has a mark that waits."""
    return copy_ready(tmp_path / "archive", "salvage", fill)


def fill(archive: Archive) -> None:
    archive.store_many(map(article, range(COUNT)))
    archive.set_flags([article(number).id for number in range(COUNT)], starred=True, tag=["跟踪", "年度要点"])


def starred(place: Path) -> int:
    with Archive.open(place) as archive:
        return sum(archive.flags(article(number).id).starred for number in range(COUNT))


def without_index(place: Path) -> None:
    for file in place.glob("index.sqlite*"):
        file.unlink()


def rebuilt(place: Path) -> None:
    with Archive.open(place, write=True, rebuild=True) as archive:
        list(Whole(archive).rebuild())


def faults(place: Path) -> list[str]:
    with Archive.open(place, catch_up=False) as archive:
        return [str(fault) for step in Whole(archive).verify() for fault in step.faults]


def asked(place: Path, statement: str) -> None:
    with closing(sqlite3.connect(place / "flags.sqlite")) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    "wrong", ["'{bad'", "'5'", "'[1, 2]'", "x'ff5b5d'", "CAST(x'5b22ff225d' AS TEXT)", "'null'", "'\"港口\"'"]
)
def test_tags_that_are_none_cost_themselves(place: Path, wrong: str) -> None:
    asked(place, f"UPDATE pending SET tags = {wrong} WHERE rowid IN (3, 9)")  # noqa: S608 -- values of ours
    assert any("some marks" in fault for fault in faults(place))
    without_index(place)
    assert starred(place) == COUNT
    with Archive.open(place, write=True) as archive:
        assert archive.fold_flags() == COUNT
        tagged = sum(bool(archive.flags(article(number).id).tags) for number in range(COUNT))
    assert tagged == COUNT - 2


@pytest.mark.parametrize("wrong", ["x'ff00'", "CAST(x'ff00' AS TEXT)", "'不是标识'", "''"])
def test_an_id_that_is_none_costs_its_mark(place: Path, wrong: str) -> None:
    asked(place, f"UPDATE pending SET id = {wrong} WHERE rowid = 7")  # noqa: S608 -- values of ours
    rebuilt(place)
    assert starred(place) == COUNT - 1
    assert faults(place) == []
    assert list(place.glob("flags.sqlite.damaged-*"))


def broken(data: bytearray, page: int) -> None:
    data[page * PAGE : page * PAGE + 8] = b"\xff" * 8


def headless(data: bytearray, _page: int) -> None:
    data[:16] = b"\0" * 16


def zeroed(data: bytearray, page: int) -> None:
    data[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)


def cut(data: bytearray, page: int) -> None:
    del data[page * PAGE + 100 :]


@pytest.mark.parametrize("damage", [broken, headless, zeroed, cut])
@pytest.mark.parametrize("page", [2, 4, -1])
def test_a_damaged_page_costs_the_marks_in_it(place: Path, damage: Callable[[bytearray, int], None], page: int) -> None:
    file = place / "flags.sqlite"
    data = bytearray(file.read_bytes())
    pages = len(data) // PAGE
    damage(data, page % pages)
    file.write_bytes(data)
    without_index(place)
    kept = starred(place)
    per_page = COUNT // (pages // 3)
    assert kept >= (COUNT - 2 * per_page if damage is not cut else 0)
    rebuilt(place)
    assert starred(place) == kept
    assert faults(place) == []
    with Archive.open(place) as archive:  # and marks are taken
        archive.set_flags([article(0).id], starred=False)
        archive.set_flags([article(1).id], read=True)
    with Archive.open(place, write=True) as archive:
        archive.fold_flags()


def test_whatever_byte_is_flipped_every_command_goes_on(place: Path) -> None:
    file = place / "flags.sqlite"
    sound = file.read_bytes()
    without_index(place)
    for number, start in enumerate([*range(0, 120, 8), *range(120, len(sound), 2503)]):
        data = bytearray(sound)
        data[start] ^= (0xFF, 0x01, 0x80)[number % 3]
        for other in place.glob("*.sqlite*"):
            other.unlink()
        file.write_bytes(data)
        if number % 4 == 0:
            rebuilt(place)
        assert starred(place) >= COUNT - 60
        with Archive.open(place, write=True) as archive:
            archive.set_flags([article(0).id], read=True)
            assert archive.flags(article(0).id).read


def test_a_mark_that_was_deleted_does_not_come_back(place: Path) -> None:
    asked(place, "DELETE FROM pending WHERE rowid % 2")
    file = place / "flags.sqlite"
    data = bytearray(file.read_bytes())
    data[:16] = bytes(16)
    file.write_bytes(data)
    rows = salvaged_rows(file)
    assert len(rows) == COUNT // 2
    assert all(json.loads(row[3] or "") == ["跟踪", "年度要点"] for row in rows)


def test_marks_in_the_log_are_salvaged_too(place: Path) -> None:
    with Archive.open(place, write=True) as archive:
        archive.fold_flags()
        archive.set_flags([article(number).id for number in range(50)], tag=["日志里的"])
        copy = place.with_name("copy")
        copy.mkdir()
        for name in ("flags.sqlite", "flags.sqlite-wal"):
            (copy / name).write_bytes((place / name).read_bytes())
    assert len(salvaged_rows(copy / "flags.sqlite")) == 50


def test_the_marks_file_is_private_and_written_through(tmp_path: Path) -> None:
    place = tmp_path / "neu" / "archive"
    with Archive.open(place, write=True) as archive:
        archive.store_many(map(article, range(2)))
        archive.set_flags([article(0).id], read=True)
        assert archive.parts.index.connection.execute("PRAGMA flags.synchronous").fetchone()[0] == 2
        modes = {name: (place / name).stat().st_mode & 0o777 for name in ("flags.sqlite", "flags.sqlite-wal")}
    assert modes == {"flags.sqlite": 0o600, "flags.sqlite-wal": 0o600}
    assert place.stat().st_mode & 0o777 == 0o700
