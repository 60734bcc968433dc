r"""The spelling of one paragraph in Markdown, and its inverse.

A character that Markdown could take for a mark has a `\` in front. A blank at an end and a tab are references
(`&#32;`). Bold parts stand between `**`. All the rest is the text itself, so a program for Markdown shows it.
"""

import re

from feeds.controls import blank_controls

EMPTY = "<!---->"
"""The spelling of a paragraph without text."""

_MARKS = re.compile(r"[\\`*_\[\]<>~&|{}]")
_FIRST = re.compile(r"(?:[-+#=:]|(\d{1,9})(?=[.)]))")
_EDGES = re.compile(r"\A[ ]+|[ ]+\Z|\t")
_SPELLED = re.compile(r"\\([!-/:-@\[-`{-~])|&#(\d{1,7});|(\*\*)")

Strong = tuple[tuple[int, int], ...]
"""The bold parts of a paragraph, as in feeds.model.Block."""


def spelling_of(text: str, strong: Strong = ()) -> str:
    """The text of a paragraph as one line of Markdown."""
    text = blank_controls(text)
    if not text:
        return EMPTY
    parts = []
    position = 0
    for start, end in strong:
        start, end = max(start, position), min(end, len(text))  # noqa: PLW2901 -- as far as the text has them
        if start < end:
            parts += [text[position:start], text[start:end]]
            position = end
    parts.append(text[position:])
    inner = "**".join(map(_with_marks, parts))
    line = _EDGES.sub(_as_references, inner)
    return _FIRST.sub(_escape_first, line, count=1) if _FIRST.match(line) else line


def _with_marks(text: str) -> str:
    return _MARKS.sub(r"\\\g<0>", text) if _MARKS.search(text) else text


def _as_references(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" for char in found[0])


def _escape_first(found: re.Match[str]) -> str:
    return f"{found[1]}\\" if found[1] else f"\\{found[0]}"


def text_of_spelling(line: str) -> tuple[str, Strong]:
    """The text of a line of Markdown, and its bold parts."""
    if line == EMPTY:
        return "", ()
    parts: list[str] = []
    borders: list[int] = []
    position = size = 0
    for found in _SPELLED.finditer(line):
        if part := line[position : found.start()]:
            parts.append(part)
            size += len(part)
        position = found.end()
        if found[3]:
            borders.append(size)
            continue
        code = int(found[2]) if found[2] else 0
        char = found[1] or (chr(code) if 0 < code < 0x110000 else "")
        parts.append(char)
        size += len(char)
    parts.append(line[position:])
    text = blank_controls("".join(parts))
    return text, tuple((start, end) for start, end in zip(borders[::2], borders[1::2], strict=False) if start < end)
