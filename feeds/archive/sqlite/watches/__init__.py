"""The data that the watches keep: a journal in a file of its own, which is not derived."""

from feeds.archive.sqlite.watches.journal import (
    StoredTelling,
    WatchJournal,
    WatchMatch,
    journal_of,
    journal_state,
    newest_matches,
)

__all__ = ["StoredTelling", "WatchJournal", "WatchMatch", "journal_of", "journal_state", "newest_matches"]
