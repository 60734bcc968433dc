"""Front matter: YAML between `---`, TOML between `+++`, or a JSON object, as Hexo, Hugo and Jekyll write it.

The YAML is read by hand and allows errors, because the dumps are not correct YAML (titles in single quotes that contain
quotes, lists with a space before the dash), and a YAML library would do much more than is needed.
"""

import json
import re
import tomllib
from collections.abc import Iterator

Matter = dict[str, str | list[str]]
"""Values by their lower-case names; a list is a list of strings."""

_LIMIT = 64_000
_FENCE = re.compile(r"---[ \t]{0,8}\r?$", re.MULTILINE)
_UNFENCED = re.compile(r"(?=(?:title|layout|date|tags|categories)[ \t]{0,8}:)", re.IGNORECASE)  # Hexo's own scaffold
_END = re.compile(r"^(?:---|\.\.\.)[ \t]{0,8}\r?$", re.MULTILINE)
_TOML_FENCE = re.compile(r"^\+\+\+[ \t]{0,8}\r?$", re.MULTILINE)
_FIELD = re.compile(r"([\"']?)([A-Za-z_][\w.-]{0,40})\1[ \t]{0,8}:(?:[ \t]{1,8}(.*)|[ \t]{0,8}$|(?=[^\s/])(.*))")
_ITEM = re.compile(r"\s{0,8}-(?:\s{1,8}(.*)|\s{0,8}$)")
_BLOCK = re.compile(r"([|>])[+-]?\d?[+-]?\s{0,8}(?:#.*)?$")
_COMMENT = re.compile(r"\s#(?:\s.*)?$")
_QUOTED_THEN_COMMENT = re.compile(r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')\s{1,8}#.*$")
_PART = re.compile(r"\s*(\[[^\[\]]*\]|\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^,]*)\s*(?:,|$)")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": "", "a": "", "b": "", "e": "", "f": " ", "v": " ", " ": " "}
_EMPTY = frozenset({"~", "null", "Null", "NULL"})
_INNER = ("taxonomies", "params", "extra")  # tables of Hugo and Zola with fields that others write at the top


def parts_of(text: str) -> tuple[Matter, str] | None:
    """The front matter of a post and the text below it, or None if there is no front matter.

    A --- at the beginning of a text without fields below it is a horizontal rule.
    """
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("+++"):
        return _toml(text)
    if text.startswith("{"):
        return _json(text)
    first = _FENCE.match(text) or _UNFENCED.match(text)
    second = _END.search(text, first.end(), first.end() + _LIMIT) if first else None
    if not first or not second:
        return None
    written = text[first.end() : second.start()]
    if not first[0] and not all(_FIELD.fullmatch(line) or _ITEM.fullmatch(line) for line in written.splitlines()):
        return None
    lines = (line for line in written.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    head = next(lines, "")
    if head and not _FIELD.fullmatch(head.strip()):
        return None
    return _yaml(written), text[second.end() :].strip()


def _toml(text: str) -> tuple[Matter, str] | None:
    first = _TOML_FENCE.match(text)
    second = _TOML_FENCE.search(text, first.end(), first.end() + _LIMIT) if first else None
    if not first or not second:
        return None
    try:
        values = tomllib.loads(text[first.end() : second.start()].replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return _flat(values), text[second.end() :].strip()


def _json(text: str) -> tuple[Matter, str] | None:
    try:
        values, end = json.JSONDecoder(strict=False).raw_decode(text[:_LIMIT])
    except (ValueError, RecursionError):
        return None
    matter = _flat(values) if isinstance(values, dict) else {}
    return (matter, text[end:].lstrip(";").strip()) if matter.keys() & {"title", "date"} else None


def _flat(values: dict[str, object]) -> Matter:
    matter: Matter = {}
    inner = [each for name in _INNER if isinstance(each := values.get(name), dict)]
    for each in (values, *inner):
        for name, value in each.items():
            if isinstance(value, list):
                matter.setdefault(str(name).lower(), [_scalar(part) for part in value])
            elif not isinstance(value, dict):
                matter.setdefault(str(name).lower(), _scalar(value))
    return matter


def _scalar(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("name") or value.get("title") or "")
    return "" if value is None else str(value)


def _yaml(written: str) -> Matter:
    """The values of `key: value` lines, of `- value` lines below a key, and of texts over several lines."""
    matter: Matter = {}
    lines = _Lines(written.splitlines())
    key = ""
    tables: set[str] = set()
    base: int | None = None
    for line in lines:
        indent = len(line) - len(line.lstrip())
        found = _FIELD.fullmatch(line.strip())
        base = indent if base is None and found else base
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if key and (item := _ITEM.fullmatch(line)):
            matter[key] = [*_as_list(matter[key]), *_items_of(item[1] or "", lines, indent)]
        elif found and indent <= (base or 0):
            key = found[2].lower()
            value = _value(found[3] or found[4] or "", lines, indent)
            matter[key] = matter[key] if matter.get(key) else value
        elif key and found and (not matter[key] or key in tables):
            tables.add(key)
            if found[2].lower() == "name":
                matter[key] = _without_quotes(found[3] or "")  # author: with a name: below it
        elif key and (text := matter[key]) and isinstance(text, str):
            matter[key] = f"{text} {line.strip()}".strip()  # a title over several lines
    return matter


class _Lines:
    """Lines that are read one by one. `below` and `until` read several lines at once."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._next = 0

    def __iter__(self) -> Iterator[str]:
        while self._next < len(self._lines):
            self._next += 1
            yield self._lines[self._next - 1]

    def below(self, indent: int) -> list[str]:
        """Read the lines with more indent than `indent`, and empty lines between them."""
        found: list[str] = []
        while self._next < len(self._lines):
            line = self._lines[self._next]
            if line.strip() and len(line) - len(line.lstrip()) <= indent:
                break
            found.append(line)
            self._next += 1
        return found

    def until(self, end: str, most: int = 200) -> str:
        """Read the lines up to one that contains `end`, joined; "" if it is missing."""
        for number, line in enumerate(self._lines[self._next : self._next + most]):
            if end in line:
                taken = self._lines[self._next : self._next + number + 1]
                self._next += number + 1
                return " ".join(part.strip() for part in taken)
        return ""


def _value(written: str, lines: _Lines, indent: int) -> str | list[str]:
    written = written.strip()
    if block := _BLOCK.fullmatch(written):
        return _block(lines.below(indent), folded=block[1] == ">")
    if written.startswith("["):
        if written.count("[") > written.count("]"):
            written = f"{written} {lines.until(']')}"
        if written.rstrip().endswith("]"):
            return _flow(written)
    return _without_quotes(_without_comment(written))


def _items_of(written: str, lines: _Lines, indent: int) -> list[str]:
    """The values of an item of a list: a value, a list (Hexo's path of categories), or a name with fields."""
    if block := _BLOCK.fullmatch(written.strip()):
        return [_block(lines.below(indent), folded=block[1] == ">")]
    if written.startswith("["):
        return _flow(written)
    if (field := _FIELD.fullmatch(written.strip())) and field[2].lower() in ("name", "title") and field[3]:
        lines.below(indent)
        return [_without_quotes(field[3])]
    return [_without_quotes(_without_comment(written))]


def _as_list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else []


def _block(lines: list[str], *, folded: bool) -> str:
    """The text below | with its line ends, or below > with only its empty lines (YAML 1.2, §8.1)."""
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    stripped = [line[indent:].rstrip() for line in lines]
    if not folded:
        return "\n".join(stripped).strip()
    paragraphs = "\n".join(stripped).split("\n\n")
    return "\n".join(" ".join(paragraph.split("\n")).strip() for paragraph in paragraphs).strip()


def _flow(written: str) -> list[str]:
    """The values of [a, "b, c"]; for a list of lists, those of the first."""
    inner = written.strip().removeprefix("[").removesuffix("]")
    values: list[str] = []
    position = 0
    while position < len(inner) and (part := _PART.match(inner, position)):
        if part[1].startswith("["):
            return values or _flow(part[1])
        if part[1].strip():
            values.append(_without_quotes(part[1]))
        position = part.end() if part.end() > position else len(inner)
    return values


def _without_comment(value: str) -> str:
    if found := _QUOTED_THEN_COMMENT.fullmatch(value):
        return found[1]
    return value if value[:1] in ("'", '"') else _COMMENT.sub("", value)


def _without_quotes(value: str) -> str:
    """A scalar without its quotes. In single quotes only a doubled quote is an escape."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return _ESCAPE.sub(_unescape, value[1:-1])
    return "" if value in _EMPTY else value


def _unescape(found: re.Match[str]) -> str:
    if code := found[1] or found[2] or found[3]:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else ""
    return _ESCAPED.get(found[4], found[4] if found[4] in "\"\\/'" else found[0])
