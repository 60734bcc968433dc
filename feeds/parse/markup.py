"""Hostile HTML to tame HTML, in one linear pass, before any parser sees it.

What comes out is made by us, not passed through: a short list of elements, well nested and never deeper than
`DEPTH`, with the few attributes that carry meaning. Inline elements become `span`, because a parser re-opens
formatting elements (`<b>`, `<font>`) in every later paragraph (HTML, §13.2.4.3) and a hostile page makes millions of
them. Scripts, styles, forms' choices and embedded worlds are dropped with their content: lexbor crashed on
`<select><option>` and took minutes for 200,000 open tags.

Every pattern here is possessive or has a fixed end, every search that fails is not repeated: the time is linear.
"""

import re
from collections import Counter

MARKUP_LIMIT = 4_000_000
DEPTH = 96

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/><\"']{0,40}+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
# Where quotes do not pair up to the end of the text, tags end at the next ">" from there on.
_PLAIN_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/><\"']{0,40}+)([^>]*+)>")
_BEGINS = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,40})")
_ATTRIBUTE = re.compile(
    r"(?<![^\s\"'/])(class|id|cms-style|style|name|property|content|href|src|data-wbkey|data-sudaclick|docid|hidden)"
    r"(?:\s{0,8}=\s{0,8}(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']++)))?",
    re.IGNORECASE,
)
_ATTRIBUTES_LIMIT = 16_000
_ESCAPED = str.maketrans({'"': "&quot;", "<": "&lt;", ">": "&gt;"})

# Their content is text to the browser: without an end tag the rest of the document is theirs.
_RAW = frozenset({"script", "style", "iframe", "noscript", "noembed", "noframes", "xmp", "textarea", "plaintext"})
_DROPPED = _RAW | frozenset(
    {"select", "template", "svg", "math", "object", "video", "audio", "canvas", "map", "datalist", "button", "applet"}
)
_VOID = frozenset({"br", "hr", "img", "meta"})
_KEPT = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "th", "figcaption", "caption"}
    | {"nav", "aside", "footer", "title", "br", "hr", "img", "meta"}
)
_AS_DIV = frozenset(
    {"div", "section", "article", "main", "header", "figure", "blockquote", "center", "address", "details", "dl", "dt"}
    | {"dd", "pre", "fieldset", "hgroup", "summary", "ins", "dialog", "menu", "listing"}
)
_AS_STRONG = frozenset({"strong", "b"})
_AS_SPAN = frozenset(
    {"span", "a", "font", "em", "i", "u", "s", "small", "big", "sub", "sup", "time", "label", "cite", "q", "abbr"}
    | {"code", "mark", "del", "tt", "kbd", "strike", "nobr", "bdo", "bdi", "ruby"}
)
# The element that stands for each in tame HTML; of any other only the tags go, and its text stays.
_SHAPES = dict.fromkeys(_AS_STRONG | _AS_SPAN, "span") | dict.fromkeys(_AS_DIV, "div") | {name: name for name in _KEPT}
_INLINE = frozenset({"span", "br", "img", "meta"})
# An end tag, or an implied one, does not reach out of these.
_WALLS = {
    "p": frozenset({"td", "th", "table", "caption", "li"}),
    "li": frozenset({"ul", "ol", "td", "th", "table"}),
    "td": frozenset({"table"}),
    "th": frozenset({"table"}),
    "tr": frozenset({"table"}),
    "table": frozenset[str](),
}
_WALLS_OF_END = {
    shape: _WALLS.get(shape, frozenset({"td", "th", "table", "caption"})) - {shape} for shape in _SHAPES.values()
}


def tame(markup: str) -> str:
    """The well-nested, shallow, script-free HTML that says the same as `markup`."""
    return _Tamer(markup[:MARKUP_LIMIT]).run()


