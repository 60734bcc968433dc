"""The files of the index: their tables, connections, transactions and repair.

tables        the tables as statements, and their VERSION
connection    a connection that raises expected failures
transactions  a transaction: everything or nothing
opening       how a process opens the files, and replaces damaged ones
salvage       the readable rows of a damaged flags.sqlite
"""

from feeds.archive.sqlite.schema.opening import flags_of, open_index, open_read_only, repair_flags
from feeds.archive.sqlite.schema.tables import VERSION
from feeds.archive.sqlite.schema.transactions import one_moment, transaction

__all__ = ["VERSION", "flags_of", "one_moment", "open_index", "open_read_only", "repair_flags", "transaction"]
