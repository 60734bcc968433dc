"""The text's own shorthand for its plan: “二五三” for 两步走、五大任务、三项行动.

A row of numerals is a shorthand only if it says what the text then counts, in the same order.
"""

import re
from collections.abc import Iterable

from feeds.plan.clauses import Paper
from feeds.plan.groups.counts import Count
from feeds.quantities.numerals import number_of

_CODE = re.compile(r"[“\"‘]([一二两三四五六七八九十百]{2,9}|\d{3,9}|\d{1,2}(?:[+＋]\d{1,2}|[+＋][Nn]){1,8})[”\"’]")
_WORD = re.compile(r"\d+")


def code_of(paper: Paper, counts: Iterable[Count]) -> str:
    """The shorthand without its quotation marks, "" where the text gives none; `counts` are those of the article."""
    counted: dict[int, list[int]] = {}
    for count in counts:
        if count.n is not None:
            counted.setdefault(count.p, []).append(count.n)
    for p, counts_here in sorted(counted.items()):
        line = paper.lines[p]
        for match in _CODE.finditer(line.plain):
            numbers = _numbers(match[1])
            if len(numbers) >= 2 and _contains(counts_here, numbers):
                return line.text[match.start(1) : match.end(1)]
    return ""


def _numbers(code: str) -> list[int]:
    """二四六四 → 2, 4, 6, 4; 1+4+3 → 1, 4, 3; 1234 → 1, 2, 3, 4."""
    if "+" in code or "＋" in code:
        return [int(word) for word in _WORD.findall(code)]
    return [number_of(character) or 0 for character in code]


def _contains(counts: list[int], numbers: list[int]) -> bool:
    """Whether the numbers stand in a row among the counts; a leading one (一个目标) may be missing there."""
    for wanted in (numbers, numbers[1:] if numbers[0] == 1 and len(numbers) > 2 else numbers):
        size = len(wanted)
        if any(counts[i : i + size] == wanted for i in range(len(counts) - size + 1)):
            return True
    return False
