"""Shielding, sentences and offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Block
from feeds.plan.clauses import BLANK, Line, brackets, in_one_spelling, shield, stretches_between

_MARKS = '甲乙丙，、。；：“”‘’《》（）()"一1 １．,'


def _line(text: str) -> Line:
    return Line(0, Block(text), in_one_spelling((text,)))


def test_what_stands_in_a_title_is_shielded() -> None:
    flat = shield("印发《关于甲、乙的意见》，明确任务")
    assert "、" not in flat
    assert flat.startswith("印发《" + BLANK)
    assert flat.endswith("》，明确任务")


def test_speech_in_quotation_marks_stays_open() -> None:
    text = "他说：“要做两件事。一是甲事；二是乙事。”"
    assert shield(text) == text


def test_an_ordinal_in_parentheses_is_no_remark() -> None:
    assert shield("（一）甲事（含乙、丙）").startswith("（一）甲事（" + BLANK)


def test_a_mark_that_never_closes_shields_nothing() -> None:
    assert shield("“甲、乙《丙、丁") == "“甲、乙《丙、丁"


def test_the_outermost_titles_are_found() -> None:
    text = "《关于印发〈甲〉的《乙》通知》和《丙》"
    assert [text[a:b] for a, b in brackets(text)] == ["关于印发〈甲〉的《乙》通知", "丙"]


def test_a_comma_between_thousands_is_no_clause() -> None:
    line = _line("投资4，000亿元，比上年多")
    assert [line.text[a:b] for a, b in stretches_between(line.flat, 0, len(line.flat), "，")] == [
        "投资4，000亿元",
        "比上年多",
    ]


@given(st.text(alphabet=_MARKS, max_size=60))
def test_every_reading_of_a_paragraph_has_its_length(text: str) -> None:
    line = _line(text)
    assert len(line.plain) == len(line.flat) == len(text)
    for start, end in line.sentences:
        assert 0 <= start < end <= len(text)


@given(st.lists(st.text(alphabet="甲乙丙丁", min_size=1, max_size=4), min_size=1, max_size=9))
def test_a_list_comes_apart_where_it_was_joined(names: list[str]) -> None:
    text = "、".join(names)
    assert [text[a:b] for a, b in stretches_between(text, 0, len(text), "、")] == names


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("投资１，２００亿元", "投资1,200亿元"),
        ("甲,乙,1,200万元,丙", "甲，乙，1,200万元，丙"),
        ("1，2345家，12，345，678家", "1，2345家，12,345,678家"),
        ("上一行\n下一行\r\t（％）", "上一行 下一行  （%）"),
    ],
)
def test_marks_and_numbers_have_one_spelling(text: str, plain: str) -> None:
    assert in_one_spelling(("前", text, "1", "，000")) == f"前\n{plain}\n1\n，000"
