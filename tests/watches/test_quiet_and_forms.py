import json
from datetime import UTC, datetime

import pytest

from feeds.archive.sqlite.watches import WatchMatch
from feeds.watches.forms import clean_line, groups_of, telling_json
from feeds.watches.quiet import is_quiet
from tests.archive.corpus import article

HOSTILE = (
    "$(touch /tmp/x); `id` | rm -rf ~ && echo",
    "标题\x1b]0;改名\x07\x1b[31m红\x9b2J",
    "一行\n二行\r\n三行\u2028四行",
    "空\x00字符\x00",
    "反\u202e向\u2066",
    "长" * 100_000,
    "[bold]标记[/bold] [@click=app.quit]退出[/]",
)


@pytest.mark.parametrize(
    ("hours", "moment", "quiet"),
    [
        ("", "03:00", False),
        ("22:00-07:00", "21:59", False),
        ("22:00-07:00", "22:00", True),
        ("22:00-07:00", "00:00", True),
        ("22:00-07:00", "06:59", True),
        ("22:00-07:00", "07:00", False),
        ("12:30-13:30", "13:00", True),
        ("12:30-13:30", "13:30", False),
        ("08:00-08:00", "20:00", True),
    ],
)
def test_quiet_hours(hours: str, moment: str, *, quiet: bool) -> None:
    assert is_quiet(hours, datetime.fromisoformat(f"2026-11-03T{moment}:00+08:00")) is quiet


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_text_becomes_one_short_line(hostile: str) -> None:
    line = clean_line(hostile)
    assert len(line) <= 500
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in line)
    assert not set("\u2028\u202e\u2066") & set(line)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_json_of_a_telling_is_one_line_and_cleaned(hostile: str) -> None:
    made = article(1)
    told = telling_json(
        [[WatchMatch(hostile, made.id), WatchMatch("乙", made.id)]],
        {made.id: type(made)(**{**{name: getattr(made, name) for name in made.__struct_fields__}, "title": hostile,
                               "sources": (hostile,), "origin": hostile, "url": hostile})},
    )  # fmt: skip
    assert told.count("\n") == 1
    assert len(told) < 8000
    assert "\x1b" not in told
    row = json.loads(told)["articles"][0]
    assert row["title"] == clean_line(hostile)
    assert row["watches"][1] == "乙"
    assert datetime.fromisoformat(row["published"]) == made.published.astimezone(UTC)


def test_several_watches_tell_an_article_once_and_each_reason_apart() -> None:
    one, two = WatchMatch("甲", "a"), WatchMatch("乙", "a")
    edit = WatchMatch("丙", "a", "changed 5")
    assert groups_of([one, edit, two]) == [[one, two], [edit]]
    told = json.loads(telling_json(groups_of([one, edit, two]), {}))
    assert (told["kind"], told["count"], told["watches"]) == ("digest", 2, ["甲", "乙", "丙"])
    assert [row["why"] for row in told["articles"]] == ["new", "changed"]
