"""The archive: day files are the truth, index.sqlite answers lists, one process writes.

    archive/shards/2022/2022-01-12.json   one TinyDB file a day; see shards.file for its bytes
    archive/index.sqlite                  derived; may be deleted at any time
    archive/flags.sqlite                  pending flags, which no day file has yet
    archive/state.json                    what the poller keeps about its sources
    archive/poller.json                   the process that polls, and its machine
    archive/session.json                  when the last dashboard ended, and what its reader had before him
    archive/lock                          the one writer holds it

Any process may read while one writes. Imports here delay the dashboard's first frame: TinyDB and filelock are imported
only for writing.
"""

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
from feeds.archive.state import (
    Session,
    left_of,
    load_left,
    load_lines,
    load_session,
    note_poller,
    poller_of,
    save_lines,
    save_session,
)

__all__ = [
    "Archive",
    "DocumentSort",
    "Engine",
    "FetchedRows",
    "Listing",
    "Part",
    "Session",
    "Stored",
    "TableListing",
    "TargetSort",
    "Undo",
    "WritingEngine",
    "left_of",
    "load_left",
    "load_lines",
    "load_session",
    "note_poller",
    "poller_of",
    "save_lines",
    "save_session",
]
