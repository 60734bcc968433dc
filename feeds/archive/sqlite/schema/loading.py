"""The settings of a connection while many days are put into the index."""

from collections.abc import Iterator
from contextlib import contextmanager

from feeds.archive.sqlite.schema.connection import Connection

_CACHE = 64_000  # KiB of pages
# Each article has keys and an id, which come in no order, so a day's rows change about a thousand pages. By SQLite's
# own setting each day would be copied from the log into the file and synced, and most of its pages again the next day.
_LOG = 8_000  # pages
_LOG_KEPT = 16_000_000  # bytes of the log's file that stay when SQLite begins it again


@contextmanager
def loading(connection: Connection) -> Iterator[None]:
    """Let the connection keep more pages at hand, and copy them from the log into the file less often."""
    connection.execute(f"PRAGMA main.journal_size_limit = {_LOG_KEPT}")  # stays: the log is begun again later
    settings = {"main.cache_size": -_CACHE, "wal_autocheckpoint": _LOG}
    before = {name: int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in settings}
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name} = {value}")
    try:
        yield
    finally:
        for name, value in before.items():
            connection.execute(f"PRAGMA {name} = {value}")
