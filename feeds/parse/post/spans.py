"""From one line of Markdown to HTML: emphasis, links, code, escapes (CommonMark 0.31, §6; strikethrough of GFM).

It allows more than CommonMark, which leaves marks in Chinese text: `**“甲”**乙` is bold, although there is no space
around it. It needs one pass over the text. A delimiter without a partner is text.
"""

import re

from feeds.marks import BULLETS, CIRCLED, DIGITS, ORDINAL
from feeds.parse.markup import escape_html

References = dict[str, str]
"""Addresses by the folded name of a link."""

_MOST = 1_000  # characters of a link's text or an address
_ADDRESS = (
    rf"\(\s{{0,9}}(?:<([^<>\n]{{0,{_MOST}}})>|((?:[^\s()\\]|\\.|\([^\s()]{{0,200}}\)){{0,{_MOST}}}))"
    r"(?:\s{1,9}(?:\"[^\"]{0,400}\"|'[^']{0,400}'))?\s{0,9}\)"
)
_TEXT = rf"\[((?:[^\[\]\\]|\\.|\[[^\[\]]{{0,300}}\](?:\([^()]{{0,{_MOST}}}\))?){{0,{_MOST}}})\]"
_TOKEN = re.compile(r"\\|`+|<|!?\[|\*+|_+|~+|==|\^|\n|\{\{|\{%|&")
_LINK = re.compile(_TEXT + _ADDRESS)
_REFERENCE = re.compile(_TEXT + r"(?:\[([^\[\]]{0,200})\])?")
_NOTE = re.compile(r"\[\^([^\s\[\]]{1,40})\]")
_AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^\s<>]{1,1000}|[\w.+-]{1,60}@[\w.-]{1,60})>", re.IGNORECASE)
_RAW = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_SHORTCODE = re.compile(r"\{\{[<%][^{}]{0,400}[>%]\}\}|\{%[^{}]{0,400}%\}")
# [[page|words]] is a link in Obsidian and wikis. With ! in front, the page or picture is included.
_WIKI = re.compile(r"!?\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{1,200}))?\]\](?![(\[])")
_LONGEST_CODE_MARK = 16
_RAISED = re.compile(r"\^([^\s^]{1,12})\^")
_LOWERED = re.compile(r"~([0-9a-z+-]{1,6})~")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_TAGS = {
    "*": ("<em>", "</em>"), "_": ("<em>", "</em>"), "**": ("<strong>", "</strong>"), "__": ("<strong>", "</strong>"),
    "***": ("<strong><em>", "</em></strong>"), "___": ("<strong><em>", "</em></strong>"), "~~": ("<del>", "</del>"),
    "==": ("<mark>", "</mark>"),
}  # fmt: skip
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—·]")
_STOPS = frozenset("。！？；：")
# The beginning of a point of a text. It begins a line.
_POINT = re.compile(
    rf"[（(]?{ORDINAL}[、）)是]|第[{DIGITS}百零\d]{{1,5}}[条章节项款]|[{BULLETS}{CIRCLED}]"
    r"|\d{1,2}[.、．）)]\s?"
)


def html_of_line(text: str, references: References) -> str:
    """The HTML of one paragraph's text."""
    return _Spans(text, references).run()


