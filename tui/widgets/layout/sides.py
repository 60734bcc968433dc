"""A comparison in two columns, the earlier side on the left. Marks enclose words that differ, each on its own side."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from feeds.model import Target
from tui.text import pad, wrap
from tui.widgets.layout.differences import MAIN, MARKS, field_name, signs_of, target_columns, text_of

if TYPE_CHECKING:
    from feeds.compare import Pairing, Part

WIDE = 90
"""Columns from which both sides have room for their words."""

_BETWEEN = " │ "
_SIGNS = 3  # columns of the signs in front of a line, which the later side has not


def two_columns(left: str, right: str, lead: str, width: int, ambiguous: int = 1) -> list[str]:
    """Both texts broken side by side into lines of at most `width` cells, the first behind the lead."""
    half = max((width - len(_BETWEEN) - _SIGNS) // 2 - len(lead) + _SIGNS, 8)
    columns = [
        [text[start:end].rstrip() for start, end in wrap(text, half, ambiguous=ambiguous)] if text else []
        for text in (left, right)
    ]
    lines: list[str] = []
    for one, other in zip_longest(*columns, fillvalue=""):
        front = " " * len(lead) if lines else lead
        behind = " " * (len(lead) - _SIGNS) + other
        lines.append((front + pad(one, half, ambiguous) + _BETWEEN + behind).rstrip())
    return lines or [lead.rstrip()]


def side_lines(pairing: "Pairing", width: int, ambiguous: int = 1) -> list[str]:
    """The lines of a pairing. A part that only one side has leaves the other one empty."""
    lead = f"{signs_of(pairing)} {'  ' * pairing.depth}"
    left, right = ("".join(_words(pairing, later=later)) for later in (False, True))
    return two_columns(left, right, lead, width, ambiguous)


def _words(pairing: "Pairing", *, later: bool) -> Iterator[str]:
    """The words of one side."""
    part = pairing.after if later else pairing.before
    if part is None:
        return
    opening, closing = MARKS[2:] if later else MARKS[:2]
    if isinstance(part, Target):
        yield "  ".join(
            text if same else f"{opening}{text}{closing}" for text, same in _columns(pairing, part, later=later) if text
        )
        return
    main = next((field for field in pairing.fields if field.name in MAIN), None)
    if main is None:
        yield text_of(part)
    for run in main.wording if main else ():
        words = run.after if later else run.before
        yield words if run.same or not words else f"{opening}{words}{closing}"
    others = [field for field in pairing.fields if field.name not in MAIN]
    words = "; ".join(
        f"{field_name(field)} {opening}{(field.after if later else field.before) or '–'}{closing}" for field in others
    )
    if words:
        yield f"  ({words})"


def _columns(pairing: "Pairing", part: "Part", *, later: bool) -> Iterator[tuple[str, bool]]:
    """Deadline, indicator, figure and baseline of a target; whether the other side has the same."""
    other = pairing.before if later else pairing.after
    if not isinstance(part, Target):
        return
    own = target_columns(part)
    against = target_columns(other) if isinstance(other, Target) else own
    yield from ((text, text == same) for text, same in zip(own, against, strict=True))
