"""The elements of a page that a CSS selector finds: of a page made tame, or of a page as it is written."""

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from feeds.parse.markup import MARKUP_LIMIT, tame_html

_DEEPEST = 1000  # elements inside each other; with very many the parser takes minutes
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
# Elements that have no end tag, or that the next one of their kind ends.
_UNCOUNTED = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"})
_UNCOUNTED |= frozenset({"track", "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead"})


class Element:
    """An element of a page: its attributes, its text, and the elements inside."""

    def __init__(self, node: LexborNode) -> None:
        self._node = node
        self.attributes: Mapping[str, str] = {name: value or "" for name, value in node.attributes.items()}

    @property
    def text(self) -> str:
        """All text in it, as written."""
        return self._node.text()

    def elements(self, selector: str) -> list["Element"]:
        """The elements that a selector finds, itself included, in the order of the page. Raises ValueError."""
        return _elements_below(self._node, selector)


def elements_of(markup: str, selector: str) -> list[Element]:
    """The elements of a page made tame (see `tame_html`). Raises ValueError for a wrong selector."""
    return _elements_below(LexborHTMLParser(tame_html(markup)), selector)


def elements_as_written(markup: str, selector: str) -> list[Element]:
    """The elements of a page as it is written. Raises ValueError for a wrong selector or a page nested too deeply."""
    markup = markup[:MARKUP_LIMIT]
    _check_depth(markup)
    return _elements_below(LexborHTMLParser(markup), selector)


def _elements_below(root: LexborHTMLParser | LexborNode, selector: str) -> list[Element]:
    try:
        return [Element(node) for node in root.css(selector)]
    except (SelectolaxError, UnicodeEncodeError) as error:
        raise ValueError(selector) from error


def _check_depth(markup: str) -> None:
    depth = 0
    for found in _TAG.finditer(markup):
        if found[2].lower() not in _UNCOUNTED:
            depth = max(0, depth - 1) if found[1] else depth + 1
            if depth > _DEEPEST:
                raise ValueError(depth)
