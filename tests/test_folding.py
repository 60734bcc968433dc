"""Folded text unifies spellings, and each place that is found in it has its place in the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.folding import fold, folded_text, spans_of


@pytest.mark.parametrize(
    ("text", "fold"),
    [
        ("", ""),
        ("GDP", "gdp"),
        ("ＧＤＰ５％", "gdp5%"),
        ("㎡ﬁ", "m2fi"),
        ("經濟發展關於製造業", "经济发展关于制造业"),
        ("开放 覆盖 着重", "开放 覆盖 着重"),
        ("é", "é"),
        ("Straße İ", "strasse i̇"),
    ],
)
def test_folded_text_unifies_spellings(text: str, fold: str) -> None:
    assert folded_text(text) == fold


@pytest.mark.parametrize(
    ("text", "needles", "found"),
    [
        ("數字經濟與数字经济", ["数字"], ["數字", "数字"]),
        ("数字", ["數字"], ["数字"]),
        ("ＡＩ＋ai 与 İAi", ["AI"], ["ＡＩ", "ai", "Ai"]),
        ("占地5㎡，共10㎡", ["m2"], ["㎡", "㎡"]),
        ("占地5㎡", ["2"], ["㎡"]),
        ("占地5㎡", ["5m"], ["5㎡"]),
        ("ﬀ", ["f"], ["ﬀ"]),
        ("甲é乙é", ["é乙"], ["é乙"]),
        ("各省各自治区", ["各", "各自"], ["各", "各自"]),
        ("\u1112\u1161\u11ab국", ["한국"], ["\u1112\u1161\u11ab국"]),
        ("无", [""], []),
        ("", ["无"], []),
        ("a.c abc", ["a.c"], ["a.c"]),
    ],
)
def test_places_are_those_of_the_text(text: str, needles: list[str], found: list[str]) -> None:
    assert [text[start:end] for start, end in spans_of(text, needles)] == found


texts = st.text(
    st.sampled_from("数數字a1Ａ１㎡ﬁßİéé̈e\u0301 \u1112\u1161\u11ab，%") | st.characters(codec="utf-8"), max_size=20
)


@given(texts, texts)
def test_spans_lie_in_order_and_hold_the_needle(text: str, needle: str) -> None:
    spans = spans_of(text, [needle])
    last = 0
    for start, end in spans:
        assert last <= start < end <= len(text)
        last = end
        assert folded_text(needle) in folded_text(text[start:end])


@given(texts, texts, texts)
def test_a_part_of_a_text_is_found_in_it(before: str, needle: str, after: str) -> None:
    text = before + needle + after
    if needle and folded_text(text) == folded_text(before) + folded_text(needle) + folded_text(after):
        assert spans_of(text, [needle])


@given(st.text(st.characters(codec="utf-8")))
def test_folded_text_stays(text: str) -> None:
    once = folded_text(text)
    if unicodedata.is_normalized("NFKC", once):  # casefolding makes some that are not
        assert folded_text(once) == once


def _folded_at_once(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(fold._simplified_characters())


@given(texts | st.text(max_size=12))
def test_a_text_is_folded_as_a_whole_though_its_characters_are_looked_up(text: str) -> None:
    assert folded_text(text) == _folded_at_once(text)


@pytest.mark.parametrize(
    "text",
    [
        "ハﾞス",
        "か\u3099く",
        "\uffa1\uffc2",
        "한\u11ab",
        "क\u093c",
        "e\u0301e\u0323\u0301",
        "Å\u0323",
        "數\u0301字",
        "\u0bc6\u0bbe",
    ],
)
def test_characters_that_combine_are_folded_together(text: str) -> None:
    assert folded_text(f"經{text}濟") == _folded_at_once(f"經{text}濟")


def test_only_marks_and_korean_letters_combine_with_what_stands_before_them() -> None:
    """So a text without them is folded when each of its characters is."""
    seconds: set[str] = set()
    for number in range(0x110000):
        parts = unicodedata.decomposition(chr(number))
        if parts and not parts.startswith("<") and " " in parts:
            seconds.update(chr(int(part, 16)) for part in parts.split()[1:])
    assert len(seconds) > 50
    assert all(map(fold._is_combining, seconds))
    assert all(fold._is_combining(chr(number)) for number in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)))