class _Tamer:
    """One pass over one text. `stack` mirrors what lexbor will have open."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.out: list[str] = []
        self.stack: list[str] = []
        self.too_deep: Counter[str] = Counter()
        self.absent: set[str] = set()
        self.tag = _TAG
        self.opened: dict[tuple[str, str, str], str] = {}

    def run(self) -> str:
        markup, out = self.markup, self.out
        position = 0
        while (start := markup.find("<", position)) >= 0:
            if start > position:
                out.append(markup[position:start])
            position = self._token(start)
        out.append(markup[position:])
        self._close_to(0)
        return "".join(out)

    def _token(self, start: int) -> int:
        """Handles what begins with the `<` at `start`; returns where the text goes on."""
        markup = self.markup
        follower = markup[start + 1 : start + 2]
        if follower in ("!", "?"):
            return self._declaration(start)
        if self._lacks(">", start):
            return self._cut_off(start, _BEGINS.match(markup, start))
        found = self.tag.match(markup, start)
        if found is None and _BEGINS.match(markup, start):
            self.tag = _PLAIN_TAG
            found = self.tag.match(markup, start)
        if found is None:
            return self._cut_off(start, None)
        end, name, attributes = found.groups()
        name = name.lower()
        if end:
            self._close(name)
        elif name in _DROPPED:
            return self._past(name, found.end())
        else:
            self._open(name, attributes)
        return found.end()

    def _cut_off(self, start: int, begins: re.Match[str] | None) -> int:
        """A `<` that opens no whole tag: a sign in the text, or a known tag that the text's end cut through."""
        if begins and (begins[1].lower() in _SHAPES or begins[1].lower() in _DROPPED):
            following = self.markup.find("<", start + 1)
            return following if following > 0 else len(self.markup)
        self.out.append("&lt;")
        return start + 1

    def _lacks(self, what: str, start: int) -> bool:
        if what not in self.absent and self.markup.find(what, start) < 0:
            self.absent.add(what)
        return what in self.absent

    def _declaration(self, start: int) -> int:
        """Past a comment, doctype or processing instruction; the text of a CDATA section stays."""
        if self.markup.startswith("<![CDATA[", start):
            return start + 9
        ends = ("-->", ">") if self.markup.startswith("<!--", start) else (">",)
        for end in ends:
            if not self._lacks(end, start):
                return self.markup.find(end, start + 2) + len(end)
        return len(self.markup)

    def _past(self, name: str, position: int) -> int:
        """Past the end tag of a dropped element; past its start tag only, where a choice has no end tag."""
        end = f"</{name}"
        if end not in self.absent:
            found = re.compile(f"{end}[^>]{{0,200}}+>", re.IGNORECASE).search(self.markup, position)
            if found:
                return found.end()
            self.absent.add(end)
        return len(self.markup) if name in _RAW else position

    def _open(self, name: str, attributes: str) -> None:
        shape = _SHAPES.get(name)
        if shape is None:
            return
        stack = self.stack
        if shape not in _INLINE:
            self._end_implied(shape)
        if shape in ("tr", "td", "th") and "table" not in stack:
            shape = "div"
        if shape not in _VOID:
            if len(stack) >= DEPTH:
                self.too_deep[shape] += 1
                return
            stack.append(shape)
        key = (shape, name, attributes)
        tag = self.opened.get(key)
        if tag is None:
            tag = self.opened[key] = f"<{shape}{_attributes(name, attributes)}>"
        self.out.append(tag)

    def _end_implied(self, shape: str) -> None:
        """Closes what a block's start tag closes: an open paragraph; the sibling item, row or cell."""
        stack = self.stack
        if "p" in stack:
            self._close_nearest(("p",), _WALLS["p"])
        if shape == "li":
            self._close_nearest(("li",), _WALLS["li"])
        elif shape in ("td", "th"):
            self._close_nearest(("td", "th"), _WALLS["td"])
        elif shape == "tr":
            self._close_nearest(("tr",), _WALLS["tr"])

    def _close(self, name: str) -> None:
        shape = _SHAPES.get(name)
        if shape is None or shape in _VOID:
            return
        if self.too_deep[shape]:
            self.too_deep[shape] -= 1
        elif shape in self.stack:
            self._close_nearest((shape,), _WALLS_OF_END[shape])

    def _close_nearest(self, names: tuple[str, ...], walls: frozenset[str]) -> None:
        stack = self.stack
        for index in range(len(stack) - 1, -1, -1):
            if stack[index] in names:
                self._close_to(index)
                return
            if stack[index] in walls:
                return

    def _close_to(self, size: int) -> None:
        while len(self.stack) > size:
            self.out.append(f"</{self.stack.pop()}>")


def _attributes(name: str, text: str) -> str:
    kept = [' data-b="1"'] if name in _AS_STRONG else []
    if text and len(text) < _ATTRIBUTES_LIMIT:
        seen: set[str] = set()
        for key, double, single, bare in _ATTRIBUTE.findall(text):
            lower = key.lower()
            if lower not in seen:
                seen.add(lower)
                value = (double or single or bare).translate(_ESCAPED)
                kept.append(f' {lower}="{value}"')
    return "".join(kept)
