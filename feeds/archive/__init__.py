"""The archive: day files are the truth, index.sqlite answers lists, one process writes.

    archive/shards/2022/2022-01-12.json   one TinyDB file a day; see shards.file for its bytes
    archive/index.sqlite                  derived; may be deleted at any time
    archive/flags.sqlite                  pending flags, which no day file has yet
    archive/state.json                    what the poller keeps about its sources
    archive/poller.json                   the process that polls, and its machine
    archive/session.json                  when the last dashboard ended, and what its reader had before him
    archive/lock                          the one writer holds it

Any process may read while one writes. Imports here delay the dashboard's first frame: TinyDB and filelock are imported
only for writing. A name is imported from its module when it is first used: a worker loads no SQLite, which would cost
it 2 MB and a twentieth of a second.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feeds.archive.archive import Archive
    from feeds.archive.engine import (
        DocumentSort,
        Engine,
        FetchedRows,
        Listing,
        TableListing,
        TargetSort,
        Undo,
        WritingEngine,
    )
    from feeds.archive.records import Part, Stored

__all__ = [
    "Archive",
    "DocumentSort",
    "Engine",
    "FetchedRows",
    "Listing",
    "Part",
    "Stored",
    "TableListing",
    "TargetSort",
    "Undo",
    "WritingEngine",
]
_MODULES = {"Archive": "archive", "Part": "records", "Stored": "records"}


def __getattr__(name: str) -> Any:
    """The value of a name in `__all__`, imported now."""
    if name not in __all__:
        raise AttributeError(name=name, obj=__name__)
    value = globals()[name] = getattr(import_module(f"feeds.archive.{_MODULES.get(name, 'engine')}"), name)
    return value
