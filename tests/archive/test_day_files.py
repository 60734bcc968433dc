"""The bytes of a day: what a person reads, and what damage looks like."""

import json
import os
import re
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.archive.records import record_of
from feeds.archive.shards import file as dayfile
from feeds.archive.shards.lines import VERSION, article_of_line, plain, record_of_line
from feeds.archive.shards.storage import rewrite
from feeds.controls import STEERING, drop_controls
from feeds.errors import ArchiveError, ShardDamaged
from feeds.model import BEIJING, Block, Fault, Flags, Plan, Revision, Span, Target
from tests.archive.corpus import article

RECORDS = {"甲": {"id": "甲", "title": "一行\n两行"}, "b": {"id": "b", "title": '}\n,\n"checksum"'}}
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(drop_controls)  # as every door leaves it
moments = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(BEIJING))  # noqa: DTZ001 -- the zone is put in


def test_a_day_is_one_json_object_with_a_line_a_record() -> None:
    data = dayfile.bytes_of("2022-01-12", RECORDS)
    told = json.loads(data)
    assert (told["version"], told["day"], told["articles"]) == (2, "2022-01-12", RECORDS)
    assert data.count(b"\n") == 2 + len(RECORDS) + 1


def test_characters_stand_in_the_file_as_themselves() -> None:
    assert "一行" in dayfile.bytes_of("2022-01-12", RECORDS).decode()


def test_one_record_is_found_without_its_neighbours() -> None:
    data = dayfile.bytes_of("2022-01-12", RECORDS)
    assert [json.loads(dayfile.line_of(data, name) or b"") for name in RECORDS] == list(RECORDS.values())
    assert dayfile.line_of(data, "checksum") is None


def test_all_records_come_in_their_order() -> None:
    assert [json.loads(line) for line in dayfile.lines_of(dayfile.bytes_of("2022-01-12", RECORDS))] == list(
        RECORDS.values()
    )
    assert dayfile.lines_of(dayfile.bytes_of("2022-01-12", {})) == []


@given(st.integers(0), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place: int, change: int) -> None:
    data = bytearray(dayfile.bytes_of("2022-01-12", RECORDS))
    data[place % len(data)] ^= change
    with pytest.raises((ShardDamaged, ArchiveError)):
        dayfile.verified_bytes(bytes(data), "2022-01-12.json")


@given(st.integers(0))
def test_any_cut_is_noticed(place: int) -> None:
    data = dayfile.bytes_of("2022-01-12", RECORDS)
    with pytest.raises(ShardDamaged):
        dayfile.verified_bytes(data[: place % len(data)], "2022-01-12.json")


def test_a_file_of_a_later_version_is_not_called_damaged() -> None:
    data = dayfile.bytes_of("2022-01-12", RECORDS).replace(b'"version":2,', b'"version":12,', 1)
    with pytest.raises(ArchiveError, match="version 12") as told:
        dayfile.verified_bytes(data, "2022-01-12.json")
    assert not isinstance(told.value, ShardDamaged)


@given(title=words, texts=st.lists(words, max_size=3), published=moments, tags=st.lists(words, max_size=2))
def test_a_record_comes_back_as_it_was(title: str, texts: list[str], published: datetime, tags: list[str]) -> None:
    blocks = tuple(chain.from_iterable((Block(text), Block(text, "heading", 2, ((0, 1),))) for text in texts))
    whole = record_of(
        msgspec.structs.replace(
            article(3),
            title=title,
            published=published,
            blocks=blocks,
            earlier=(Revision(published, title, blocks),),
            plan=Plan(targets=(Target("产量", "ge", "up", "5", "%", "2030", None, Span(0, 0, 1), 0.5),)),
        ),
        Flags(read=True, tags=tuple(tags)),
    )
    line = msgspec.json.encode(plain(whole))
    assert b"\n" not in line
    assert record_of_line(line, VERSION) == whole


def test_times_are_written_in_beijing_time() -> None:
    utc = msgspec.structs.replace(article(1), published=datetime.fromisoformat("2023-05-10T20:00:00+00:00"))
    assert plain(utc)["published"] == "2023-05-11T04:00:00+08:00"


