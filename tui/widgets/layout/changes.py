"""The page of an article's comparison with an earlier version: counts, what differs in the plan, then the text. Pure.

The text is the later one, in its paragraphs, with what went and what came between marks in its place. Paragraphs that
are the same are counted, not printed.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tui.text import cells, minute_of, wrap
from tui.widgets.layout.differences import MARKS, heading_of, lines_of, marked_wording, signs_of, summary_of
from tui.widgets.layout.page import BLANK, Measure, PageLine, Stretch
from tui.words import _, ngettext

if TYPE_CHECKING:
    from feeds.compare import Comparison, Pairing, VersionChange

_MOVED_MARKS = ("[>", "<]")
_FIRST_INDENT = 2


class ChangesPage(NamedTuple):
    """The lines of the page, and those at which a difference begins."""

    lines: Sequence[PageLine] = ()
    starts: Sequence[int] = ()


class TextRun(NamedTuple):
    """A stretch of a paragraph in the style `kind`: text, new, gone or moved."""

    kind: str
    text: str


def changes_page(change: "VersionChange", count: int, measure: Measure) -> ChangesPage:
    """The page that compares two of an article's `count` versions."""
    lines = _set_runs([TextRun("title", marked_wording(change.title))], measure)
    times = (minute_of(version.since) for version in (change.before, change.after))
    said = _("version {before} ({first}) → version {after} of {count} ({last})").format(
        before=change.before.number, after=change.after.number, count=count, first=next(times), last=next(times)
    )
    lines += _set_runs([TextRun("meta", said)], measure)
    for name, found in ((_("Plan"), change.plan), (_("Text"), change.texts)):
        lines += _set_runs([TextRun("meta", f"{name}: {summary_of(found)}")], measure)
    lines.append(PageLine("rule", (Stretch(measure.left, "─" * measure.width),)))
    starts: list[int] = []
    for part in (_plan_lines(change.plan, measure), _text_lines(change.texts, measure)):
        for differs, paragraph in part:
            if differs:
                starts.append(len(lines))
            lines += paragraph
    return ChangesPage(lines, starts)


def _plan_lines(found: "Comparison", measure: Measure) -> Iterator[tuple[bool, list[PageLine]]]:
    """The differences of the plan, each behind its sign, under the headings of their kinds."""
    heading = ""
    for pairing, line in lines_of(found, everything=False):
        if (here := heading_of(pairing)) != heading:
            heading = here
            yield False, [*_set_runs([TextRun("heading", heading)], measure)]
        lead = f"{signs_of(pairing)} {'  ' * pairing.depth}"
        kind = {"same": "text"}.get(pairing.change, pairing.change)
        yield pairing.differs, _set_runs([TextRun(kind, lead + line)], measure, hanging=len(lead))
    if heading:
        yield False, [BLANK]


def _text_lines(found: "Comparison", measure: Measure) -> Iterator[tuple[bool, list[PageLine]]]:
    """The paragraphs with a difference, and between them how many are the same."""
    for same, paragraphs in groupby(_paragraphs_of(found), lambda runs: all(run.kind == "text" for run in runs)):
        if same:
            count = sum(1 for _paragraph in paragraphs)
            words = ngettext("⋯ {n} paragraph the same", "⋯ {n} paragraphs the same", count)
            yield False, [*_set_runs([TextRun("caption", words)], measure), BLANK]
            continue
        for runs in paragraphs:
            yield True, [*_set_runs(runs, measure, first=_FIRST_INDENT), BLANK]


def _paragraphs_of(found: "Comparison") -> Iterator[list[TextRun]]:
    """The clauses of both texts as paragraphs. A clause that is gone stands behind the one that it stood behind."""
    runs: list[TextRun] = []
    here: tuple[int | None, int | None] = (None, None)
    for pairing in found.pairings:
        before, after = (part.span.p if part and part.span else None for part in (pairing.before, pairing.after))
        goes_on = before == here[0] if after is None else after == here[1]
        if runs and not goes_on:
            yield runs
            runs = []
        here = (before, after) if not goes_on else (here[0] if before is None else before, after or here[1])
        runs += _blank_between(runs, pairing)
        for run in _runs_of(pairing):
            _append(runs, run)
    if runs:
        yield runs


def _append(runs: list[TextRun], run: TextRun) -> None:
    """Append a run. Clauses side by side that are all new, or all gone, stand between one pair of marks."""
    if runs and run.kind != "text" and runs[-1].kind == run.kind:
        runs[-1] = TextRun(run.kind, runs[-1].text[:-2] + run.text[2:])
    else:
        runs.append(run)


def _blank_between(runs: Sequence[TextRun], pairing: "Pairing") -> list[TextRun]:
    """The blank that stands between two clauses in Latin letters."""
    text: str = getattr(pairing.after or pairing.before, "text", "")
    return [TextRun("text", " ")] if runs and text[:1].isascii() and runs[-1].text[-1:].isascii() else []


def _runs_of(pairing: "Pairing") -> Iterator[TextRun]:
    """The stretches of one clause, what differs between marks."""
    after, before = (getattr(part, "text", "") for part in (pairing.after, pairing.before))
    if pairing.change == "new":
        yield TextRun("new", f"{MARKS[2]}{after}{MARKS[3]}")
    elif pairing.change == "gone":
        yield TextRun("gone", f"{MARKS[0]}{before}{MARKS[1]}")
    elif pairing.change == "same":
        yield (
            TextRun("moved", f"{_MOVED_MARKS[0]}{after}{_MOVED_MARKS[1]}") if pairing.moved else TextRun("text", after)
        )
    else:
        for run in (run for field in pairing.fields for run in field.wording):
            if run.same:
                yield TextRun("text", run.before)
                continue
            if run.before:
                yield TextRun("gone", f"{MARKS[0]}{run.before}{MARKS[1]}")
            if run.after:
                yield TextRun("new", f"{MARKS[2]}{run.after}{MARKS[3]}")


def _set_runs(runs: Sequence[TextRun], measure: Measure, *, first: int = 0, hanging: int = 0) -> list[PageLine]:
    """Runs in lines of the measure, each stretch in the style of its run."""
    text = "".join(run.text for run in runs)
    lines: list[PageLine] = []
    for number, (start, end) in enumerate(
        wrap(text, max(measure.width - hanging, 2), first_indent=first - hanging, ambiguous=measure.ambiguous)
    ):
        x = measure.left + (hanging if number else first)
        stretches: list[Stretch] = []
        at = 0
        for run in runs:
            part = text[max(start, at) : min(end, at + len(run.text))]
            at += len(run.text)
            if part:
                stretches.append(Stretch(x, part, kind=run.kind))
                x += cells(part, measure.ambiguous)
        lines.append(PageLine("text", tuple(stretches)))
    return lines
