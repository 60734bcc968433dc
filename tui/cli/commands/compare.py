"""`zhengwen compare A B`: the plans of two articles, or their texts, side by side, as lines, Markdown or JSON."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from feeds.model import Article, Document, Goal, Group, Item, Target
from tui.cli.output import hanging_lines, say_lines
from tui.cli.setting import Setting, common, pass_setting
from tui.words import _, ngettext

if TYPE_CHECKING:
    from feeds.compare import Comparison, FieldChange, Pairing, Part

_SIGNS = {"same": " ", "changed": "~", "new": "+", "gone": "-"}
_MOVED = ">"
_MAIN = ("title", "label", "text")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


@click.command(
    help=_("Compare the plans of two articles. A and B: a file, an address, an archived ID, or - for standard input.")
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--text", "texts", is_flag=True, help=_("Compare the full texts, clause by clause."))
@click.option("--all", "everything", is_flag=True, help=_("Print what is the same too."))
@click.option("--json", "as_json", is_flag=True, help=_("Print the comparison as one JSON object."))
@click.option("--md", "as_markdown", is_flag=True, help=_("Print the comparison as Markdown."))
@common
@pass_setting
def compare(
    setting: Setting, before: str, after: str, *, texts: bool, everything: bool, as_json: bool, as_markdown: bool
) -> None:
    """Print what is the same, changed, new, gone and moved."""
    from feeds.compare import compare as compare_plans
    from feeds.compare import compare_texts
    from tui.cli import reading

    if as_json and as_markdown:
        raise click.UsageError(_("--json and --md do not go together"))
    now = datetime.now().astimezone()
    old, new = (reading.article_named(setting, name, now) for name in (before, after))
    found = compare_texts(old.paragraphs, new.paragraphs) if texts else compare_plans(old.plan, new.plan)
    if as_json:
        from feeds.export.comparisons import comparison_json

        lines: Iterator[str] = iter([json.dumps(comparison_json(old, new, found), ensure_ascii=False)])
    elif as_markdown:
        lines = _markdown(old, new, found, everything=everything)
    else:
        lines = _plain(old, new, found, everything=everything)
    say_lines(lines, as_json=as_json)


def _plain(before: Article, after: Article, found: "Comparison", *, everything: bool) -> Iterator[str]:
    """Lines for a terminal of 80 columns: a sign in front of each line says what became of it."""
    for name, article in (("A", before), ("B", after)):
        yield from hanging_lines(f"{name}  ", article.title or _("untitled"))
    yield ""
    yield from hanging_lines("", _summary(found))
    section = ""
    for pairing, line in _lines_to_print(found, everything=everything):
        if (heading := _heading(pairing)) != section:
            section = heading
            yield from ("", heading)
        signs = _SIGNS[pairing.change] + (_MOVED if pairing.moved else " ")
        yield from hanging_lines(f"{signs} {'  ' * pairing.depth}", line)


def _markdown(before: Article, after: Article, found: "Comparison", *, everything: bool) -> Iterator[str]:
    """The same as a list in Markdown. Marks that stand in the texts are escaped."""
    yield f"# {_escape_markdown(before.title or _('untitled'))} ↔ {_escape_markdown(after.title or _('untitled'))}"
    yield ""
    yield _summary(found, legend=False)
    section = ""
    for pairing, line in _lines_to_print(found, everything=everything, marks=("~~", "~~", "**", "**"), escape=True):
        if (heading := _heading(pairing)) != section:
            section = heading
            yield from ("", f"## {heading}", "")
        words = [_change(pairing)] if pairing.change != "same" else []
        words += [_("moved")] if pairing.moved else []
        yield f"{'  ' * pairing.depth}- {line}" + (f" ({_(', ').join(words)})" if words else "")


def _summary(found: "Comparison", *, legend: bool = True) -> str:
    """The counts, each behind the sign that marks its lines."""
    counts = found.counts
    if not found.differences:
        return _("No difference.")
    words = (
        ("~", counts["changed"], ngettext("{n} changed", "{n} changed", counts["changed"])),
        ("+", counts["new"], ngettext("{n} new", "{n} new", counts["new"])),
        ("-", counts["gone"], ngettext("{n} gone", "{n} gone", counts["gone"])),
        (_MOVED, counts["moved"], ngettext("{n} moved", "{n} moved", counts["moved"])),
        ("", counts["same"], ngettext("{n} the same", "{n} the same", counts["same"])),
    )
    return "   ".join(f"{sign} {word}".strip() if legend else word for sign, count, word in words if count)


def _lines_to_print(
    found: "Comparison",
    *,
    everything: bool,
    marks: tuple[str, str, str, str] = ("[-", "-]", "{+", "+}"),
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
    written: Callable[[str], str] = _escape_markdown if escape else _unchanged_text
    part = pairing.after or pairing.before
    if part is None:
        return ""
    if isinstance(part, Target):
        return written(_target_line(pairing))
    others = [field for field in pairing.fields if field.name not in _MAIN]
    behind = "; ".join(f"{_name_of(field)} {written(_arrow(field.before, field.after))}" for field in others)
    line = next((_wording_line(field, marks, written) for field in pairing.fields if field.name in _MAIN), None)
    if line is None:
        line = written(_text_of(part))
    return line + (f"  ({behind})" if behind else "")


def _wording_line(field: "FieldChange", marks: tuple[str, str, str, str], written: Callable[[str], str]) -> str:
    """Both wordings in one, what went and what came between marks."""
    parts: list[str] = []
    for run in field.wording:
        if run.same:
            parts.append(written(run.before))
            continue
        parts += [f"{marks[0]}{written(run.before)}{marks[1]}"] if run.before else []
        parts += [f"{marks[2]}{written(run.after)}{marks[3]}"] if run.after else []
    return "".join(parts)


def _text_of(part: "Part") -> str:
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
    sides = [_columns(part) for part in (pairing.before, pairing.after) if isinstance(part, Target)]
    return "  ".join(filter(None, (_arrow(old, new) for old, new in zip(sides[0], sides[-1], strict=True))))


def _columns(target: Target) -> tuple[str, str, str, str]:
    from tui.widgets.layout.outline import figure_of

    against = _("against {baseline}").format(baseline=target.baseline) if target.baseline else ""
    return target.deadline, target.indicator, figure_of(target), against


def _arrow(before: str, after: str) -> str:
    return before if before == after else f"{before or '–'} → {after or '–'}"


def _heading(pairing: "Pairing") -> str:
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


def _name_of(field: "FieldChange") -> str:
    match field.name:
        case "issuers":
            return _("issuers")
        case "number":
            return _("number")
        case "deadline":
            return _("deadline")
        case name:
            return name


def _change(pairing: "Pairing") -> str:
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


def _escape_markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
