"""The meaning of markup inside a line: powers and indices, formulas, quotation marks, struck-out text.

A line of text has no markup, so a character replaces it: 10<sup>9</sup> becomes 10⁹ and never 109. If Unicode has no
such character, ^ replaces it (10^8.5). Struck-out text is not valid and is removed.
"""

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feeds.parse.markup import ELEMENTS, tame_html
from feeds.parse.safety import clean, visible

Attributes = dict[str, str | None]

_RAISED = str.maketrans("0123456789+-−=()（）ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()（）xnij", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎₍₎ₓₙᵢⱼ")
_CAN_RISE = re.compile(r"[0-9+\-−=()（）ni]+")
_CAN_SINK = re.compile(r"[0-9+\-−=()（）xnij]+(?:\.[0-9]+)*")
# [1], 〔注2〕, （3）, *, † after a word: the sign of a note.
_NOTE = re.compile(
    r"[\[〔［【(（]\s{0,2}(?:注\s{0,2})?[0-9a-z一二三四五六七八九十*†‡,，、–-]{1,8}\s{0,2}[\]〕］】)）]|[*†‡§]{1,3}|注\s{0,2}\d{0,2}"
)
_NOTED = re.compile("[%‰”》」』】，。；、]|(?![米里秒度分厘])[\u4e00-\u9fff]")
_NOTE_DIGITS = 2
_BETWEEN_NOTES = frozenset(",，、;；")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)$", re.IGNORECASE)
_TRADE = {"TM": "™", "R": "®", "®": "®", "™": "™", "SM": "℠", "℠": "℠", "c": "©", "©": "©"}
_DEGREE = frozenset("oOº°˚○◦")
# A raised or lowered text in a formula or after a number is short, and not a sentence.
_SIGN = re.compile(r"[\w+\-−=.,*/×·∞′%()]{1,24}", re.ASCII)
_ATOM = re.compile(r"[\w.⁰¹²³⁴-⁹ⁿⁱ₀-₉ₓₙᵢⱼ]*[!′%]?")
_LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s{0,4}:[^;]{0,60}line-through", re.IGNORECASE)
_STRUCK_WORD = re.compile(r"(?:^|\s)(?:line-through|strike(?:-?through)?|striked|text-strike)(?:$|\s)", re.IGNORECASE)
_VERTICAL = re.compile(r"vertical-align\s{0,4}:\s{0,4}(super|sub)\b", re.IGNORECASE)
_TALL = frozenset({"sup", "sub"})
_INLINE_TAGS = frozenset({"span", "-text", "-comment", "img", "br", "meta"})
_TOKENS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_ACCENTS = frozenset("¯ˉ‾^ˆ~˜˙.→⃗_")
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
_DEPTH = 64
# List<String>, <规划>: a name that is not in HTML is not a tag. A custom element has a hyphen, a foreign one a colon.
# The name of a tag ends with a blank, / or >, and ASCII follows the blank: a<b，c<i 的 has no tag.
_SIGN_OF_TEXT = re.compile(
    rf"<(?=/?[a-z])(?!/?(?:{'|'.join(sorted(ELEMENTS))})(?:[/>]|\s{{1,40}}(?:[\x00-\x7f]|$)|$))(?!/?[a-z][\w.]*[-:])",
    re.IGNORECASE,
)
_NOTE_NAME = re.compile(
    r"(?:^|[\s_-])(?:foot-?notes?|end-?notes?|note-?ref|fn-?ref|fn|reference)(?:$|[\s_-])", re.IGNORECASE
)


def plain_text(text: str, limit: int) -> str:
    """The safe text of a field that may contain HTML, on one line. A < that does not begin an element stays."""
    if "<" in text:
        body = LexborHTMLParser(tame_html(_SIGN_OF_TEXT.sub("&lt;", text[: limit * 20]))).body
        text = node_text(body, breaks=" ") if body is not None else ""
    return clean(text, limit)


def is_struck(attributes: Attributes, node: LexborNode) -> bool:
    """Whether an element is struck out. Without an end tag, only the words up to the next block are struck out."""
    if "data-is" in attributes:
        meaning = attributes["data-is"]
        if meaning == "struck" or (meaning == "open" and not _has_blocks(node)):
            return True
    if (style := attributes.get("style")) and _LINE_THROUGH.search(style):
        return True
    names = attributes.get("class")
    return bool(names and "s" in names and _STRUCK_WORD.search(names))


