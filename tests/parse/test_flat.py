"""A text that is nothing but paragraphs is read without a tree, with the lines of the walk."""

import random

import pytest
from selectolax.lexbor import LexborHTMLParser

from feeds.parse.blocks import TextLine, walk_tree
from feeds.parse.blocks.flat import flat_lines
from feeds.parse.markup import tame_html

TEXTS = (
    "", " ", "　　到2028年建成10座。", "一\r\n二", "a\tb  c", "\u200b零宽\u200b", "\x85行", "甲\u2028乙",
    "责任编辑：甲", "e\u0301\u0301\u0301\u0301", "\x07铃", "\ufeff前", "👨\u200d👩", "“引号”", "x" * 300,
    "\u3000", "\x0c页", "A.B", "=\"'/", "𠀀",
)  # fmt: skip


def lines_of_tree(markup: str) -> list[TextLine]:
    body = LexborHTMLParser(tame_html(markup)).body
    assert body is not None
    return walk_tree(body).lines


def test_its_lines_are_those_of_the_walk() -> None:
    dice = random.Random(4)  # noqa: S311 -- texts, no secrets
    for _ in range(200):
        gap = dice.choice(("", "\n", "  \n"))
        inside = gap.join(
            f"<p>{''.join(dice.choices(TEXTS, k=dice.randrange(4)))}</p>" for _ in range(dice.randrange(1, 6))
        )
        markup = dice.choice(("{}", "<div>{}</div>", "\n <div>\n{}\n</div>")).format(inside)
        assert flat_lines(markup) == lines_of_tree(markup), markup


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "甲",
        "<p>甲<b>乙</b></p>",
        "<p>甲<p>乙",
        "<p class='x'>甲</p>",
        "<p>甲 &amp; 乙</p>",
        "<p>1 > 0</p>",
        "<p>甲</p>乙",
        "<div><div><p>甲</p></div></div>",
        "<div><p>甲</p></div><div><p>乙</p></div>",
        "<P>甲</P>",
        "<p>甲\0</p>",
        f"<p>{'长' * 20_001}</p>",
        "<p>甲</p>" * 2001,
    ],
)
def test_any_other_text_is_left_to_the_walk(markup: str) -> None:
    assert flat_lines(markup) is None
