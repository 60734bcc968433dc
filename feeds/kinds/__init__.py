"""Kinds of source, a folder each: what it needs, what it asks, how it reads (docs/adding/source-kind.md).

config, poller, workers and the demo find a kind in the registry. A kind's `__init__.py` imports no parser.
"""

from feeds.kinds.kind import Demo, FailureCallback, Key, Kind
from feeds.kinds.registry import address_of, demo_at, entries_of, kind_names, kind_of

__all__ = ["Demo", "FailureCallback", "Key", "Kind", "address_of", "demo_at", "entries_of", "kind_names", "kind_of"]
