"""Two wordings, character by character: which stretches stay and which take the place of others."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from feeds.compare.comparison import WordingRun
from feeds.folding import folded_text

_TOKEN = re.compile(r"\d[\d,，]*(?:\.\d+)?|[A-Za-z]+|.", re.DOTALL)
_BLANK = re.compile(r"\s+")
_SHORT = 100  # characters: the plain forms of so short texts are kept
_LONGEST = 600  # tokens of a wording that are compared one by one
_QUOTES = str.maketrans(dict.fromkeys("“”\"'‘’「」『』《》〈〉", ""))


def plain_of(text: str) -> str:
    """The text as it is compared: one width and one kind of characters, without blanks and quotation marks."""
    return _plain_of_short(text) if len(text) <= _SHORT else _plain_of(text)


@lru_cache(maxsize=4096)
def _plain_of_short(text: str) -> str:
    """Do as `plain_of`. A plan that is compared with twenty others has the same items each time."""
    return _plain_of(text)


def _plain_of(text: str) -> str:
    return _BLANK.sub("", folded_text(text)).translate(_QUOTES)


def wording_of(before: str, after: str) -> tuple[WordingRun, ...]:
    """Both texts in stretches. A figure is one unit: 10% and 12% differ by 10 and 12. The mirror gives the mirror."""
    if after < before:
        return tuple(WordingRun(run.after, run.before) for run in wording_of(after, before))
    if before == after:
        return (WordingRun(before, after),) if before else ()
    left, right = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(left), len(right)) > _LONGEST:
        return _ends_apart(before, after)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return tuple(
        WordingRun("".join(left[start:end]), "".join(right[first:last]))
        for _tag, start, end, first, last in matcher.get_opcodes()
    )


def _ends_apart(before: str, after: str) -> tuple[WordingRun, ...]:
    """The common beginning and end of two long texts, and all that stands between."""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if before[-1 - at] != after[-1 - at]), rest)
    parts = (
        WordingRun(before[:start], after[:start]),
        WordingRun(before[start : len(before) - end], after[start : len(after) - end]),
        WordingRun(before[len(before) - end :], after[len(after) - end :]),
    )
    return tuple(part for part in parts if part.before or part.after)
