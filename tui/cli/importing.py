"""`zhengwen import`: shows its progress, names the files that cannot be read, and reports the result.

Exit codes: 0 all files are stored · 1 some files could not be read · 130 interrupted; the next run continues there.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from feeds.archive import Archive
from feeds.config import Config
from feeds.config.sources.rules import RulesInForce
from feeds.intake.posts import ImportProgress, import_posts
from feeds.model import BEIJING
from tui.cli import exits
from tui.cli.output import say
from tui.cli.progress import Progress, stoppable
from tui.words import _, ngettext, sentence_of


def run(paths: Sequence[Path], archive_path: Path, settings: Config) -> int:
    """Import the posts in these files and folders, as config.toml says. Return the exit code."""
    with Archive.open(archive_path, write=True) as archive, stoppable() as stop:
        bar = Progress(_("importing"))
        now = datetime.now().astimezone()
        rules = RulesInForce(settings).on(now.astimezone(BEIJING).date())
        steps = import_posts(paths, archive, now, unread_when_changed=settings.unread_when_changed, rules=rules)
        progress = ImportProgress(0, 0)
        try:
            for progress in steps:
                for fault in progress.faults:
                    bar.say(f"zhengwen: {sentence_of(fault)}")
                if stop.is_set():
                    break
                bar.show_progress(progress.done, progress.total)
        finally:
            steps.close()  # this ends its processes
            bar.end()
    return _report(progress)


def _report(progress: ImportProgress) -> int:
    """Print the result. Return the exit code."""
    summary = _("{new} new, {changed} changed, {same} known already").format(
        new=progress.new, changed=progress.changed, same=progress.same
    )
    if progress.earlier:
        summary += ", " + _("{n} in by an earlier run").format(n=progress.earlier)
    say(summary)
    if progress.failed:
        say(ngettext("{n} file could not be read", "{n} files could not be read", progress.failed), err=True)
    if progress.done < progress.total:
        sentence = _("interrupted: {done} of {total} files are in; the same command goes on with the rest")
        say("zhengwen: " + sentence.format(done=progress.done - progress.failed, total=progress.total), err=True)
        return exits.INTERRUPTED
    return exits.FAILURE if progress.failed else 0
