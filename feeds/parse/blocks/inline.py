"""What markup says inside a line: powers and indices, formulas, quotation marks, struck-out text.

A line of text has no markup, so a sign must stand in it for what the markup says: 10<sup>9</sup> is 10⁹ and never 109.
Where Unicode has no such character ^ is written (10^8.5). Text that is struck out is not valid and goes.
"""

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feeds.parse.markup import ELEMENTS, tame
from feeds.parse.safety import clean, visible

Attributes = dict[str, str | None]

_RAISED = str.maketrans("0123456789+-−=()（）ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()（）xnij", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎₍₎ₓₙᵢⱼ")
_CAN_RISE = re.compile(r"[0-9+\-−=()（）ni]+")
_CAN_SINK = re.compile(r"[0-9+\-−=()（）xnij]+(?:\.[0-9]+)*")
# [1], 〔注2〕, （3）, *, † beside a word: the mark of a note.
_NOTE = re.compile(
    r"[\[〔［【(（]\s{0,2}(?:注\s{0,2})?[0-9a-z一二三四五六七八九十*†‡,，、–-]{1,8}\s{0,2}[\]〕］】)）]|[*†‡§]{1,3}|注\s{0,2}\d{0,2}"
)
_NOTED = re.compile("[%‰”》」』】，。；、]|(?![米里秒度分厘])[\u4e00-\u9fff]")
_NOTE_DIGITS = 2
_BETWEEN_NOTES = frozenset(",，、;；")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)$", re.IGNORECASE)
_TRADE = {"TM": "™", "R": "®", "®": "®", "™": "™", "SM": "℠", "℠": "℠", "c": "©", "©": "©"}
_DEGREE = frozenset("oOº°˚○◦")
# What stands raised or lowered in a formula or behind a number is short and no sentence.
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
# List<String>, <规划>: a name that HTML does not have is no tag. A custom element has a hyphen, a foreign one a colon.
# A tag's name ends at a blank, / or >, and what stands behind the blank is ASCII: a<b，c<i 的 has no tag.
_SIGN_OF_TEXT = re.compile(
    rf"<(?=/?[a-z])(?!/?(?:{'|'.join(sorted(ELEMENTS))})(?:[/>]|\s{{1,40}}(?:[\x00-\x7f]|$)|$))(?!/?[a-z][\w.]*[-:])",
    re.IGNORECASE,
)
_NOTE_NAME = re.compile(
    r"(?:^|[\s_-])(?:foot-?notes?|end-?notes?|note-?ref|fn-?ref|fn|reference)(?:$|[\s_-])", re.IGNORECASE
)


def plain(text: str, limit: int) -> str:
    """Safe text of a field that may hold HTML, on one line; a < that opens no element of HTML stays."""
    if "<" in text:
        body = LexborHTMLParser(tame(_SIGN_OF_TEXT.sub("&lt;", text[: limit * 20]))).body
        text = text_of_node(body, breaks=" ") if body is not None else ""
    return clean(text, limit)


def is_struck(attributes: Attributes, node: LexborNode) -> bool:
    """Whether an element is struck out. One without an end tag strikes out words, not what comes after them."""
    if "data-is" in attributes:
        said = attributes["data-is"]
        if said == "struck" or (said == "open" and not _has_blocks(node)):
            return True
    if (style := attributes.get("style")) and _LINE_THROUGH.search(style):
        return True
    names = attributes.get("class")
    return bool(names and "s" in names and _STRUCK_WORD.search(names))


def meaning_of(attributes: Attributes) -> str:
    """The name by which an inline element changes what its text says (sup, q, rt, math and its parts), or ""."""
    if "data-is" in attributes:
        return attributes["data-is"] or ""
    if (style := attributes.get("style")) and (found := _VERTICAL.search(style)):
        return "sup" if found[1].lower() == "super" else "sub"
    return ""


