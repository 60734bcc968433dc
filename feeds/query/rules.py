"""A rule for new articles: a query, and the marks that what it finds gets. Pure.

A rule is applied once, when an article is stored, so what a reader marks later stays; see feeds.archive.sqlite.rules.
Mute words are rules that hide.
"""

from msgspec import Struct

from feeds.flags import Change, Words
from feeds.query.query import Query


class StoreRule(Struct, frozen=True):
    """A query, and the marks that a new article gets if the query finds it."""

    query: Query
    read: bool = False
    star: bool = False
    hide: bool = False
    tags: tuple[str, ...] = ()

    @property
    def change(self) -> Change:
        """The marks as a change of flags."""
        given = {"read": self.read, "starred": self.star, "hidden": self.hide}
        marks: dict[str, bool | Words] = {name: True for name, is_given in given.items() if is_given}
        return {**marks, "tags": Words(self.tags)} if self.tags else marks
