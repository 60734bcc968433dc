"""A day file as version 1 wrote it, recorded before version 2 was made: nothing in it is lost on the way."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, structs

from feeds.archive import Archive
from feeds.archive.records import Record
from feeds.archive.shards import file as dayfile
from feeds.archive.shards.lines import VERSION, plain, record_of_line, upgrade
from tests.archive.corpus import article

RECORDED = (Path(__file__).parent / "data" / "2024-03-01.v1.json").read_bytes()
TOLD: dict[str, dict[str, Any]] = json.loads(RECORDED)["articles"]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An archive that holds the recorded day and nothing else."""
    file = tmp_path / "shards/2024/2024-03-01.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(RECORDED)
    return tmp_path


def records(data: bytes) -> Iterator[Record]:
    version = dayfile.version_of(data)
    return (record_of_line(line, version) for line in dayfile.lines_of(data))


def assert_says(value: Any, told: Any) -> None:
    """The value is what the JSON says, field by field, read here without the archive's own code."""
    if isinstance(value, Struct):
        assert told.keys() <= set(value.__struct_fields__)
        for field in structs.fields(value):
            if field.name in told:
                assert_says(getattr(value, field.name), told[field.name])
            else:
                assert getattr(value, field.name) == field.default
    elif isinstance(value, tuple):
        assert len(value) == len(told)
        for part, said in zip(value, told, strict=True):
            assert_says(part, said)
    elif isinstance(value, datetime):
        assert value == datetime.fromisoformat(told)
    else:
        assert value == told


def test_the_recording_is_of_version_1_and_has_a_bit_of_everything() -> None:
    assert dayfile.version_of(dayfile.verified_bytes(RECORDED, "2024-03-01.json")) == 1
    text = RECORDED.decode()
    assert all(f'"{name}"' in text for name in ("flags", "tags", "earlier", "strong", "targets", "goals", "level"))
    assert '"span":{"p":' in text
    assert any(
        item.get("items") for told in TOLD.values() for group in told["plan"]["groups"] for item in group["items"]
    )


def test_version_1_is_read_to_the_last_field() -> None:
    for record, told in zip(records(RECORDED), TOLD.values(), strict=True):
        assert_says(record, told)


def test_version_1_written_again_says_the_same_in_fewer_bytes() -> None:
    fresh = dayfile.bytes_of("2024-03-01", {name: upgrade(told, 1) for name, told in TOLD.items()})
    assert dayfile.version_of(dayfile.verified_bytes(fresh, "2024-03-01.json")) == VERSION
    assert list(records(fresh)) == list(records(RECORDED))
    assert json.loads(fresh)["articles"] == {record.id: plain(record) for record in records(RECORDED)}
    assert len(fresh) < len(RECORDED)


def test_an_archive_of_version_1_opens_and_shows_its_articles(old: Path) -> None:
    with Archive.open(old, write=True) as archive:
        assert archive.listing().total == len(TOLD)
        for name, told in TOLD.items():
            assert_says(archive.get(name), {field: said for field, said in told.items() if field != "flags"})
        first = next(iter(TOLD))
        assert_says(archive.flags(first), TOLD[first]["flags"])
    assert (old / "shards/2024/2024-03-01.json").read_bytes() == RECORDED


def test_the_day_is_written_in_this_version_when_it_is_next_written(old: Path) -> None:
    with Archive.open(old, write=True) as archive:
        joined = article(7)
        assert archive.store(joined).new
        assert archive.get(joined.id) == joined
    data = dayfile.read(old / "shards/2024/2024-03-01.json") or b""
    assert dayfile.version_of(data) == VERSION
    assert list(records(data))[:-1] == list(records(RECORDED))
    assert json.loads(data)["articles"].keys() == {*TOLD, joined.id}


def test_what_is_written_twice_is_upgraded_once() -> None:
    once = {name: upgrade(told, 1) for name, told in TOLD.items()}
    assert {name: upgrade(told, VERSION) for name, told in once.items()} == once
