"""Watches: a reader is told once of each new article of a view (`notify = true`), of its edits and deadlines.

watcher    the poller's part: what is stored is noted, matched and told
matching   which watches match which articles, and which targets fall due
forms      what is told, as JSON
outbox     a file for each telling, and the programs that take them; launcher becomes such a program
quiet      quiet hours

The journal is feeds.archive.sqlite.watches. docs/watches.md says what a reader may rely on.
"""

from feeds.watches.watcher import Watcher

__all__ = ["Watcher"]
