"""An export in a thread of its own, with its own view of the archive: it tells how far it is, and can be stopped."""

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from textual.screen import Screen
from textual.worker import get_current_worker

from feeds.archive import Archive
from feeds.controls import printable
from feeds.errors import FeedError
from tui.exporting import ExportJob, ExportOffer, Written, run_export
from tui.screens.dialogs.export import ExportScreen
from tui.stoppable_work import stop_work
from tui.words import _, ngettext, sentence_of, sentences

_GROUP = "export"
_EVERY = 0.5  # seconds between two notices


def choose_export(screen: Screen[Any], archive: Path, make_offer: Callable[[], ExportOffer]) -> None:
    """Ask how to export what is offered and where to, and write it. While an export is written, stop it.

    A notice says how far it is, and at the end what was written.
    """
    if not stop_work(screen, _GROUP):
        open_menu(screen, archive, make_offer())


def open_menu(screen: Screen[Any], archive: Path, offer: ExportOffer, refused: ExportJob | None = None) -> None:
    """Show the menu of an offer, and write what is chosen. It asks whether to replace the file of a `refused` job."""
    screen.app.push_screen(ExportScreen(offer, refused), lambda job: start_export(screen, archive, job))


def start_export(screen: Screen[Any], archive: Path, job: ExportJob | None) -> None:
    """Write an export. None writes nothing."""
    if job is not None:
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
    if not written.done:
        return sentences(_("Nothing matches this filter."), _("No file is written."))
    return ngettext("{n} file written", "{n} files written", written.files) + f": {target}"


def _tell(screen: Screen[Any], words: str, severity: str = "information") -> None:
    screen.app.notify(words, markup=False, timeout=5, severity="error" if severity == "error" else "information")
