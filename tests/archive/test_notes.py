"""A note: a reader's own text about an article."""

import json
from pathlib import Path
from typing import Any

import pytest

from feeds.archive import Archive
from feeds.model import Flags
from tests.archive.corpus import article, articles

ONE, OTHER = article(1).id, article(2).id
NOTE = "财政厅的细则还没有出\n\n\t下月再查：附件二第3条 “两个不低于”"


@pytest.fixture
def stored(archive: Archive) -> Archive:
    archive.store_many(articles(5))
    return archive


def test_a_note_is_kept_as_it_was_written(stored: Archive) -> None:
    stored.set_flags([ONE], note=NOTE)
    stored.fold_flags()
    stored.close()
    for file in (*stored.path.glob("index.sqlite*"), *stored.path.glob("flags.sqlite*")):
        file.unlink()
    with Archive.open(stored.path) as again:
        assert again.flags(ONE) == Flags(note=NOTE)
        assert again.flags(OTHER) == Flags()


def test_a_changed_note_is_undone_and_an_empty_one_takes_it_away(stored: Archive) -> None:
    stored.set_flags([ONE], note="初稿")
    undo = stored.set_flags([ONE], note="定稿")
    stored.undo(undo)
    assert stored.flags(ONE).note == "初稿"
    stored.fold_flags()
    stored.set_flags([ONE], note="")
    assert stored.fold_flags() == 1
    assert stored.flags(ONE) == Flags()
    days = [json.loads(file.read_bytes())["articles"] for file in stored.path.glob("shards/*/*.json")]
    assert all("flags" not in record for day in days for record in day.values())


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("\x1b[2J清屏\x1b]0;题目\x07以后", "清屏以后"),
        ("回车\r\n换行\x0b又\u2028一行", "回车\n换行\n又\n一行"),
        ("\u202e倒写\u202c 和 \u2066隔离\u2069", "倒写 和 隔离"),
        ("半个\ud83d字", "半个字"),
        ("\x9b31m红\x00\x7f", "红"),
        ("  两头的空白 \n\n", "两头的空白"),
        ("\x1b\x07\u200f", ""),
    ],
)
def test_a_hostile_note_is_cleaned_where_it_comes_in(stored: Archive, written: str, kept: str) -> None:
    stored.set_flags([ONE], note=written)
    assert stored.flags(ONE).note == kept
    stored.fold_flags()
    assert stored.flags(ONE).note == kept


@pytest.mark.parametrize("wrong", [True, 5, ["甲"], b"\xe7\x94\xb2"])
def test_a_note_that_is_no_text_is_refused(stored: Archive, wrong: Any) -> None:
    with pytest.raises(TypeError, match="'note'"):
        stored.set_flags([ONE], note=wrong)


def test_a_note_is_seen_by_another_process(stored: Archive, tmp_path: Path) -> None:
    with Archive.open(stored.path) as other:
        other.set_flags([ONE, OTHER], note="两篇都要看")
        assert stored.flags(OTHER).note == "两篇都要看"
    assert not list(tmp_path.glob("**/*.damaged-*"))
