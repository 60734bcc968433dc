"""An export in a thread of its own, with its own view of the archive: it tells how far it is, and can be stopped."""

import time
from contextlib import closing
from pathlib import Path
from typing import Any

from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from feeds.archive import Archive
from feeds.controls import printable
from feeds.errors import FeedError
from tui.exporting import ExportJob, Written, run_export
from tui.words import _, ngettext, sentence_of

_GROUP = "export"
_EVERY = 0.5  # seconds between two notices


def running_export(screen: Screen[Any]) -> Worker[Any] | None:
    """The export that is being written, if there is one."""
    return next((work for work in screen.app.workers if work.group == _GROUP and work.is_running), None)


def stop_export(screen: Screen[Any]) -> bool:
    """Stop the export that is being written. Return whether there was one."""
    if work := running_export(screen):
        work.cancel()
        return True
    return False


def start_export(screen: Screen[Any], archive: Path, job: ExportJob) -> None:
    """Write an export; a notice says how far it is, and at the end what was written."""
    screen.run_worker(lambda: _write(screen, archive, job), thread=True, group=_GROUP)


def _write(screen: Screen[Any], path: Path, job: ExportJob) -> None:
    worker, call = get_current_worker(), screen.app.call_from_thread
    written, last, stopped = Written(0, 0), time.monotonic(), False
    try:
        with Archive.open(path, catch_up=False, make=False) as archive, closing(run_export(archive, job)) as steps:
            for written in steps:
                stopped = worker.is_cancelled and written.done < written.total
                if stopped:
                    break
                if time.monotonic() - last >= _EVERY:
                    last = time.monotonic()
                    words = _("Exporting {done} of {total}; e stops it.")
                    call(_tell, screen, words.format(done=written.done, total=written.total))
    except FeedError as failure:
        call(_tell, screen, sentence_of(failure.fault), "error")
        return
    call(_tell, screen, _ending(job, written, stopped=stopped))


def _ending(job: ExportJob, written: Written, *, stopped: bool) -> str:
    target = printable(job.target) if isinstance(job.target, Path) else ""
    if stopped:
        kept = ngettext("{n} file is complete", "{n} files are complete", written.files)
        return _("Export stopped; {kept}, nothing is half written.").format(kept=kept)
    return ngettext("{n} file written", "{n} files written", written.files) + f": {target}"


def _tell(screen: Screen[Any], words: str, severity: str = "information") -> None:
    screen.app.notify(words, markup=False, timeout=5, severity="error" if severity == "error" else "information")
