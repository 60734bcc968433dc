"""A comparison in words: its counts, and a line for each pairing to show. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from feeds.model import Document, Goal, Group, Item, Target
from tui.widgets.layout.outline import figure_of
from tui.words import _, ngettext

if TYPE_CHECKING:
    from feeds.compare import Comparison, FieldChange, Pairing, Part, WordingRun

_SIGNS = {"same": " ", "changed": "~", "new": "+", "gone": "-"}
_MOVED = ">"
MARKS = ("[-", "-]", "{+", "+}")
"""Before and behind what went, and what came: they tell both apart without colour."""

MAIN = ("title", "label", "text")
"""The field that has the words of a part."""

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


def signs_of(pairing: "Pairing") -> str:
    """Two characters: what became of the part, and whether it moved."""
    return _SIGNS[pairing.change] + (_MOVED if pairing.moved else " ")


def summary_of(found: "Comparison", *, legend: bool = True) -> str:
    """The counts, each behind the sign that marks its lines."""
    counts = found.counts
    if not found.differences:
        return _("No difference.")
    words = (
        ("~", counts["changed"], ngettext("{n} changed", "{n} changed", counts["changed"])),
        ("+", counts["new"], ngettext("{n} added", "{n} added", counts["new"])),
        ("-", counts["gone"], ngettext("{n} gone", "{n} gone", counts["gone"])),
        (_MOVED, counts["moved"], ngettext("{n} moved", "{n} moved", counts["moved"])),
        ("", counts["same"], ngettext("{n} the same", "{n} the same", counts["same"])),
    )
    return "   ".join(f"{sign} {word}".strip() if legend else word for sign, count, word in words if count)


def lines_of(
    found: "Comparison",
    *,
    everything: bool,
    marks: tuple[str, str, str, str] = MARKS,
    escape: bool = False,
) -> Iterator[tuple["Pairing", str]]:
    """The pairings to print, each with its line: what differs, and the groups and items that it stands in."""
    wanted = [everything or pairing.differs for pairing in found.pairings]
    open_depth = 0
    for number in reversed(range(len(wanted))):
        pairing = found.pairings[number]
        if pairing.depth < open_depth:
            wanted[number] = True
        if wanted[number]:
            open_depth = pairing.depth
    for pairing, shown in zip(found.pairings, wanted, strict=True):
        if shown:
            yield pairing, _line(pairing, marks, escape=escape)


def _line(pairing: "Pairing", marks: tuple[str, str, str, str], *, escape: bool) -> str:
    """The words of a pairing, with what differs between marks."""
    written: Callable[[str], str] = escape_markdown if escape else _unchanged_text
    part = pairing.after or pairing.before
    if part is None:
        return ""
    if isinstance(part, Target):
        return written(_target_line(pairing))
    others = [field for field in pairing.fields if field.name not in MAIN]
    behind = "; ".join(f"{field_name(field)} {written(_arrow(field.before, field.after))}" for field in others)
    line = next((_wording_line(field, marks, written) for field in pairing.fields if field.name in MAIN), None)
    if line is None:
        line = written(text_of(part))
    return line + (f"  ({behind})" if behind else "")


def _wording_line(field: "FieldChange", marks: tuple[str, str, str, str], written: Callable[[str], str]) -> str:
    """Both wordings in one, what went and what came between marks."""
    return marked_wording(field.wording, marks, written)


def marked_wording(
    runs: Iterable["WordingRun"],
    marks: tuple[str, str, str, str] = MARKS,
    written: Callable[[str], str] = lambda text: text,
) -> str:
    """Two wordings in one, what went and what came between marks."""
    parts: list[str] = []
    for run in runs:
        if run.same:
            parts.append(written(run.before))
            continue
        parts += [f"{marks[0]}{written(run.before)}{marks[1]}"] if run.before else []
        parts += [f"{marks[2]}{written(run.after)}{marks[3]}"] if run.after else []
    return "".join(parts)


def text_of(part: "Part") -> str:
    """A part that is the same on both sides, or stands on one side alone."""
    match part:
        case Document():
            behind = "  ".join(filter(None, (part.number, "、".join(part.issuers))))
            return f"《{part.title}》" + (f"  {behind}" if behind else "")
        case Group():
            return part.label or _("List")
        case Item():
            return part.title
        case Goal():
            return f"{part.deadline}  {part.text}".strip()
        case Target():
            return part.indicator
        case _:
            return part.text


def _target_line(pairing: "Pairing") -> str:
    """Deadline, indicator and figure; of each that differs both, with an arrow."""
    sides = [target_columns(part) for part in (pairing.before, pairing.after) if isinstance(part, Target)]
    return "  ".join(filter(None, (_arrow(old, new) for old, new in zip(sides[0], sides[-1], strict=True))))


def target_columns(target: Target) -> tuple[str, str, str, str]:
    """Deadline, indicator, figure and baseline."""
    against = _("against {baseline}").format(baseline=target.baseline) if target.baseline else ""
    return target.deadline, target.indicator, figure_of(target), against


def _arrow(before: str, after: str) -> str:
    return before if before == after else f"{before or '–'} → {after or '–'}"


def heading_of(pairing: "Pairing") -> str:
    """The heading that a pairing stands under."""
    match pairing.kind:
        case "document":
            return _("Documents")
        case "group" | "item":
            return _("Groups")
        case "goal":
            return _("Goals")
        case "target":
            return _("Targets")
        case "clause":
            return _("Text")


def field_name(field: "FieldChange") -> str:
    """The name of a field of a part."""
    match field.name:
        case "issuers":
            return _("issuers")
        case "number":
            return _("number")
        case "deadline":
            return _("deadline")
        case name:
            return name


def change_name(pairing: "Pairing") -> str:
    """The change in a word."""
    match pairing.change:
        case "changed":
            return _("changed")
        case "new":
            return _("new")
        case "gone":
            return _("gone")
        case "same":
            return _("same")


def _unchanged_text(text: str) -> str:
    return text


def escape_markdown(text: str) -> str:
    """The text with a backslash in front of each mark of Markdown."""
    return _MARKDOWN.sub(r"\\\1", text)
