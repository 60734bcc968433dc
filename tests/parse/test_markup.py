"""Tame markup is always shallow, well nested, and made of few elements."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from feeds.parse.blocks import walk_tree
from feeds.parse.markup import DEPTH, tame_html

NAMES = [
    "div",
    "p",
    "span",
    "b",
    "font",
    "a",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "h2",
    "section",
    "br",
    "img",
    "title",
]
NAMES += [
    "select",
    "option",
    "script",
    "style",
    "svg",
    "template",
    "nobr",
    "unknown",
    "tbody",
    "form",
    "title",
    "figcaption",
]
TOKENS = st.one_of(
    st.sampled_from([f"<{name}>" for name in NAMES] + [f"</{name}>" for name in NAMES]),
    st.sampled_from(
        ['<p class="a', "<a href='", "<!--", "-->", "<!", "<", ">", "</", "<![CDATA[", "]]>", "&lt;", '"', "文", "x "]
    ),
    st.sampled_from(
        ['<div class="x>y" id=z>', "<td colspan=2>", "<p\n\tclass = 'q'>", "<B>", "</P >", "<br/>", "<p/>"]
    ),
)


def depth_of(node: LexborNode) -> int:
    deepest, here, current = 0, 0, node
    while True:
        if current.child is not None:
            current, here = current.child, here + 1
            deepest = max(deepest, here)
            continue
        while current.next is None:
            if current.parent is None or here == 0:
                return deepest
            current, here = current.parent, here - 1
            if here == 0:
                return deepest
        current = current.next


@settings(max_examples=300)
@given(st.lists(TOKENS, max_size=200))
def test_the_outcome_is_well_nested_and_shallow(tokens: list[str]) -> None:
    markup = tame_html("".join(tokens))
    stack: list[str] = []
    for end, name in re.findall(r"<(/?)([a-z0-9]+)", markup):
        assert name not in {"script", "style", "select", "option", "template", "svg", "iframe", "b", "font", "a"}
        if end:
            assert stack.pop() == name
        elif name not in {"br", "img", "hr", "meta"}:
            stack.append(name)
            assert len(stack) <= DEPTH
    assert stack == []


@settings(max_examples=100)
@given(st.lists(TOKENS, max_size=60), st.integers(1, 60))
def test_the_tree_is_no_deeper_than_the_markup(tokens: list[str], times: int) -> None:
    body = LexborHTMLParser(tame_html("".join(tokens) * times)).body
    if body is not None:
        assert depth_of(body) <= 3 * DEPTH  # lexbor puts tbody and tr between a table and its cell
        walk_tree(body)


@pytest.mark.parametrize(
    ("markup", "outcome"),
    [
        ("<p>甲<p>乙", "<p>甲</p><p>乙</p>"),
        ("<ul><li>甲<li>乙</ul>", "<ul><li>甲</li><li>乙</li></ul>"),
        ("<table><tr><td>1<td>2<tr><td>3</table>", "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>"),
        ("<td>无表</td>", "<div>无表</div>"),
        ("<P CLASS=x onclick='y'>甲</P>", '<p class="x">甲</p>'),
        ("<b>甲</b><font>乙</font>", '<span data-b="1">甲</span><span>乙</span>'),
        ("<script>if(a<b){'</p>'}</script>甲", "甲"),
        ("<style>p{}</style >甲", "甲"),
        ("甲<script>没有结尾", "甲"),
        ("<select><option>乙</select>甲", "甲"),
        ("<select>没有结尾", "没有结尾"),
        ("<!-- <p>乙</p> -->甲", "甲"),
        ("<!--[if IE]>甲", "甲"),
        ("<![CDATA[甲]]>", "甲]]>"),
        ("涨幅<5%，跌幅>3%", "涨幅&lt;5%，跌幅>3%"),
        ("a < b", "a &lt; b"),
        ("甲<p class='没完", "甲"),
        ("甲<没有标签", "甲&lt;没有标签"),
        ('<img alt="a>b" src="x">甲', '<img alt="a&gt;b" src="x">甲'),
        ("<div></span></div>", "<div></div>"),
        ("<table><tr><td></div>甲</td></tr></table>", "<table><tr><td>甲</td></tr></table>"),
        ("", ""),
    ],
)
def test_markup_comes_out_tame(markup: str, outcome: str) -> None:
    assert tame_html(markup) == outcome


@pytest.mark.parametrize(
    "markup",
    [
        "<",
        "<a ",
        '<a "',
        "<a '\"",
        "<!--",
        "<!",
        "<![CDATA[",
        "<script>",
        "</",
        "<p><b>",
        "<table><tr><td>",
        "<li><div>",
        "<svg>",
    ],
)
def test_endless_repetition_ends_in_time(markup: str) -> None:
    count = 400_000 // len(markup)
    assert len(tame_html(markup * count)) < 10_000_000
