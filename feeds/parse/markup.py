"""From hostile HTML to tame HTML, in one linear pass, before any parser sees it.

Tame HTML is a short list of elements, well nested and never deeper than `DEPTH`, with the few attributes that have a
meaning. Inline elements become `span`, because a parser opens formatting elements (`<b>`, `<font>`) again in every
later paragraph (HTML, §13.2.4.3), and a hostile page makes millions of them. If the name of an element has a meaning
(`sup`, `del`, `pre`, MathML), it goes into `data-is`. Scripts, styles, choices in forms and embedded documents are
removed with their content: lexbor crashed on `<select><option>` and took minutes for 200,000 open tags.

The time is linear: every pattern is possessive or has a fixed end, and a search that failed is not repeated.
"""

import re
from collections import Counter

MARKUP_LIMIT = 4_000_000
DEPTH = 96

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/><\"']{0,40}+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
# If quotes are not paired up to the end of the text, tags end at the next ">" from there on.
_PLAIN_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/><\"']{0,40}+)([^>]*+)>")
_BEGINS = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,40})")
_ATTRIBUTE = re.compile(r"([^\s\"'/>=]++)(?:\s{0,8}=\s{0,8}(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']++)))?")
_ATTRIBUTES = frozenset(
    {"class", "id", "cms-style", "style", "name", "property", "content", "href", "src", "data-wbkey", "data-sudaclick"}
    | {"docid", "hidden", "alt", "alttext", "start", "type", "reversed", "value", "rowspan", "colspan", "open", "close"}
)
_ATTRIBUTES_LIMIT = 16_000
_ESCAPED = str.maketrans({'"': "&quot;", "<": "&lt;", ">": "&gt;"})
_TEXT_ESCAPED = str.maketrans({"<": "&lt;", ">": "&gt;"})
# An & that does not begin a reference: HTML would read the beginning of `&copy=3` and `&regions` as one.
_BARE_AMPERSAND = re.compile(
    r"&(?=[a-zA-Z])(?!nbsp(?![a-zA-Z;=]))(?![a-zA-Z][a-zA-Z0-9]{0,31}+;)"
    r"(?!(?:lt|gt|amp|quot|copy|reg|middot|times|divide|plusmn|laquo|raquo|deg|para|sect|cent|pound|yen)(?![a-zA-Z0-9=]))"
)

# For a browser their content is text. Without an end tag the rest of the document belongs to them.
_RAW = frozenset({"script", "style", "iframe", "noembed", "noframes"})
_DROPPED = _RAW | frozenset(
    {"select", "svg", "object", "video", "audio", "canvas", "map", "datalist", "button", "applet"}
    | {"annotation", "annotation-xml", "mphantom"}
)
# The content of these is shown as it is written, with its tags.
_VERBATIM = frozenset({"xmp", "plaintext", "textarea"})
_OWN_CONTENT = _DROPPED | _VERBATIM
_VOID = frozenset({"br", "hr", "img", "meta"})
_KEPT = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "td", "th", "figcaption", "caption"}
    | {"nav", "aside", "footer", "title", "br", "hr", "img", "meta"}
)
_AS_DIV = frozenset(
    {"div", "section", "article", "main", "header", "figure", "blockquote", "center", "address", "details", "dl", "dt"}
    | {"dd", "pre", "fieldset", "hgroup", "summary", "dialog", "menu", "listing", "form", "legend", "search"}
    | {"noscript", "template", "xmp", "plaintext", "textarea"}
)
_AS_STRONG = frozenset({"strong", "b"})
_AS_SPAN = frozenset(
    {"span", "a", "font", "em", "i", "u", "s", "small", "big", "sub", "sup", "time", "label", "cite", "q", "abbr"}
    | {"code", "mark", "del", "ins", "tt", "kbd", "strike", "nobr", "bdo", "bdi", "ruby", "rt", "rp", "rtc"}
)
_STRUCK = frozenset({"del", "s", "strike"})
_MATH_EMPTY = frozenset({"mspace", "mprescripts", "none", "maligngroup", "malignmark", "mglyph"})
_MATH = frozenset(
    {"math", "semantics", "mrow", "mi", "mn", "mo", "ms", "mtext", "mstyle", "merror", "mpadded", "menclose", "mfenced"}
    | {"mfrac", "msup", "msub", "msubsup", "msqrt", "mroot", "munder", "mover", "munderover", "mmultiscripts"}
    | {"mtable", "mtr", "mlabeledtr", "mtd"}
)
# Elements whose name goes into `data-is`. A struck-out element has `open` until its end tag is read.
_NAMED = (
    _STRUCK | _MATH | _VERBATIM | {"sup", "sub", "q", "rt", "rp", "pre", "listing", "noscript", "template", "dialog"}
)
# The element for each in tame HTML. Other elements lose their tags, and their text stays.
_SHAPES = (
    dict.fromkeys(_AS_STRONG | _AS_SPAN | _MATH, "span")
    | dict.fromkeys(_AS_DIV, "div")
    | {name: name for name in _KEPT}
    | {"dir": "ul"}
)
ELEMENTS = (
    frozenset(_SHAPES)
    | _OWN_CONTENT
    | {
        "html",
        "head",
        "body",
        "base",
        "link",
        "col",
        "colgroup",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "input",
    }
    | {
        "picture",
        "source",
        "track",
        "embed",
        "param",
        "area",
        "wbr",
        "rb",
        "data",
        "meter",
        "progress",
        "output",
        "var",
    }
    | {"samp", "dfn", "acronym", "basefont", "frame", "frameset", "slot", "marquee", "blink", "bgsound", "image"}
)
"""The names of HTML's elements."""
_INLINE = frozenset({"span", "br", "img", "meta"})
_SPANS = frozenset(name for name, shape in _SHAPES.items() if shape == "span")
_END_TAGS = {entry: f"</{_SHAPES.get(entry, entry)}>" for entry in {*_SHAPES.values(), *_SPANS}}
_LAZY = re.compile(r"<(?:p|div|br|li|table|section)\b", re.IGNORECASE)
_FIELD_TEXT = 40  # characters; a shorter line in a text field is a hint for typing
# An end tag, written or implied, has no effect outside of these.
_WALLS = {
    "p": frozenset({"td", "th", "table", "caption", "li"}),
    "li": frozenset({"ul", "ol", "td", "th", "table"}),
    "td": frozenset({"table"}),
    "th": frozenset({"table"}),
    "tr": frozenset({"table"}),
    "table": frozenset[str](),
}
_WALLS_OF_END = {
    shape: _WALLS.get(shape, frozenset({"td", "th", "table", "caption"})) - {shape}
    for shape in (set(_SHAPES.values()) - {"span"}) | _SPANS
}