def meaning_of(attributes: Attributes) -> str:
    """The name of an inline element that changes the meaning of its text (sup, q, rt, math and its parts), or ""."""
    if "data-is" in attributes:
        return attributes["data-is"] or ""
    if (style := attributes.get("style")) and (found := _VERTICAL.search(style)):
        return "sup" if found[1].lower() == "super" else "sub"
    return ""


def node_text(node: LexborNode, breaks: str = "", before: str = "", depth: int = 0) -> str:
    """The text below `node` on one line, without struck-out parts, with powers and formulas as characters.

    `before` is the text in front of it; `breaks` replaces a line break.
    """
    parts: list[str] = []
    child = node.child
    while child is not None:
        tag = child.tag
        if tag == "-text":
            before = visible(child.text_content or "")
            parts.append(before)
        elif tag == "br":
            parts.append(breaks)
        elif tag not in ("-comment", "img", "meta"):
            attributes = child.attributes
            if not attributes:
                text = node_text(child, breaks, before, depth + 1)
            elif is_struck(attributes, child):
                text = ""
            else:
                text = text_by_meaning(child, meaning_of(attributes), before, depth + 1, breaks)
            parts.append(text)
            before = text or before
        child = child.next
    return "".join(parts)


def text_by_meaning(node: LexborNode, meaning: str, before: str, depth: int = 0, breaks: str = "") -> str:
    """The text of an element with a `meaning` (see `meaning_of`). `before` is the text in front of it."""
    if depth > _DEPTH or not meaning:
        return node_text(node, breaks, before, depth) if depth <= 2 * _DEPTH else node.text()
    if meaning in _TALL:
        inner = "" if meaning == "sup" and _is_note_link(node) else node_text(node, depth=depth)
        return _raised_or_lowered(inner, meaning, before)
    if meaning == "math" or meaning in _PARTS:
        return _formula(node, before, depth) if meaning == "math" else _part(node, meaning, before, depth)
    text = node_text(node, breaks, before, depth)
    if meaning == "q":
        return f"‘{text}’" if _is_quoted(node) else f"“{text}”"
    if meaning in ("rt", "rp"):
        return f"（{text.strip()}）" if meaning == "rt" and text.strip() else ""
    return " ".join(text.split()) if meaning in _TOKENS else text


def is_transparent(node: LexborNode, meaning: str) -> bool:
    """Whether the element is not really inline: for example a <sup> without end tag that contains later paragraphs."""
    return meaning in ("open", "struck") or _has_blocks(node)


def separator_of(node: LexborNode, meaning: str, before: str) -> str:
    """The sign between two numbers if a <sup> without end tag is read as ordinary text, else ""."""
    apart = meaning in _TALL and before[-1:].isdecimal() and node.text()[:1].isdecimal()
    return ("^" if meaning == "sup" else "_") if apart else ""


def _has_blocks(node: LexborNode) -> bool:
    return any(child.tag not in _INLINE_TAGS for child in node.traverse() if child is not node)


def _is_quoted(node: LexborNode) -> bool:
    depth = 0
    parent = node.parent
    while parent is not None and parent.tag == "span":
        depth += parent.attributes.get("data-is") == "q"
        parent = parent.parent
    return depth % 2 == 1


def _is_note_link(node: LexborNode) -> bool:
    """Whether a raised text is the sign of a note: it links inside the page, or its class names a note."""
    if _NOTE_NAME.search(node.attributes.get("class") or ""):
        return True
    parent = node.parent
    around = parent.attributes.get("href") if parent is not None and parent.tag == "span" else None
    return bool(around and "#" in around) or node.css_first("span[href*='#']") is not None


def _raised_or_lowered(text: str, meaning: str, before: str) -> str:
    """A raised or lowered text as characters. A text that is only printed small stays as it is."""
    text, last = " ".join(text.split()), before.rstrip()[-1:]
    raised = meaning == "sup"
    if raised and (_NOTE.fullmatch(text) or text in _BETWEEN_NOTES or _is_note_number(text, last)):
        return ""
    if not last:
        return text.translate(_RAISED if raised else _LOWERED) if text.isdecimal() else text
    if raised and (sign := _special(text, last)):
        return sign
    if (_CAN_RISE if raised else _CAN_SINK).fullmatch(text):
        return text.translate(_RAISED if raised else _LOWERED)
    sign = "^" if raised else "_"
    if _SIGN.fullmatch(text):
        return f"{sign}{text}" if _ATOM.fullmatch(text) or text[:1] in "+-−" else f"{sign}({text})"
    # A number after a number must not become one number with it.
    return f"{sign}{text}" if last.isdecimal() and text[:1].isdecimal() else text


