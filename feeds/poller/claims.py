"""Which poll reads which article now. If several channels list an article at the same time, one fetches it."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from feeds.identity import keys_of
from feeds.model import Entry


class Claims:
    """The articles that polls are reading, by all their keys."""

    def __init__(self) -> None:
        self._holders: dict[str, asyncio.Future[None]] = {}

    def holder_of(self, entry: Entry) -> asyncio.Future[None] | None:
        """A future that ends when the poll that reads this article is finished with it; None if no poll reads it."""
        return next((self._holders[key] for key in keys_of(entry) if key in self._holders), None)

    @contextmanager
    def hold(self, entries: Iterable[Entry]) -> Iterator[None]:
        """Claim these entries inside the `with` block."""
        released: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        keys = [key for entry in entries for key in keys_of(entry)]
        self._holders.update(dict.fromkeys(keys, released))
        try:
            yield
        finally:
            for key in keys:
                self._holders.pop(key, None)
            released.set_result(None)
