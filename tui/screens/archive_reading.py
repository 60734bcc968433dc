"""Reads in a thread, with a view of the archive of its own, what takes longer than a key may."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from textual.screen import Screen

from feeds.archive import Archive, Engine
from feeds.errors import FeedError
from tui.failures import ENDINGS
from tui.words import sentence_of

T = TypeVar("T")
FEW = 12
"""Articles that are read at once, so that the page stands with its first frame. More are read in a thread."""


def read_in_thread(
    screen: Screen[Any],
    path: Path,
    read: Callable[[Engine], T],
    take: Callable[[T], None],
    tell: Callable[[FeedError], None] | None = None,
    *,
    group: str = "reading",
) -> None:
    """Call `read` in a thread and `take` with its result in the event loop. A later call of the group makes it void.

    An expected failure goes to `tell`; without it a notice of the screen shows it.
    """
    call = screen.app.call_from_thread

    def notify(failure: FeedError) -> None:
        screen.notify(sentence_of(failure.fault), severity="error", markup=False)

    def show(found: T) -> None:
        if screen.is_mounted:
            take(found)

    def work() -> None:
        try:
            with Archive.open(path, catch_up=False, make=False) as archive:
                found = read(archive)
        except ENDINGS:
            return  # the main screen meets this too, and says so
        except FeedError as failure:
            call(tell or notify, failure)
        else:
            call(show, found)

    screen.run_worker(work, thread=True, exclusive=True, group=group)
