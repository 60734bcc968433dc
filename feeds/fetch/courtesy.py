"""What a server may ask of us: so many requests at a time, a pause between two, and to come back later."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from aiolimiter import AsyncLimiter

_REMEMBERED = 500  # hosts; beyond that those that nobody waits for are forgotten, with their last pause


class _HostQueue:
    """One host's queue."""

    def __init__(self, per_host: int, pause: float) -> None:
        self.places = asyncio.Semaphore(per_host)
        self.pauses = AsyncLimiter(1, pause) if pause > 0 else None
        self.guests = 0


class Courtesy:
    """Lets at most `per_host` requests into a host at a time, and begins two of them `pause` seconds apart."""

    def __init__(self, per_host: int, pause: float) -> None:
        self._per_host = per_host
        self._pause = pause
        self._doors: dict[str, _HostQueue] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Waits for a place at `host`, and holds it."""
        door = self._door_of(host)
        door.guests += 1
        try:
            async with door.places:
                if door.pauses:
                    await door.pauses.acquire()
                yield
        finally:
            door.guests -= 1

    def _door_of(self, host: str) -> _HostQueue:
        if host not in self._doors:
            if len(self._doors) >= _REMEMBERED:
                self._doors = {name: door for name, door in self._doors.items() if door.guests}
            self._doors[host] = _HostQueue(self._per_host, self._pause)
        return self._doors[host]


def retry_after_of(header: str, now: datetime) -> float | None:
    """Seconds that a Retry-After asks for, as a number or as a date (RFC 9110 §10.2.3); None where it asks nothing."""
    text = header.strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text):
        return float(text)
    try:
        when = parsedate_to_datetime(text)
        # A zone of -0000 comes out without one; RFC 9110 dates are GMT.
        return max(0.0, ((when if when.tzinfo else when.replace(tzinfo=UTC)) - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
