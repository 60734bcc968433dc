"""From written times to moments: moments (date and clock), zones, ago (times that count back from now)."""

from feeds.parse.dates.moments import time_of

__all__ = ["time_of"]
