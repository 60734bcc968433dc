"""Cells, clipping, kinsoku and times: no line may be longer than the compositor believes."""

import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from feeds.model import BEIJING
from tui.text import cells, clip, is_ambiguous, pad, reach, runs, sentence_around, when, wrap

CHINESE = (
    "工信部：到2025年，规模以上企业“两步走”——（大部分）实现数字化、网络化……增长3.5%，达10万亿元"
    "《规划》e\u0301👩\u200d👩\u200d👧❤\ufe0f AI plans "
)
TEXTS = st.text(alphabet=CHINESE, max_size=200)
NO_START = set("，。、；：？！）》〉」』”’…％%,")
NO_END = set("（《“‘【「")


def lines_of(text: str, width: int, ambiguous: int = 1) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width, ambiguous=ambiguous)]


@pytest.mark.parametrize("ambiguous", [1, 2])
def test_fast_classes_hold_only_characters_of_their_width(ambiguous: int) -> None:
    wide, narrow = runs(ambiguous)
    for code in range(0x20, 0x10000):
        char = chr(code)
        width = get_character_cell_size(char)
        if ambiguous == 2 and is_ambiguous(char):
            width = 2
        if wide.fullmatch(char):
            assert width == 2, hex(code)
        if narrow.fullmatch(char):
            assert width == 1, hex(code)


@given(TEXTS)
def test_cells_agree_with_the_compositor(text: str) -> None:
    assert cells(text) == cell_len(text)


def test_ambiguous_characters_take_two_cells_when_told() -> None:
    assert cells("“十四五”") == 8
    assert cells("“十四五”", 2) == 10
    assert cells("│") == cells("│", 2) == 1


@given(TEXTS, st.integers(0, 40), st.sampled_from([1, 2]))
def test_clip_never_exceeds_its_width(text: str, width: int, ambiguous: int) -> None:
    clipped = clip(text, width, ambiguous)
    assert cells(clipped, ambiguous) <= width
    assert clipped == text or text.startswith(clipped.removesuffix("…"))


def test_clip_marks_what_it_leaves_out() -> None:
    assert clip("县域冷链发展规划", 9) == "县域冷链…"
    assert clip("县域冷链发展规划", 16) == "县域冷链发展规划"
    assert clip("智", 1) == "…"
    assert clip("智", 0) == ""


@given(TEXTS, st.integers(0, 40), st.booleans())
def test_pad_fills_exactly(text: str, width: int, right: bool) -> None:  # noqa: FBT001 -- hypothesis gives it
    assert cells(pad(text, width, right=right)) == width


@given(st.text(max_size=200) | TEXTS, st.integers(1, 40), st.integers(0, 4), st.sampled_from([1, 2]))
def test_wrap_loses_only_blanks(text: str, width: int, indent: int, ambiguous: int) -> None:
    lines = wrap(text, width, first_indent=indent, ambiguous=ambiguous)
    assert lines
    last = 0
    for start, end in lines:
        assert last <= start <= end
        assert not text[last:start].strip(" \u3000")
        last = end
    assert not text[last:].strip(" \u3000")


@given(TEXTS, st.integers(4, 40), st.sampled_from([1, 2]))
def test_wrap_keeps_the_width(text: str, width: int, ambiguous: int) -> None:
    for line in lines_of(text, width, ambiguous):
        assert cells(line, ambiguous) <= width


@given(st.text(alphabet="规划发展到，。、（《“》”）2025%", max_size=120), st.integers(24, 60))
def test_kinsoku_holds_unless_marks_fill_the_line(text: str, width: int) -> None:
    lines = lines_of(text, width)
    for before, line in itertools.pairwise(lines):
        legal = [
            at
            for at in range(1, len(before) + 1)
            if (before + line)[at] not in NO_START
            and before[at - 1] not in NO_END
            and not (before + line)[at - 1 : at + 1].isascii()
        ]
        if legal:
            assert line[0] not in NO_START
            assert before[-1] not in NO_END


def test_mark_pulls_its_predecessor_down() -> None:
    assert lines_of("规划发展，制造", 8) == ["规划发", "展，制造"]
    assert lines_of("规划发（展）制造", 8) == ["规划发", "（展）制", "造"]


@pytest.mark.parametrize("whole", ["2025", "3.5%", "10万亿元", "12月", "——", "……", "第3", "AI+", "e\u0301e\u0301"])
def test_wrap_does_not_part(whole: str) -> None:
    for lead in range(12):
        lines = lines_of("规" * lead + whole + "划" * 12, 12)
        assert any(whole in line for line in lines), lines


def test_word_longer_than_the_line_is_cut() -> None:
    assert lines_of("见" + "a" * 20, 8) == ["见", "aaaaaaaa", "aaaaaaaa", "aaaa"]


def test_blank_between_lines_belongs_to_neither() -> None:
    assert lines_of("policy  news", 8) == ["policy", "news"]


def test_first_line_is_shorter_by_its_indent() -> None:
    assert wrap("规划发展制造", 8, first_indent=4) == [(0, 2), (2, 6)]


def test_emoji_family_is_not_torn() -> None:
    family = "👩\u200d👩\u200d👧"
    assert lines_of("规" + family + family, 4) == ["规" + family, family]
    assert reach(family, 0, 1) == 0


def test_empty_text_has_one_empty_line() -> None:
    assert wrap("", 10) == [(0, 0)]
    assert wrap("   ", 10) == [(3, 3)]


NOW = datetime(2021, 11, 21, 14, 30, tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=10), "just now"),
        (timedelta(minutes=5, seconds=30), "5 min ago"),
        (timedelta(minutes=85), "13:05"),
        (timedelta(days=1, hours=5), "yest. 09:30"),
        (timedelta(days=3), "11-18"),
        (timedelta(days=400), "2020-10-17"),
        (-timedelta(minutes=5), "14:35"),
        (-timedelta(days=1), "11-22"),
    ],
)
def test_times_as_people_say_them(ago: timedelta, said: str) -> None:
    assert when(NOW - ago, NOW) == said


def test_midnight_makes_yesterday_but_not_within_the_hour() -> None:
    midnight = datetime(2021, 11, 21, 0, 5, tzinfo=BEIJING)
    assert when(midnight - timedelta(minutes=10), midnight) == "10 min ago"
    assert when(midnight - timedelta(minutes=90), midnight) == "yest. 22:35"


@pytest.mark.parametrize(
    ("text", "quote", "sentence"),
    [
        ("一句。到2030年达到85%；三句。", "达到85%", "到2030年达到85%；"),
        ("到2030年达到85%", "2030年", "到2030年达到85%"),
        ("前一句！ 后一句没有句号", "后一句", "后一句没有句号"),
        ("前半。后半？完。", "半。后", "前半。后半？"),
        ("整句。", "整句。", "整句。"),
    ],
)
def test_the_sentence_around_a_part(text: str, quote: str, sentence: str) -> None:
    start = text.index(quote)
    first, last = sentence_around(text, start, start + len(quote))
    assert text[first:last] == sentence
