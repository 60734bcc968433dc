"""Who reads what at the moment: an article that several channels list at once is fetched by one of them."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from feeds.identity import keys_of
from feeds.model import Entry


class Claims:
    """Articles in hand, by all their keys."""

    def __init__(self) -> None:
        self._held: dict[str, asyncio.Future[None]] = {}

    def holder_of(self, entry: Entry) -> asyncio.Future[None] | None:
        """Done when the turn that has this article is done with it; None when nobody has it."""
        return next((self._held[key] for key in keys_of(entry) if key in self._held), None)

    @contextmanager
    def held(self, entries: Iterable[Entry]) -> Iterator[None]:
        """While these are being read."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        keys = [key for entry in entries for key in keys_of(entry)]
        self._held.update(dict.fromkeys(keys, done))
        try:
            yield
        finally:
            for key in keys:
                self._held.pop(key, None)
            done.set_result(None)
