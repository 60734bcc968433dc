"""`zhengwen import`: shows how far it is, names what cannot be read, and says at the end what came in.

Exit codes: 0 all is in · 1 some files could not be read · 130 interrupted; a second run goes on where this one ended.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from feeds.archive import Archive
from feeds.intake.posts import ImportProgress, import_posts
from tui.cli import exits
from tui.cli.output import say
from tui.cli.progress import Progress, stoppable
from tui.words import _, ngettext, sentence_of


def run(paths: Sequence[Path], archive_path: Path) -> int:
    """Import the posts in these files and folders; the exit code."""
    with Archive.open(archive_path, write=True) as archive, stoppable() as stop:
        bar = Progress(_("importing"))
        steps = import_posts(paths, archive, datetime.now().astimezone())
        taken = ImportProgress(0, 0)
        try:
            for taken in steps:
                for fault in taken.faults:
                    bar.say(f"zhengwen: {sentence_of(fault)}")
                if stop.is_set():
                    break
                bar.at(taken.done, taken.total)
        finally:
            steps.close()  # its processes end with it
            bar.end()
    return _told(taken)


def _told(taken: ImportProgress) -> int:
    """Say what came in; the exit code."""
    summary = _("{new} new, {changed} changed, {same} known already").format(
        new=taken.new, changed=taken.changed, same=taken.same
    )
    if taken.earlier:
        summary += ", " + _("{n} in by an earlier run").format(n=taken.earlier)
    say(summary)
    if taken.failed:
        say(ngettext("{n} file could not be read", "{n} files could not be read", taken.failed), err=True)
    if taken.done < taken.total:
        sentence = _("interrupted: {done} of {total} files are in; the same command goes on with the rest")
        say("zhengwen: " + sentence.format(done=taken.done - taken.failed, total=taken.total), err=True)
        return exits.INTERRUPTED
    return exits.FAILURE if taken.failed else 0
