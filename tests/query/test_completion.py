"""Completions at the cursor fit, and the best come first."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.query import parse
from feeds.query.completion import Completion, completions, is_half_written

TODAY = date(2024, 3, 5)
LABELS = {
    "cat": [("金融", 9), ("金融/要闻", 7), ("产业/制造", 5), ("金融/要闻/国内", 3), ("a b", 1)],
    "agency": [("工信部", 12), ("财政部", 8), ("江西省财政厅", 9)],
    "source": [("國內滾動", 4), ("7x24", 2)],
    "tag": [("制造", 2)],
    "date": [("2024-03", 3), ("2024-02", 30)],
}


def labels(field: str) -> Sequence[tuple[str, int]]:
    return LABELS.get(field, [])


def offers(typed: str) -> list[str]:
    """The whole line after each completion; `|` is the cursor."""
    cursor = typed.index("|")
    text = typed.replace("|", "")
    return [text[: one.start] + one.text + text[one.end :] for one in completions(text, cursor, labels)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ca|", ["cat:"]),
        ("数字 a|", ["数字 agency:"]),
        ("-so|", ["-source:"]),
        ("(D|", ["(date:", "(due:", "(document:"]),
        ("cat:金|", ["cat:金融", "cat:金融/要闻", "cat:金融/要闻/国内"]),
        ("cat:要|", ["cat:金融/要闻", "cat:金融/要闻/国内"]),
        ("cat:造|", ["cat:产业/制造"]),
        ("ｃ|", []),
        ("cat：金融/要闻/|", ["cat：金融/要闻/国内"]),
        ('cat:"a |', ['cat:"a b"']),
        ("agency:财政|", ["agency:财政部", "agency:江西省财政厅"]),
        ("agency:工|部 is:unread", ["agency:工信部 is:unread"]),
        ("source:国|", ["source:國內滾動"]),
        ("-tag:|", ["-tag:制造"]),
        ("is:|", ["is:unread", "is:read", "is:starred", "is:plan", "is:changed", "is:hidden"]),
        ("is:un| a", ["is:unread a"]),
        ("order:|", ["order:date", "order:rank", "order:oldest", "order:due", "order:agency", "order:targets"]),
        ("date:2|", ["date:2024-03", "date:2024-02"]),
        ("date:w|", ["date:week"]),
        ("is:unread|", []),
        ("nothing:|", []),
        ("ca|:金融", ["cat:金融"]),
        ("|-a", []),
        ("工信|", ["机构:工信部"]),
        ("工业和|", ["机构:工信部"]),
        ("数字 财|", ["数字 机构:财政部"]),
        ("-制|", ["-栏目:产业/制造", "-标签:制造"]),
        ("要|", ["栏目:金融/要闻"]),
        ("國內|", ["来源:國內滾動", "栏目:金融/要闻/国内"]),
        ("未|", ["状态:未读"]),
        ("本|", ["日期:本周", "日期:本月"]),
        ("unr|", ["is:unread"]),
        ("a ta|", ["a tag:", "a has:targets"]),
        ("7x|", ["source:7x24"]),
        ("t|", ["tag:", "title:"]),
        ("工信：|", []),
        ("政部|", []),
        ('"ca|', []),
        ("title:|", []),
    ],
)
def test_completions(typed: str, expected: list[str]) -> None:
    assert offers(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "a|", "agency|", "数字 ag|", "-so|", "(D|", "agency:|", "-tag:|", "is:|", "is:un|", "order:r|", "has:|",
        "agency:财政|", "agency:工|部", "source:7|", "cat:要|", "tag:制|",
        'cat:"a |', '"数字|', "title:|", "title:“数|",
        "date:2|", "date:202|", "date:2024-|", "date:..|", "date:2024.|", "date:to|", "date:2024-02..2|",
        "due:|", "due:<|", "due:>=20|", "groups:>|", "groups:>=|", "agency：|", "a or|",
    ],
)  # fmt: skip
def test_half_written_terms(typed: str) -> None:
    assert is_half_written(typed.replace("|", ""), typed.index("|"), TODAY, labels)


@pytest.mark.parametrize(
    "typed",
    [
        "|", "数字|", "agency: |", "agency:工信部|", "agency:财政部|", "source:7x24|", "cat:金融|",
        "cat:要闻|", "tag:制造|", "tag:没有|", "source:zz|", "due:2025..|",
        "is:unread|", "is:unx|", "order:rank|", "date:2024|", "date:2024-02|",
        "date:2024-13|", "date:xx|", "date:2024-02..2024-03|", "due:2025|",
        "due:<=2027|", "due:soon|", "groups:>=4|", "groups:four|",
        "title:规|", '"数字"|', "nothing:|", "经济 is:|read", "zz|", "(abc|",
    ],
)  # fmt: skip
def test_terms_that_are_not_half_written(typed: str) -> None:
    assert not is_half_written(typed.replace("|", ""), typed.index("|"), TODAY, labels)


@given(st.text('ab:"-()or 经“”：（catdisue金2.<=', max_size=16), st.integers(0, 16))
def test_any_text_may_be_judged(text: str, cursor: int) -> None:
    assert is_half_written(text, min(cursor, len(text)), TODAY, labels) in {True, False}


def test_without_text_every_field_is_completed_with_its_meaning() -> None:
    found = completions("数字 ", 3, labels)
    assert [one.text for one in found][:3] == ["cat:", "agency:", "source:"]
    assert all(one.hint and one.total is None for one in found)


def test_values_come_with_their_number() -> None:
    assert completions("tag:", 4, labels) == [Completion(4, 4, "制造", 2)]
    assert len(completions("cat:", 4, labels, 2)) == 2


@given(st.text('ab:"-()or 经“”：（catdisue金', max_size=16), st.integers(0, 16))
def test_a_completion_replaces_the_term_at_the_cursor(text: str, cursor: int) -> None:
    for one in completions(text, min(cursor, len(text)), labels):
        assert 0 <= one.start <= min(cursor, len(text)) <= one.end <= len(text)


@given(st.sampled_from(["cat", "agency", "source", "tag", "is", "has", "order", "date"]), st.integers(0, 4))
def test_a_chosen_value_is_understood(field: str, number: int) -> None:
    text = f"数字 {field}:"
    for one in completions(text, len(text), labels)[number : number + 1]:
        parse(text[: one.start] + one.text + text[one.end :], date(2024, 3, 1))
