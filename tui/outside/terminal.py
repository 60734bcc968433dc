"""The terminal, lent to a program of the reader's own while the dashboard waits."""

from collections.abc import Callable
from typing import Any, TypeVar

from textual.app import App, SuspendNotSupported

from feeds.errors import FeedError, reason_of

T = TypeVar("T")


def with_terminal(app: App[Any], work: Callable[[], T]) -> T:
    """Do `work` while it has the terminal. Raises FeedError, also for an OSError, once the dashboard has it back.

    Textual takes the terminal back only after work that raises nothing, so a failure is kept until then.
    """
    done: list[T] = []
    failure: FeedError | OSError | None = None
    try:
        with app.suspend():
            try:
                done.append(work())
            except (FeedError, OSError) as error:
                failure = error
    except SuspendNotSupported as error:
        raise FeedError("this terminal cannot be lent to another program") from error
    if isinstance(failure, OSError):
        raise FeedError("that could not be done: {reason}", reason=reason_of(failure)) from failure
    if failure is not None:
        raise failure
    return done[0]