class _Spans:
    """One pass over one text. `openers` has the positions in `out` of each delimiter that is open."""

    def __init__(self, text: str, references: References) -> None:
        self.text = text
        self.references = references
        self.out: list[str] = []
        self.openers: dict[str, list[int]] = {}
        self.no_code: set[int] = set()
        self.last_comment = text.rfind("-->")

    def run(self) -> str:
        text, out = self.text, self.out
        position = 0
        while (found := _TOKEN.search(text, position)) is not None:
            if found.start() > position:
                out.append(escape_html(text[position : found.start()]))
            position = self._read_token(found)
        out.append(escape_html(text[position:]))
        return "".join(out)

    def _read_token(self, found: re.Match[str]) -> int:
        """Handle the part that begins at a delimiter. Return the position after it."""
        delimiter, start = found[0], found.start()
        if delimiter == "\\":
            return self._read_escape(start)
        if delimiter[0] == "`":
            return self._read_code(delimiter, start)
        if delimiter == "\n":
            return self._read_line_end(start)
        if delimiter in ("[", "!["):
            return self._read_link(delimiter, start)
        if delimiter[0] in "*_~=":
            return self._read_emphasis(delimiter, start)
        return self._read_other(delimiter, start)

    def _read_other(self, delimiter: str, start: int) -> int:
        """Handle a tag, an address in angle brackets, a template's command, a raised number, or a character."""
        text = self.text
        if delimiter == "<":
            if auto := _AUTOLINK.match(text, start):
                self.out.append(f'<a href="{_attribute_value(auto[1])}">{escape_html(auto[1])}</a>')
                return auto.end()
            if raw := _RAW.match(text, start):
                self.out.append(raw[0])
                return raw.end()
            if text.startswith("<!--", start) and start < self.last_comment:
                return text.find("-->", start) + 3
        elif delimiter[0] == "{" and (code := _SHORTCODE.match(text, start)):
            return code.end()
        elif delimiter == "^" and start and (raised := _RAISED.match(text, start)):
            self.out.append(f"<sup>{escape_html(raised[1])}</sup>")
            return raised.end()
        self.out.append("&lt;" if delimiter == "<" else delimiter)
        return start + len(delimiter)

    def _read_escape(self, start: int) -> int:
        following = self.text[start + 1 : start + 2]
        if following == "\n":
            self.out.append("<br>")
            return start + 2
        if following and following in _PUNCTUATION:
            self.out.append(escape_html(following))
            return start + 2
        self.out.append("\\")
        return start + 1

    def _read_code(self, delimiter: str, start: int) -> int:
        after = start + len(delimiter)
        if len(delimiter) <= _LONGEST_CODE_MARK and len(delimiter) not in self.no_code:
            found = re.compile(rf"(?<!`){delimiter}(?!`)").search(self.text, after)
            if found:
                inner = self.text[after : found.start()].replace("\n", " ")
                self.out.append(f"<code>{escape_html(inner)}</code>")
                return found.end()
            self.no_code.add(len(delimiter))
        self.out.append(delimiter)
        return after

    def _read_line_end(self, start: int) -> int:
        """Write a line end: a line break if it is wanted, nothing between Chinese characters, else a space."""
        text = self.text
        before = text[max(start - 80, 0) : start]
        stripped = before.rstrip()
        following = text[start + 1 : start + 12].lstrip()
        if before.endswith("  ") or stripped[-1:] in _STOPS or _POINT.match(following):
            self.out.append("<br>")
        elif not (_HAN.match(stripped[-1:]) and _HAN.match(following[:1])):
            self.out.append("\n")
        return start + 1

    def _read_link(self, delimiter: str, start: int) -> int:
        text, begun = self.text, start + len(delimiter) - 1
        if delimiter == "[" and (note := _NOTE.match(text, start)):
            self.out.append(f'<sup><a href="#">[{escape_html(note[1])}]</a></sup>')
            return note.end()
        if wiki := _WIKI.match(text, start):
            self.out.append("" if delimiter == "![" else escape_html(wiki[2] or wiki[1]))
            return wiki.end()
        if found := _LINK.match(text, begun):
            self._write_link(delimiter, found[1], found[2] or found[3] or "")
            return found.end()
        if found := _REFERENCE.match(text, begun):
            address = self.references.get(name_of(found[2] or found[1]))
            if address is not None:
                self._write_link(delimiter, found[1], address)
                return found.end()
        self.out.append(delimiter)
        return start + len(delimiter)

    def _write_link(self, delimiter: str, inner: str, address: str) -> None:
        if delimiter == "[":
            self.out.append(f'<a href="{_attribute_value(address)}">{html_of_line(inner, self.references)}</a>')
        else:
            self.out.append(f'<img alt="{_attribute_value(inner)}" src="{_attribute_value(address)}">')

    def _read_emphasis(self, delimiter: str, start: int) -> int:
        delimiter = self._first_of(delimiter)
        text, after = self.text, start + len(delimiter)
        before, following = text[start - 1 : start], text[after : after + 1]
        if delimiter == "~" and before.isalpha() and (lowered := _LOWERED.match(text, start)):
            self.out.append(f"<sub>{escape_html(lowered[1])}</sub>")
            return lowered.end()
        if self._is_text(delimiter, before, following):
            self.out.append(delimiter)
        elif (
            before
            and not before.isspace()
            and self.openers.get(delimiter)
            and (delimiter[0] != "_" or not _in_word(following))
        ):
            self._close(delimiter)
        else:
            if following and not following.isspace():
                self.openers.setdefault(delimiter, []).append(len(self.out))
            self.out.append(delimiter)
        return after

    def _first_of(self, delimiter: str) -> str:
        """The part of *** that closes the last open mark, if that is * or ** alone."""
        one, two = delimiter[0], delimiter[0] * 2
        if len(delimiter) != 3 or delimiter not in _TAGS or self.openers.get(delimiter):
            return delimiter
        last = {each: self.openers[each][-1] for each in (one, two) if self.openers.get(each)}
        return max(last, key=last.__getitem__) if last else delimiter

    def _is_text(self, delimiter: str, before: str, following: str) -> bool:
        """Whether a mark is text and not emphasis: 3*4, some_name."""
        if delimiter[0] == "_" and _in_word(before) and (_in_word(following) or not self.openers.get(delimiter)):
            return True
        return delimiter not in _TAGS or (delimiter == "*" and before.isdecimal() and following.isdecimal())

    def _close(self, delimiter: str) -> None:
        begun = self.openers[delimiter].pop()
        for stack in self.openers.values():
            while stack and stack[-1] > begun:
                stack.pop()
        opening, closing = _TAGS[delimiter]
        self.out[begun] = opening
        self.out.append(closing)


def _in_word(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def name_of(reference: str) -> str:
    """The key of a reference in `References`."""
    return " ".join(reference.split()).casefold()


def _attribute_value(text: str) -> str:
    return escape_html(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)).replace('"', "&quot;")
