"""Limits for each host: requests at the same time and a pause between two requests; reads Retry-After."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from aiolimiter import AsyncLimiter

_REMEMBERED = 500  # hosts; with more hosts, those without waiting requests are forgotten, with their last pause


class _HostQueue:
    """The queue of one host. `waiting` counts requests that wait or are sent."""

    def __init__(self, per_host: int, pause: float) -> None:
        self.places = asyncio.Semaphore(per_host)
        self.pauses = AsyncLimiter(1, pause) if pause > 0 else None
        self.waiting = 0


class Courtesy:
    """Allows at most `per_host` requests to a host at a time, and starts them at least `pause` seconds apart."""

    def __init__(self, per_host: int, pause: float) -> None:
        self._per_host = per_host
        self._pause = pause
        self._queues: dict[str, _HostQueue] = {}

    @asynccontextmanager
    async def place_at(self, host: str) -> AsyncIterator[None]:
        """Wait for a place in the queue of `host`, and hold it."""
        queue = self._queue_of(host)
        queue.waiting += 1
        try:
            async with queue.places:
                if queue.pauses:
                    await queue.pauses.acquire()
                yield
        finally:
            queue.waiting -= 1

    def _queue_of(self, host: str) -> _HostQueue:
        if host not in self._queues:
            if len(self._queues) >= _REMEMBERED:
                self._queues = {name: queue for name, queue in self._queues.items() if queue.waiting}
            self._queues[host] = _HostQueue(self._per_host, self._pause)
        return self._queues[host]


def retry_after_of(header: str, now: datetime) -> float | None:
    """The seconds of a Retry-After, which is a number or a date (RFC 9110 §10.2.3); None if it is neither."""
    text = header.strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text):
        return float(text)
    try:
        when = parsedate_to_datetime(text)
        # Python gives no zone for -0000; dates of RFC 9110 are GMT.
        return max(0.0, ((when if when.tzinfo else when.replace(tzinfo=UTC)) - now).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None