def tame_html(markup: str) -> str:
    """The same content as well-nested, shallow HTML without scripts."""
    markup = markup[:MARKUP_LIMIT]
    return _Tamer(_BARE_AMPERSAND.sub("&amp;", markup) if "&" in markup else markup).run()


def escape_html(text: str) -> str:
    """Plain text as markup."""
    return text.replace("&", "&amp;").translate(_TEXT_ESCAPED)


def verbatim_html(text: str) -> str:
    """Plain text as markup that keeps its line ends."""
    return f"<pre>{escape_html(text)}</pre>"


class _Tamer:
    """One pass over one text. `stack` has the elements that are open in lexbor; a span has its original name there."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.out: list[str] = []
        self.stack: list[str] = []
        self.too_deep: Counter[str] = Counter()
        self.absent: set[str] = set()
        self.tag = _TAG
        self.opened: dict[tuple[str, str, str], str] = {}
        self.struck: dict[int, int] = {}
        self.lazy_to = 0
        self.last_end = markup.rfind(">")

    def run(self) -> str:
        markup, out = self.markup, self.out
        position = 0
        while (start := markup.find("<", position)) >= 0:
            if start > position:
                out.append(markup[position:start])
            position = self._read_token(start)
        out.append(markup[position:])
        self._close_to(0)
        return "".join(out)

    def _read_token(self, start: int) -> int:
        """Handle the tag or character that begins with the `<` at `start`. Return the position after it."""
        markup = self.markup
        follower = markup[start + 1 : start + 2]
        if follower in ("!", "?"):
            return self._end_of_declaration(start)
        if start > self.last_end:
            return self._write_cut_tag(start, _BEGINS.match(markup, start))
        found = self.tag.match(markup, start)
        if found is None and _BEGINS.match(markup, start):
            self.tag = _PLAIN_TAG
            found = self.tag.match(markup, start)
        if found is None:
            return self._write_cut_tag(start, None)
        end, name, attributes = found.groups()
        name = name.lower()
        if end:
            self._close(name)
        elif name in _OWN_CONTENT:
            if name in _VERBATIM:
                return self._write_verbatim(name, attributes, found.end())
            return self._end_of_dropped(name, found.end())
        else:
            self._open(name, attributes)
        return found.end()

    def _write_cut_tag(self, start: int, begins: re.Match[str] | None) -> int:
        """Handle a `<` without a complete tag: an ordinary character, or a known tag that is cut off."""
        if begins and (begins[1].lower() in _SHAPES or begins[1].lower() in _DROPPED):
            following = self.markup.find("<", start + 1)
            return following if following > 0 else len(self.markup)
        self.out.append("&lt;")
        return start + 1

    def _lacks(self, what: str, start: int) -> bool:
        if what not in self.absent and self.markup.find(what, start) < 0:
            self.absent.add(what)
        return what in self.absent

    def _end_of_declaration(self, start: int) -> int:
        """The position after a comment, doctype or processing instruction. The text of a CDATA section stays."""
        if self.markup.startswith("<![CDATA[", start):
            return start + 9
        ends = ("-->", ">") if self.markup.startswith("<!--", start) else (">",)
        for end in ends:
            if not self._lacks(end, start):
                return self.markup.find(end, start + 2) + len(end)
        return len(self.markup)

    def _end_of_dropped(self, name: str, position: int) -> int:
        """The position after the end tag of a removed element, or after its start tag if it has no end tag."""
        found = self._end_of(name, position)
        if found:
            return found.end()
        return len(self.markup) if name in _RAW else position

    def _end_of(self, name: str, position: int) -> re.Match[str] | None:
        end = f"</{name}"
        if end in self.absent:
            return None
        found = re.compile(f"{end}[^>]{{0,200}}+>", re.IGNORECASE).search(self.markup, position)
        if found is None:
            self.absent.add(end)
        return found

    def _write_verbatim(self, name: str, attributes: str, position: int) -> int:
        """Write an element whose text is shown as it is. If it contains the markup of a page, read it as markup."""
        if position < self.lazy_to:
            self._open(name, attributes)
            return position
        found = self._end_of(name, position)
        stop, end = found.span() if found else (len(self.markup), len(self.markup))
        content = self.markup[position:stop]
        if name == "textarea" and _LAZY.search(content):
            self.lazy_to = stop
            self._open(name, attributes)
            return position
        if name == "textarea" and len(content.strip()) < _FIELD_TEXT and "\n" not in content.strip():
            return end
        self._open("pre", attributes)
        self.out.append(content.translate(_TEXT_ESCAPED))
        self._close("pre")
        return end

    def _open(self, name: str, attributes: str) -> None:
        shape = _SHAPES.get(name)
        if shape is None:
            if (local := name.rpartition(":")[2]) in _MATH and local != name:
                self._open(local, attributes)  # <m:mfrac>, as XML writes MathML
            return
        stack = self.stack
        if shape not in _INLINE:
            self._close_implied(shape)
        if shape in ("tr", "td", "th") and "table" not in stack:
            shape = "div"
        if shape not in _VOID:
            entry = name if shape == "span" else shape
            if len(stack) >= DEPTH:
                self.too_deep[entry] += 1
                return
            if entry in _STRUCK:
                self.struck[len(stack)] = len(self.out)
            stack.append(entry)
        key = (shape, name, attributes)
        tag = self.opened.get(key)
        if tag is None:
            tag = self.opened[key] = f"<{shape}{_attributes(name, attributes)}>"
        self.out.append(tag)
        if attributes.endswith("/") and name in _MATH:
            self._close(name)

    def _close_implied(self, shape: str) -> None:
        """Close the elements that a block's start tag ends: an open paragraph; the sibling item, row or cell."""
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
            if (local := name.rpartition(":")[2]) in _MATH and local != name:
                self._close(local)
            elif name == "br":
                self.out.append("<br>")
            return
        entry = name if shape == "span" else shape
        if self.too_deep[entry]:
            self.too_deep[entry] -= 1
        elif name == "p" and "p" not in self.stack:
            self.out.append("<br>")  # an end tag alone is an empty paragraph (HTML, §13.2.6.4.7), and </br> is a break
        elif entry in self.stack:
            index = self._close_nearest((entry,), _WALLS_OF_END[entry])
            if index is not None and name in _STRUCK:
                begun = self.struck[index]
                self.out[begun] = self.out[begun].replace(_OPEN, _CLOSED, 1)

    def _close_nearest(self, names: tuple[str, ...], walls: frozenset[str]) -> int | None:
        stack = self.stack
        for index in range(len(stack) - 1, -1, -1):
            if stack[index] in names:
                self._close_to(index)
                return index
            if stack[index] in walls:
                return None
        return None

    def _close_to(self, size: int) -> None:
        while len(self.stack) > size:
            entry = self.stack.pop()
            self.out.append(_END_TAGS[entry])


_OPEN, _CLOSED = 'data-is="open"', 'data-is="struck"'


def _attributes(name: str, text: str) -> str:
    kept = [' data-b="1"'] if name in _AS_STRONG else []
    if name in _NAMED:
        kept.append(f" {_OPEN}" if name in _STRUCK else f' data-is="{name}"')
    if text and len(text) < _ATTRIBUTES_LIMIT:
        seen: set[str] = set()
        for key, double, single, bare in _ATTRIBUTE.findall(text):
            lower = key.lower()
            if lower in _ATTRIBUTES and lower not in seen:
                seen.add(lower)
                value = (double or single or bare).translate(_ESCAPED)
                kept.append(f' {lower}="{value}"')
    return "".join(kept)
