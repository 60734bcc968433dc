"""config.toml: the keys, their allowed values, where the file is searched, and how the program changes it.

loading   the file over the shipped one → Config (values); tables has the keys, faults the messages about mistakes
reading   the bytes of a file → its table; places says where the file is searched
printing  a Config as TOML
editing   text → text: an entry of [[source]] or [[view]] is added, changed, moved, removed; a key is set (see blocks)
changing  such a change on the disk: locked, checked, whole, and undone

Start-up imports this package: it imports no module that only a change of the file needs.
"""

from feeds.config.loading import load
from feeds.config.places import reader_path, shipped_path
from feeds.config.printing import text_of
from feeds.config.tables import WrittenKeys
from feeds.config.values import Candidate, Config, Macro, NotifySettings, Pipe, View

__all__ = [
    "Candidate",
    "Config",
    "Macro",
    "NotifySettings",
    "Pipe",
    "View",
    "WrittenKeys",
    "load",
    "reader_path",
    "shipped_path",
    "text_of",
]
