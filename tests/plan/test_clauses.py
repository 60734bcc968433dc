"""Shielding, sentences and offsets."""

from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Block
from feeds.plan.clauses import BLANK, Line, brackets, shield, stretches_between

_MARKS = '甲乙丙，、。；：“”‘’《》（）()"一1 １．,'


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
    line = Line(0, Block("投资4，000亿元，比上年多"))
    assert [line.text[a:b] for a, b in stretches_between(line.flat, 0, len(line.flat), "，")] == [
        "投资4，000亿元",
        "比上年多",
    ]


@given(st.text(alphabet=_MARKS, max_size=60))
def test_every_reading_of_a_paragraph_has_its_length(text: str) -> None:
    line = Line(0, Block(text))
    assert len(line.plain) == len(line.flat) == len(text)
    for start, end in line.sentences:
        assert 0 <= start < end <= len(text)


@given(st.lists(st.text(alphabet="甲乙丙丁", min_size=1, max_size=4), min_size=1, max_size=9))
def test_a_list_comes_apart_where_it_was_joined(names: list[str]) -> None:
    text = "、".join(names)
    assert [text[a:b] for a, b in stretches_between(text, 0, len(text), "、")] == names
