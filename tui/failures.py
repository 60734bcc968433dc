"""Where a reader's failed action ends: one line is said, and the dashboard goes on.

Textual ends the loop of a widget whose handler raises, so an expected failure must be met before that: where an action
is run, and where a message is handed to its handler.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from feeds.errors import ArchiveChanged, ArchiveGone, FeedError, IndexDamaged

ENDINGS = (IndexDamaged, ArchiveChanged, ArchiveGone)
"""Failures after which the dashboard cannot go on with the archive that it has open."""


async def telling(work: Callable[[], Awaitable[Any]], tell: Callable[[FeedError], None]) -> Any:
    """Await some work; an expected failure of it is told, and is False."""
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
