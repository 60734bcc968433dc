"""A new article made ready for the archive: the line of its day's file, and its values for the index."""

import msgspec
from msgspec import Struct

from feeds.archive.sqlite.rows.prepared import PreparedArticle


class ReadyArticle(Struct, frozen=True, array_like=True):
    """The line and the values of an article that the archive does not have, without flags. See preparation.articles."""

    line: msgspec.Raw
    values: PreparedArticle
