"""Reads what a page shows in a thread, with a view of the archive of its own, where that takes long.

A document may have hundreds of articles, each in another day's file. A few are read at once, so that the page stands
with its first frame.
"""

from collections.abc import Callable
from typing import TypeVar

from feeds.archive import Archive, Engine
from feeds.errors import FeedError
from tui.failures import ENDINGS
from tui.screens.lasting import LastingScreen
from tui.words import sentence_of

T = TypeVar("T")
FEW = 12
"""Articles that are read at once."""


def read_in_thread(screen: LastingScreen, read: Callable[[Engine], T], take: Callable[[T], None]) -> None:
    """Call `read` in a thread and `take` with its result in the event loop. A later call makes this one void."""
    call = screen.app.call_from_thread

    def work() -> None:
        try:
            with Archive.open(screen.context.archive.path, catch_up=False, make=False) as archive:
                found = read(archive)
        except ENDINGS:
            return  # the main screen meets this too, and says so
        except FeedError as failure:
            call(screen.notify, sentence_of(failure.fault), severity="error", markup=False)
        else:
            call(take, found)

    screen.run_worker(work, thread=True, exclusive=True, group="documents")
