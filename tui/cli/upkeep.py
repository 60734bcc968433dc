"""`zhengwen archive …`: work on the whole archive. It shows its progress and reports the result.

Exit codes: 0 done · 1 something is damaged · 130 interrupted between two days; no day is half done.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

import click

from feeds.archive import Archive
from feeds.archive.whole import Leaving, Progressed, Sizes, Stats, Whole
from feeds.attachments import size_text
from tui.cli import exits
from tui.cli.output import say
from tui.cli.progress import Progress, stoppable
from tui.cli.reading import report_problems
from tui.text import cells, pad
from tui.words import _, ngettext, sentence_of


class Walk:
    """A walk through the archive: its number of faults and days, and whether it was interrupted."""

    def __init__(self) -> None:
        self.faults = 0
        self.days = 0
        self.interrupted = False

    def run(self, steps: Iterable[Progressed], **labels: str) -> None:
        """Do the steps, show each stage under its label, print each fault. Stop between two steps on request."""
        bars = {stage: Progress(label) for stage, label in labels.items()}
        with stoppable() as stop:
            for step in steps:
                bar = bars[step.stage]
                for fault in step.faults:
                    bar.say(f"zhengwen: {sentence_of(fault)}")
                self.faults += len(step.faults)
                if step.stage == "days":
                    self.days = step.done
                bar.show_progress(step.done, step.total)
                if stop.is_set() and step.done < step.total:
                    self.interrupted = True
                    break
        for bar in bars.values():
            bar.end()

    def code(self, interrupted: str) -> int:
        """The exit code. Print the sentence if the walk was interrupted."""
        if self.interrupted:
            say("zhengwen: " + interrupted, err=True)
            return exits.INTERRUPTED
        return exits.FAILURE if self.faults else 0


def verify(path: Path) -> int:
    """Read every day file and compare the index with it. Return the exit code."""
    walk = Walk()
    with Archive.open(path, catch_up=False) as archive:
        report_problems(archive)
        walk.run(Whole(archive).verify(), days=_("verifying"))
    code = walk.code(_("interrupted; the days after these were not looked at"))
    days = ngettext("{n} day read", "{n} days read", walk.days)
    faults = ngettext("{n} fault", "{n} faults", walk.faults) if walk.faults else _("no fault")
    say(f"{days}, {faults}")
    return code


def rebuild(path: Path) -> int:
    """Rebuild the index. Return the exit code."""
    walk = Walk()
    with Archive.open(path, write=True, rebuild=True) as archive:
        walk.run(
            Whole(archive).rebuild(), days=_("listing"), texts=_("making searchable"), documents=_("joining documents")
        )
        total = archive.listing().total
    code = walk.code(_("interrupted; whoever opens the archive next does the rest"))
    say(ngettext("{n} article in the index", "{n} articles in the index", total))
    return code


def migrate(path: Path) -> int:
    """Write the days of earlier versions in the present version. Return the exit code."""
    walk = Walk()
    with Archive.open(path, write=True) as archive:
        walk.run(Whole(archive).migrate(), days=_("migrating"))
    code = walk.code(_("interrupted; the same command goes on with the rest"))
    say(ngettext("{n} day written anew", "{n} days written anew", walk.days - walk.faults))
    return code


def stats(path: Path) -> int:
    """Print the size of the archive. Return the exit code."""
    walk, found = Walk(), Stats()
    with Archive.open(path) as archive:
        report_problems(archive, days=False)
        walk.run(Whole(archive).measure(found), days=_("measuring"))
    code = walk.code(_("interrupted; the days after these were not looked at"))
    for line in _table(found):
        say(line)
    return code


def prune(path: Path, before: datetime, *, everything: bool, sure: bool) -> int:
    """Remove older articles, after a question. Return the exit code."""
    walk, leaving, day = Walk(), Leaving(), before.date()
    with Archive.open(path, write=True) as archive:
        whole = Whole(archive)
        prospect = whole.prospect(day, everything=everything)
        if prospect.staying:
            kept = ngettext("{n} older article is starred or tagged and stays",
                            "{n} older articles are starred or tagged and stay", prospect.staying)  # fmt: skip
            say(kept)
        if prospect.going and not sure:
            click.confirm(_question(prospect.going, day), abort=True)
        walk.run(whole.prune(day, leaving, everything=everything), days=_("pruning"))
    code = walk.code(_("interrupted; the same command goes on with the rest"))
    gone = ngettext("{n} article removed", "{n} articles removed", leaving.articles)
    say(f"{gone}, {size_text(leaving.bytes)}")
    return code


def _question(count: int, before: date) -> str:
    question = ngettext("Remove {n} article", "Remove {n} articles", count)
    return question + " " + _("from before {day} for good?").format(day=before.isoformat())


def _table(found: Stats) -> Iterator[str]:
    """The figures as lines: the total, then by year, then by source."""
    text = found.whole.text
    days = sum(found.days.values())
    yield ngettext("{n} article", "{n} articles", found.whole.articles) + ", " + ngettext("{n} day", "{n} days", days)
    costs = {_("text"): text, _("day files"): found.whole.shards, _("index"): found.index, _("marks"): found.flags}
    wide = max(map(cells, costs))
    for name, size in costs.items():
        share = f"  {size / text:.2f} ×" if text and name != _("text") else ""
        yield f"  {pad(name, wide)}  {size_text(size):>10}{share}"
    if found.old:
        yield ngettext(
            "{n} day is of an earlier version; zhengwen archive migrate writes it anew",
            "{n} days are of an earlier version; zhengwen archive migrate writes them anew",
            found.old,
        )
    if found.unsearched:
        yield ngettext("{n} text waits to be made searchable", "{n} texts wait to be made searchable", found.unsearched)
    yield from _part(_("year"), dict(sorted(found.years.items(), reverse=True)))
    yield from _part(_("source"), dict(sorted(found.sources.items(), key=lambda item: -item[1].articles)))


def _part(title: str, parts: dict[str, Sizes]) -> Iterator[str]:
    """One table: name, articles, text, and the size of its files in relation to the text."""
    if not parts:
        return
    wide = max(cells(name) for name in (title, *parts))
    yield ""
    yield f"{pad(title, wide)}  {pad(_('articles'), 10)}  {_('text')}"
    for name, sizes in parts.items():
        share = f"  {sizes.shards / sizes.text:.2f} ×" if sizes.shards and sizes.text else ""
        yield f"{pad(name, wide)}  {sizes.articles:>9,}  {size_text(sizes.text):>10}{share}"
