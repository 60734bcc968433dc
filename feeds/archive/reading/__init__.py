"""How an archive that cannot be written to is read: with its index as it is, or with a copy that is caught up."""

from feeds.archive.reading.view import ReadOnlyView, open_view

__all__ = ["ReadOnlyView", "open_view"]
