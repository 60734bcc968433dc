"""Written times to moments: moments (the date, the clock) → zones; ago (what counts from now) stands beside them."""

from feeds.parse.dates.moments import time_of

__all__ = ["time_of"]