def text_of_node(node: LexborNode, breaks: str = "", before: str = "", depth: int = 0) -> str:
    """The text below `node` on one line, struck-out parts gone, powers and formulas written out.

    `before` is what stands in front of it; `breaks` stands for a line break.
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
                text = text_of_node(child, breaks, before, depth + 1)
            elif is_struck(attributes, child):
                text = ""
            else:
                text = said(child, meaning_of(attributes), before, depth + 1, breaks)
            parts.append(text)
            before = text or before
        child = child.next
    return "".join(parts)


def said(node: LexborNode, meaning: str, before: str, depth: int = 0, breaks: str = "") -> str:
    """The text of an element that changes by `meaning` what its text says, behind `before`."""
    if depth > _DEPTH or not meaning:
        return text_of_node(node, breaks, before, depth) if depth <= 2 * _DEPTH else node.text()
    if meaning in _TALL:
        inner = "" if meaning == "sup" and _is_note_link(node) else text_of_node(node, depth=depth)
        return _tall(inner, meaning, before)
    if meaning == "math" or meaning in _PARTS:
        return _formula(node, before, depth) if meaning == "math" else _part(node, meaning, before, depth)
    text = text_of_node(node, breaks, before, depth)
    if meaning == "q":
        return f"‘{text}’" if _is_quoted(node) else f"“{text}”"
    if meaning in ("rt", "rp"):
        return f"（{text.strip()}）" if meaning == "rt" and text.strip() else ""
    return " ".join(text.split()) if meaning in _TOKENS else text


def is_transparent(node: LexborNode, meaning: str) -> bool:
    """Whether the element is no inline one after all: a <sup> without end that took in the paragraphs behind it."""
    return meaning in ("open", "struck") or _has_blocks(node)


def parting(node: LexborNode, meaning: str, before: str) -> str:
    """The sign that keeps two numbers apart where a <sup> without end is read as ordinary text."""
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
    """Whether a raised text leads to a note of the page, or its class says that it marks one."""
    if _NOTE_NAME.search(node.attributes.get("class") or ""):
        return True
    parent = node.parent
    around = parent.attributes.get("href") if parent is not None and parent.tag == "span" else None
    return bool(around and "#" in around) or node.css_first("span[href*='#']") is not None


def _tall(text: str, meaning: str, before: str) -> str:
    """A raised or lowered text as signs; one that is only set small is left as it is."""
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
    # A number that a number follows must not become one with it, whatever stands behind.
    return f"{sign}{text}" if last.isdecimal() and text[:1].isdecimal() else text


def _is_note_number(text: str, last: str) -> bool:
    """Whether a raised number marks a note: behind a word or a share, and a 1 behind a number; 米² is a unit."""
    if not text.isdecimal() or len(text) > _NOTE_DIGITS:
        return False
    return text == "1" if last.isdecimal() else _NOTED.match(last) is not None


def _special(text: str, last: str) -> str:
    """°, ™ and the 1st of a date, which are raised and no powers."""
    if text in _DEGREE:
        return "°"
    if last.isdecimal():
        return text if _ORDINAL.fullmatch(text) else ""
    return _TRADE.get(text, "")


def _formula(node: LexborNode, before: str, depth: int) -> str:
    text = " ".join(text_of_node(node, depth=depth).split()) or (node.attributes.get("alttext") or "")
    return f" {text}" if text[:1].isdecimal() and before[-1:].isdecimal() else text


def _part(node: LexborNode, meaning: str, before: str, depth: int) -> str:
    """One construction of MathML (MathML Core, §3.3 and §3.4) as a line."""
    children = [child for child in node.iter(include_text=False) if child.tag == "span"]
    texts = [said(child, meaning_of(child.attributes), "", depth + 1).strip() for child in children]
    if meaning == "mfrac" and before.rstrip()[-1:].isdecimal():
        return " " + _PARTS["mfrac"](texts)
    if meaning == "mfenced":
        begin, end = node.attributes.get("open") or "(", node.attributes.get("close") or ")"
        return begin + ", ".join(texts) + end
    return _PARTS[meaning](texts)


def _at(texts: list[str], index: int) -> str:
    return texts[index] if index < len(texts) else ""


def _scripted(*scripts: tuple[str, int], bare: bool = False) -> Callable[[list[str]], str]:
    """How a base with these scripts is written; each has its kind and its place among the parts."""

    def written(texts: list[str]) -> str:
        base = _at(texts, 0) if bare else _atom(_at(texts, 0))
        return base + "".join(_script(kind, _at(texts, index)) for kind, index in scripts)

    return written


def _root(texts: list[str]) -> str:
    index = _at(texts, 1)
    return (_ROOTS.get(index) or f"{_script('sup', index)}√") + _atom(_at(texts, 0))


def _over(texts: list[str]) -> str:
    return _at(texts, 0) + ("" if _at(texts, 1) in _ACCENTS else _script("sup", _at(texts, 1)))


_PARTS: dict[str, Callable[[list[str]], str]] = {
    "mfrac": lambda texts: f"{_atom(_at(texts, 0))}/{_atom(_at(texts, 1))}",
    "msup": _scripted(("sup", 1)),
    "msub": _scripted(("sub", 1)),
    "msubsup": _scripted(("sub", 1), ("sup", 2)),
    "munder": _scripted(("sub", 1), bare=True),
    "munderover": _scripted(("sub", 1), ("sup", 2), bare=True),
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
    """What binds closer than the sign beside it, in brackets where it is made of several parts."""
    if _ATOM.fullmatch(text) or (text[:1] in "(（[" and text[-1:] in ")）]" and text.count(text[0]) == 1):
        return text
    return f"({text})"
