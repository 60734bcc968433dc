"""Reading an archive for a command: in whatever state it is the command gets its answer; a line says what is odd."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from feeds.archive import Archive
from feeds.errors import IndexDamaged
from tui.cli.output import say
from tui.words import _, sentence_of

T = TypeVar("T")


def read(path: Path, work: Callable[[Archive], T]) -> T:
    """What some work on the archive gives. Where its index turns out damaged it is made anew, and the work done again.

    Raises FeedError.
    """
    try:
        return _read(path, work)
    except IndexDamaged:
        found = _read(path, work)
        say("zhengwen: " + _("The archive's index was damaged and was made anew; no article is lost."), err=True)
        return found


def _read(path: Path, work: Callable[[Archive], T]) -> T:
    with Archive.open(path) as archive:
        found = work(archive)
        tell_oddities(archive)
        return found


def tell_oddities(archive: Archive, *, days: bool = True) -> None:
    """Say on standard error how the archive was opened and, with `days`, which days it could not read."""
    notice = archive.view.notice if archive.view else None
    for fault in [*([notice] if notice else []), *(archive.set_aside if days else ())]:
        say(f"zhengwen: {sentence_of(fault)}", err=True)
