"""A line of the clean text, joined from the runs of text that the walk collects.

White space is reduced across the borders of runs, and the offsets of bold parts are adjusted. A line that is too long
is split at the end of a sentence, so that nothing is lost.
"""

import re
from dataclasses import dataclass, field

from feeds.model import BlockKind
from feeds.parse.safety import PARAGRAPH_LIMIT, visible

Run = tuple[str, bool, bool]
"""Text as it is in the tree, whether it is bold, whether it is a link."""

# The best places to split a text that is too long: after a sentence, a clause, a cell or a word.
_ENDS = (
    re.compile(r"[。！？!?…][”’」』）)]{0,3}|\.[\s]"),
    re.compile(r"[；;，,、：:]"),
    re.compile(r"\s"),
)


@dataclass(slots=True)
class TextLine:
    """One line as the page gives it, before bylines removes lines that are not the article's.

    `linked`: the whole line is a link. `picture`: it is the description of a picture.
    """

    text: str
    kind: BlockKind = "text"
    level: int = 0
    strong: list[tuple[int, int]] = field(default_factory=list)
    linked: bool = False
    picture: bool = False

    @property
    def bold(self) -> bool:
        """Whether the whole line is bold."""
        return bool(self.strong) and self.strong[0][0] == 0 and self.strong[-1][1] == len(self.text)


def line_of(runs: list[Run]) -> TextLine:
    """The line of these runs, of any length."""
    line = TextLine("", linked=True)
    words: list[str] = []
    strong = line.strong
    size = 0
    linked = False
    spaced = True  # no space at the start
    for raw, bold, link in runs:
        text = visible(raw)
        body = " ".join(text.split())
        if text and not spaced and text[0].isspace():
            words.append(" ")
            size += 1
            spaced = True
        if not body:
            continue
        words.append(body)
        if bold and strong and strong[-1][1] == size:
            strong[-1] = (strong[-1][0], size + len(body))
        elif bold:
            strong.append((size, size + len(body)))
        size += len(body)
        linked = linked or link
        line.linked = line.linked and (link or not any(map(str.isalnum, body)))
        spaced = text[-1].isspace()
        if spaced:
            words.append(" ")
            size += 1
    line.linked = line.linked and linked
    line.text = "".join(words).rstrip()
    return line


def parts_of(line: TextLine) -> list[TextLine]:
    """The line, or its parts if it is longer than a paragraph may be."""
    if len(line.text) <= PARAGRAPH_LIMIT:
        return [line]
    parts = []
    start = 0
    while start < len(line.text):
        stop = _end_of(line.text, start)
        text = line.text[start:stop]
        begun = start + len(text) - len(text.lstrip())
        text = text.strip()
        end = begun + len(text)
        strong = [(max(a, begun) - begun, min(b, end) - begun) for a, b in line.strong if a < end and b > begun]
        if text:
            parts.append(TextLine(text, line.kind, line.level, strong, line.linked, line.picture))
        start = stop
    return parts


def _end_of(text: str, start: int) -> int:
    stop = start + PARAGRAPH_LIMIT
    if stop >= len(text):
        return len(text)
    for pattern in _ENDS:
        ends = [found.end() for found in pattern.finditer(text, start + PARAGRAPH_LIMIT // 2, stop)]
        if ends:
            return ends[-1]
    return stop