def _is_note_number(text: str, last: str) -> bool:
    """Whether a raised number is the sign of a note: after a word or %, or a 1 after a number; 米² is a unit."""
    if not text.isdecimal() or len(text) > _NOTE_DIGITS:
        return False
    return text == "1" if last.isdecimal() else _NOTED.match(last) is not None


def _special(text: str, last: str) -> str:
    """°, ™ and the 1st of a date, which are raised but are not powers."""
    if text in _DEGREE:
        return "°"
    if last.isdecimal():
        return text if _ORDINAL.fullmatch(text) else ""
    return _TRADE.get(text, "")


def _formula(node: LexborNode, before: str, depth: int) -> str:
    text = " ".join(node_text(node, depth=depth).split()) or (node.attributes.get("alttext") or "")
    return f" {text}" if text[:1].isdecimal() and before[-1:].isdecimal() else text


def _part(node: LexborNode, meaning: str, before: str, depth: int) -> str:
    """One element of MathML (MathML Core, §3.3 and §3.4) as text."""
    children = [child for child in node.iter(include_text=False) if child.tag == "span"]
    texts = [text_by_meaning(child, meaning_of(child.attributes), "", depth + 1).strip() for child in children]
    if meaning == "mfrac" and before.rstrip()[-1:].isdecimal():
        return " " + _PARTS["mfrac"](texts)
    if meaning == "mfenced":
        begin, end = node.attributes.get("open") or "(", node.attributes.get("close") or ")"
        return begin + ", ".join(texts) + end
    return _PARTS[meaning](texts)


def _text_at(texts: list[str], index: int) -> str:
    return texts[index] if index < len(texts) else ""


def _writer_of_scripts(*scripts: tuple[str, int], bare: bool = False) -> Callable[[list[str]], str]:
    """A function that writes a base with these scripts. Each script has its kind and its index among the parts."""

    def write(texts: list[str]) -> str:
        base = _text_at(texts, 0) if bare else _atom(_text_at(texts, 0))
        return base + "".join(_script(kind, _text_at(texts, index)) for kind, index in scripts)

    return write


def _root(texts: list[str]) -> str:
    index = _text_at(texts, 1)
    return (_ROOTS.get(index) or f"{_script('sup', index)}√") + _atom(_text_at(texts, 0))


def _over(texts: list[str]) -> str:
    return _text_at(texts, 0) + ("" if _text_at(texts, 1) in _ACCENTS else _script("sup", _text_at(texts, 1)))


_PARTS: dict[str, Callable[[list[str]], str]] = {
    "mfrac": lambda texts: f"{_atom(_text_at(texts, 0))}/{_atom(_text_at(texts, 1))}",
    "msup": _writer_of_scripts(("sup", 1)),
    "msub": _writer_of_scripts(("sub", 1)),
    "msubsup": _writer_of_scripts(("sub", 1), ("sup", 2)),
    "munder": _writer_of_scripts(("sub", 1), bare=True),
    "munderover": _writer_of_scripts(("sub", 1), ("sup", 2), bare=True),
    "mover": _over,
    "msqrt": lambda texts: "√" + _atom("".join(texts)),
    "mroot": _root,
    "mfenced": ", ".join,
    "mtable": lambda texts: f"[{'; '.join(texts)}]",
    "mtr": " ".join,
    "mlabeledtr": " ".join,
    "mmultiscripts": " ".join,
}


def _script(meaning: str, text: str) -> str:
    can, table, sign = (_CAN_RISE, _RAISED, "^") if meaning == "sup" else (_CAN_SINK, _LOWERED, "_")
    if not text:
        return ""
    if can.fullmatch(text):
        return text.translate(table)
    return f"{sign}{text}" if _ATOM.fullmatch(text) else f"{sign}({text})"


def _atom(text: str) -> str:
    """The text as one factor: in brackets if it has several parts."""
    if _ATOM.fullmatch(text) or (text[:1] in "(（[" and text[-1:] in ")）]" and text.count(text[0]) == 1):
        return text
    return f"({text})"
