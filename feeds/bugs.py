"""A bug in reading one page, entry or source: its traceback goes to the log, its fault to that page, entry or source.

A bug elsewhere ends the process. Here one odd text would cost all other articles, at every poll. So the few places that
handle one page or entry at a time catch every exception and give it to `fault_of_bug`.
"""

import traceback

from feeds.controls import excerpt
from feeds.model import Fault


def fault_of_bug(bug: Exception) -> Fault:
    """Write the traceback to stderr, which is the log of poller and import. Return the fault to report."""
    traceback.print_exception(bug)
    return Fault("not read, because zhengwen has a fault: {reason}", {"reason": words_of_bug(bug)})


def words_of_bug(bug: BaseException) -> str:
    """A bug in one line: its type and its message."""
    while isinstance(bug, BaseExceptionGroup):
        bug = bug.exceptions[0]
    return excerpt(f"{type(bug).__name__}: {bug}".removesuffix(": "))
