"""Expected failures of a reader's action: one line is shown, and the dashboard goes on.

Textual ends the loop of a widget whose handler raises. So an expected failure must be caught before that: where an
action is run, and where a message is passed to its handler.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from feeds.errors import ArchiveChanged, ArchiveGone, FeedError, IndexDamaged

ENDINGS = (IndexDamaged, ArchiveChanged, ArchiveGone)
"""Failures after which the dashboard cannot go on with the archive that it has open."""


async def report_failures(work: Callable[[], Awaitable[Any]], tell: Callable[[FeedError], None]) -> Any:
    """Await some work. Give an expected failure of it to `tell`, and return False."""
    try:
        return await work()
    except ENDINGS:
        raise
    except FeedError as failure:
        tell(failure)
        return False
    except OSError as failure:
        tell(FeedError("that could not be done: {reason}", reason=failure.strerror or type(failure).__name__))
        return False