def test_what_has_its_default_is_left_out() -> None:
    told = plain(record_of(article(1), Flags()))
    assert not {"flags", "earlier", "guid", "flash"} & told.keys()


def test_a_bare_paragraph_is_a_string_and_a_span_three_numbers() -> None:
    blocks = (Block("正文"), Block("", "row"), Block("小标题", "heading", 2, ((0, 3),)), Block(""))
    plan = Plan(targets=(Target("产量", "ge", "up", "5", "%", "2030", None, Span(1, 0, 2)),))
    told = plain(msgspec.structs.replace(article(1), blocks=blocks, plan=plan))
    heading = {"text": "小标题", "kind": "heading", "level": 2, "strong": [[0, 3]]}
    assert told["blocks"] == ["正文", {"text": "", "kind": "row"}, heading, ""]
    assert told["plan"]["targets"][0]["span"] == [1, 0, 2]


def test_rewriting_keeps_the_neighbours_and_the_order(tmp_path: Path) -> None:
    path = tmp_path / "2022" / "2022-01-12.json"
    rewrite(path, {"a": {"id": "a", "title": "一"}, "b": {"id": "b", "title": "二", "url": "x"}})
    rewrite(path, {"c": {"id": "c"}, "b": {"id": "b", "title": "三"}})
    told: dict[str, Any] = json.loads(path.read_bytes())["articles"]
    assert list(told.items()) == [
        ("a", {"id": "a", "title": "一"}),
        ("b", {"id": "b", "title": "三"}),
        ("c", {"id": "c"}),
    ]


def test_a_write_that_fails_half_way_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "2022" / "2022-01-12.json"
    rewrite(path, {"a": {"id": "a"}})
    before = path.read_bytes()

    def no_room(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(OSError, match="No space"):
        rewrite(path, {"b": {"id": "b"}})
    assert path.read_bytes() == before


def test_an_article_reads_from_a_line_that_also_has_flags() -> None:
    line = msgspec.json.encode(plain(record_of(article(2), Flags(read=True))))
    assert article_of_line(line, VERSION) == article(2)


def test_a_fault_names_the_file() -> None:
    with pytest.raises(ShardDamaged) as told:
        dayfile.verified_bytes(b"{}", "2022-01-12.json")
    assert isinstance(told.value.fault, Fault)
    assert told.value.fault.values["name"] == "2022-01-12.json"


def test_the_records_that_are_named_come_in_the_files_order() -> None:
    data = dayfile.bytes_of("2022-01-12", RECORDS)
    assert [json.loads(line)["id"] for line in dayfile.lines_of(data, {"b", "none"})] == ["b"]
    assert [json.loads(line)["id"] for line in dayfile.lines_of(data, ["b", "甲"])] == ["甲", "b"]


STEERS = "".join(map(chr, (8, 12, 27, 127, 0x9B, 0x202E, 0x2067, 0x61C)))


@given(st.lists(st.text(st.sampled_from("甲x|" + STEERS)), min_size=1))
def test_what_steers_a_terminal_leaves_a_line_written_elsewhere(texts: list[str]) -> None:
    record = record_of(msgspec.structs.replace(article(3), blocks=tuple(map(Block, texts))), Flags())
    found = [block.text for block in record_of_line(msgspec.json.encode(plain(record)), VERSION).blocks]
    assert not any(re.search(f"[{STEERING}]", text) for text in found)
    # Character for character, so that every span stays in its place.
    assert found == [re.sub(f"[{STEERS}]", "\ufffd", text) for text in texts]


@pytest.mark.parametrize("count", [0, 1, 3, 8, 9, 30])
def test_few_records_are_found_as_many_are(count: int) -> None:
    records = {f"id{number}": {"id": f"id{number}", "title": f'"id{number + 1}":甲'} for number in range(30)}
    data = dayfile.bytes_of("2022-01-12", records)
    names = [f"id{number}" for number in range(29, 29 - count, -1)]
    found = [json.loads(line)["id"] for line in dayfile.lines_of(data, [*names, "none", "articles"])]
    assert found == sorted(names, key=list(records).index)
