"""The settings of a connection while many days are put into the index."""

from collections.abc import Iterator
from contextlib import contextmanager

from feeds.archive.sqlite.schema.connection import Connection

_CACHE = 48_000  # KiB of pages


@contextmanager
def loading(connection: Connection) -> Iterator[None]:
    """Give the connection a larger cache, so that pages of keys and ids, which come in no order, are at hand."""
    before = connection.execute("PRAGMA main.cache_size").fetchone()[0]
    connection.execute(f"PRAGMA main.cache_size = -{_CACHE}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA main.cache_size = {int(before)}")
