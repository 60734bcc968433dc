"""Every field of Flags goes the whole way, whatever its name: the tests take the fields from the model."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from feeds.archive import Archive
from feeds.archive.whole import Whole
from feeds.archive.whole.pruning import Leaving
from feeds.errors import IndexDamaged
from feeds.flags import DEFAULTS, PASSING, Words, apply_change, clean_change, difference, joined_flags, new_values
from feeds.model import Flags
from tests.archive.corpus import NEWEST, article, articles

SAMPLES: dict[type, Any] = {bool: True, str: "等细则出台\n再核对", tuple: ("港口", "待核")}
VALUES = {name: SAMPLES[type(default)] for name, default in DEFAULTS.items()}
NAME = article(3).id
FLAGS = st.builds(
    Flags,
    **{
        name: {bool: st.booleans(), str: st.sampled_from(["", "甲", "乙"])}.get(
            type(default), st.lists(st.sampled_from("甲乙丙丁"), unique=True).map(tuple)
        )
        for name, default in DEFAULTS.items()
    },
)


def flags_with(name: str) -> Flags:
    return structs.replace(Flags(), **{name: VALUES[name]})


def asked_of(archive: Archive, name: str) -> Any:
    if isinstance(VALUES[name], tuple):
        return archive.set_flags([NAME], tag=VALUES[name])
    return archive.set_flags([NAME], **{name: VALUES[name]})


@pytest.fixture(params=DEFAULTS)
def flag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def stored(archive: Archive) -> Archive:
    archive.store_many(articles(20))
    return archive


@given(FLAGS, FLAGS)
def test_a_difference_leads_from_one_to_the_other_and_back(old: Flags, new: Flags) -> None:
    for value in (difference(old, new), new_values(old, new)):
        there = apply_change(value, old)
        assert structs.replace(there, tags=()) == structs.replace(new, tags=())
        assert set(there.tags) == set(new.tags)
    assert apply_change(new_values(old, new), old) == new
    assert (difference(old, new) == {}) == (old == new)


@given(st.lists(FLAGS, min_size=1, max_size=4))
def test_a_group_has_the_flags_of_all(members: list[Flags]) -> None:
    joined = joined_flags(members)
    for name in DEFAULTS:
        values = [getattr(flags, name) for flags in members]
        found = getattr(joined, name)
        assert (
            all(value in found if isinstance(value, str) else set(value) <= set(found) for value in values)
            if (not isinstance(found, bool))
            else found == any(values)
        )


def test_a_flag_holds_at_once_and_is_undone(stored: Archive, flag: str) -> None:
    undo = asked_of(stored, flag)
    assert stored.flags(NAME) == flags_with(flag)
    assert len(undo) == 1
    assert not asked_of(stored, flag)
    stored.undo(undo)
    assert stored.flags(NAME) == Flags()


def test_a_flag_outlives_the_index(stored: Archive, flag: str) -> None:
    asked_of(stored, flag)
    stored.close()
    for file in stored.path.glob("index.sqlite*"):
        file.unlink()
    with Archive.open(stored.path) as reader:
        assert reader.flags(NAME) == flags_with(flag)
        assert reader.flags(article(4).id) == Flags()


def test_a_flag_is_folded_into_the_day_file(stored: Archive, flag: str) -> None:
    asked_of(stored, flag)
    assert stored.fold_flags() == 1
    stored.close()
    for file in (*stored.path.glob("index.sqlite*"), *stored.path.glob("flags.sqlite*")):
        file.unlink()
    with Archive.open(stored.path, write=True) as again:
        assert again.flags(NAME) == flags_with(flag)
        records = [json.loads(file.read_bytes())["articles"] for file in stored.path.glob("shards/*/*.json")]
        said = [record["flags"] for day in records for record in day.values() if "flags" in record]
        value = VALUES[flag]
        assert said == [{flag: list(value) if isinstance(value, tuple) else value}]


def test_a_flag_of_a_damaged_file_is_salvaged(stored: Archive, flag: str) -> None:
    asked_of(stored, flag)
    stored.close()
    for file in stored.path.glob("index.sqlite*"):
        file.unlink()
    with closing(sqlite3.connect(stored.path / "flags.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    file = stored.path / "flags.sqlite"
    file.write_bytes(bytes(16) + file.read_bytes()[16:])
    with Archive.open(stored.path) as reader:
        assert reader.flags(NAME) == flags_with(flag)


@pytest.mark.parametrize("columns", [2, 3, 4])
def test_a_file_of_an_earlier_version_is_read(stored: Archive, columns: int) -> None:
    """Each version has added its flags as last columns."""
    stored.close()
    for file in (*stored.path.glob("index.sqlite*"), *stored.path.glob("flags.sqlite*")):
        file.unlink()
    kinds = "id TEXT PRIMARY KEY, read INTEGER, starred INTEGER, turn INTEGER NOT NULL, tags TEXT, apart INTEGER"
    row = (NAME, 1, 1, 7, '["港口"]', 1)
    with closing(sqlite3.connect(stored.path / "flags.sqlite", isolation_level=None)) as connection:
        connection.execute(f"CREATE TABLE pending ({', '.join(kinds.split(', ')[: columns + 2])})")
        marks = ", ".join("?" * (columns + 2))
        connection.execute(f"INSERT INTO pending VALUES ({marks})", row[: columns + 2])  # noqa: S608 -- question marks
    values = {"read": True, "starred": True, "tags": ("港口",), "apart": True}
    expected = structs.replace(Flags(), **dict(list(values.items())[:columns]))
    with Archive.open(stored.path, write=True) as again:
        assert again.flags(NAME) == expected
        for name in DEFAULTS:
            asked_of(again, name)
        assert again.fold_flags() == 1
        assert again.flags(NAME) == structs.replace(Flags(), **VALUES)


def test_what_a_reader_wrote_keeps_an_article_from_being_pruned(stored: Archive, flag: str) -> None:
    asked_of(stored, flag)
    whole = Whole(stored)
    day = NEWEST.date().replace(year=NEWEST.year + 1)
    staying = int(flag not in PASSING)
    assert whole.prospect(day, everything=False).staying == staying
    list(whole.prune(day, Leaving(), everything=False))
    assert stored.listing().count() == staying


@pytest.mark.parametrize("wrong", [{"reed": True}, {"read": "yes"}, {"starred": 1}, {"tags": "港口"}, {"apart": ()}])
def test_a_name_or_value_that_no_flag_has_is_refused(stored: Archive, wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="no value of the flag"):
        stored.set_flags([NAME], **wrong)
    assert stored.flags(NAME) == Flags()


def test_none_leaves_a_flag_as_it_is() -> None:
    assert clean_change({"read": None, "starred": True, "tags": Words(("\x1b[31m甲 ", "\x07"), (" 乙 ", ""))}) == {
        "starred": True,
        "tags": Words(("甲",), ("乙",)),
    }


@pytest.mark.parametrize("marks", ["[]x", "{", '{"read":1}', '{"reed":true}', "5", '"read"', "null", '{"tags":"甲"}'])
def test_marks_that_no_flags_make_mean_a_damaged_index(archive: Archive, marks: str) -> None:
    archive.store_many(articles(3))
    with archive.parts.index.change() as connection:
        connection.execute("UPDATE article SET marks = ? WHERE id = ?", (marks, article(1).id))

    with pytest.raises(IndexDamaged):
        archive.flags(article(1).id)


def test_old_marks_are_where_they_were(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many(articles(2))
        archive.set_flags([article(0).id], read=True, starred=True, tag=["甲"])
        with closing(sqlite3.connect(tmp_path / "archive" / "flags.sqlite")) as other:
            assert other.execute("SELECT id, read, starred, turn, tags, apart FROM pending").fetchall() == [
                (article(0).id, 1, 1, 1, '["甲"]', None)
            ]
