"""The elements of a page that a CSS selector finds, as plain values."""

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from feeds.parse.markup import tame_html


class Element(Struct, frozen=True):
    """An element's attributes, and the text in it."""

    attributes: dict[str, str]
    text: str


def elements_of(markup: str, selector: str) -> list[Element]:
    """The elements that `selector` finds, in the order of the page."""
    return [
        Element({name: value or "" for name, value in node.attributes.items()}, node.text())
        for node in LexborHTMLParser(tame_html(markup)).css(selector)
    ]
