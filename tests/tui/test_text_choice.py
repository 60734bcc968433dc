"""Text that is chosen on a page: motions over wide and combined characters, and what is copied of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.model import Article, Block, Flags
from tests.tui.sample import made
from tui.widgets.choosing.chosen_text import ChosenText
from tui.widgets.choosing.text_choice import ChoiceMotions, TextChoice, TextPlace
from tui.widgets.layout.page import Measure, page_of

FAMILY = "👩\u200d👧"  # three code points, one character
BLOCKS = (
    Block("二〇二八年底前，粮食仓储能力达到 7.2 亿吨；e\u0301tude 与 𠮷野完成试点。", "text"),
    Block(f"第一批{FAMILY}共三家", "item", 1),
    Block("地区 | 仓容（万吨） | 完成时间", "row"),
    Block("东部粮仓集中建设区域 | 1200 | 2027年", "row"),
    Block("完。", "text"),
)


def chosen(width: int = 24, blocks: tuple[Block, ...] = BLOCKS, ambiguous: int = 1) -> ChosenText:
    """The text on a page of this width."""
    from msgspec.structs import replace

    article: Article = replace(made(3), blocks=blocks)
    text = ChosenText(blocks, ambiguous)
    text.lines = page_of(article, Flags(), Measure.of_pane(width, ambiguous))
    return text


def walk(text: ChosenText, *motions: str, start: TextPlace = TextPlace(0, 0)) -> str:  # noqa: B008 -- frozen
    text.begin(start)
    for motion in motions:
        name, _colon, count = motion.partition(":")
        text.move(name, int(count or 1))
    return text.text


@pytest.mark.parametrize(
    ("motions", "copied"),
    [
        ((), "二"),
        (("forward:7",), "二〇二八年底前，"),
        (("word",), "二〇二八年底前，粮"),
        (("word:3", "back"), "二〇二八年底前，粮食仓储能力达到 7."),
        (("paragraph", "back"), BLOCKS[0].text),
        (("paragraph", "forward:3"), f"{BLOCKS[0].text}\n第一批{FAMILY}"),
        (("last",), "\n".join(block.text for block in BLOCKS)),
        (("last", "first"), "二"),
        (("last", "paragraph_back"), "\n".join(block.text for block in BLOCKS[:-1]) + "\n完"),
        (("back:3", "up", "word_back"), "二"),
        (("line_end", "line_start"), "二"),
    ],
)
def test_a_choice_is_copied_as_the_text_has_it(motions: tuple[str, ...], copied: str) -> None:
    assert walk(chosen(), *motions) == copied


@pytest.mark.parametrize("width", [12, 24, 40, 100])
def test_lines_of_the_page_are_not_in_what_is_copied(width: int) -> None:
    text = chosen(width)
    assert walk(text, "last") == "\n".join(block.text for block in BLOCKS)
    assert walk(text, "down:99", "line_end") == "\n".join(block.text for block in BLOCKS)
    text.begin(TextPlace(4, 1))
    text.move("up", 99)
    assert text.choice is not None
    assert text.choice.caret.p == 0
    assert "".join(text.text.split("\n")) in "".join(block.text for block in BLOCKS)


def test_the_other_end_moves_too() -> None:
    text = chosen()
    text.begin(TextPlace(0, 5))
    text.move("forward", 2)
    text.swap()
    text.move("back", 1)
    assert text.text == BLOCKS[0].text[4:8]
    assert (text.span.start, text.span.end) == (4, 8) if text.span else False
    text.move("paragraph_back")
    text.swap()
    text.move("paragraph")
    assert text.span is None


@pytest.mark.parametrize("ambiguous", [1, 2])
def test_each_cell_of_a_line_leads_to_the_character_in_it(ambiguous: int) -> None:
    from tui.text import cells

    text = chosen(30, ambiguous=ambiguous)
    for number, line in enumerate(text.lines):
        for stretch in line.stretches:
            if stretch.p < 0:
                continue
            at = 0
            while at < len(stretch.text):
                place = text.place_at(number, stretch.x + cells(stretch.text[:at], ambiguous))
                assert place is not None
                assert place.p == stretch.p
                text.begin(place)
                wide = cells(text.text, ambiguous) == 2
                assert text.place_at(number, stretch.x + cells(stretch.text[:at], ambiguous) + wide) == place
                at += max(1, len(text.text))
    first = text.place_at(0, 0)  # the header has no text to choose
    assert first == TextPlace(0, 0)
    assert text.place_at(10_000, 0) == TextPlace(4, 0)
    assert chosen(blocks=()).place_at(0, 0) is None


def test_what_is_chosen_is_seen_in_each_stretch() -> None:
    text = chosen(12)
    text.begin(TextPlace(0, 3))
    text.move("forward", 12)
    seen = ""
    for line in text.lines:
        for stretch in line.stretches:
            for start, end, name in text.layers(stretch):
                if name == "chosen":
                    seen += stretch.text[max(start, 0) : max(end, 0)]
    assert seen.replace(" ", "") == text.text.replace(" ", "")


MOTIONS = (
    "back",
    "forward",
    "up",
    "down",
    "word",
    "word_back",
    "paragraph",
    "paragraph_back",
    "line_start",
    "line_end",
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("年，a\u0301\u200d👧 。\u3000", min_size=1, max_size=30), min_size=1, max_size=5),
    st.lists(st.sampled_from((*MOTIONS, "first", "last")), max_size=12),
    st.integers(8, 40),
)
def test_no_motion_leaves_the_text(paragraphs: list[str], motions: list[str], width: int) -> None:
    blocks = tuple(Block(text) for text in paragraphs)
    lines = page_of(made(1), Flags(), Measure.of_pane(width))
    choice = TextChoice(TextPlace(0, 0), TextPlace(0, 0))
    of_blocks = ChoiceMotions(blocks, chosen(width, blocks).lines or lines)
    for motion in motions:
        choice = of_blocks.after(choice, motion, 2)
        assert 0 <= choice.caret.p < len(blocks)
        assert 0 <= choice.caret.offset < len(blocks[choice.caret.p].text)
    assert choice.text(blocks)
