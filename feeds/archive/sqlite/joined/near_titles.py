"""Titles that articles name near a moment, among which short and long forms of a title are sought."""

from typing import TYPE_CHECKING

from msgspec import Struct

from feeds.archive.sqlite.rowids import first_rowid, numbers_of, place_of

if TYPE_CHECKING:  # a reader's start needs none of them
    from feeds.archive.sqlite.schema.connection import Connection

_DAY = first_rowid(86_400)
_MOST_READ = 500  # days with an ending that are kept
# Short and long forms end alike. The oldest mention has the highest number.
_NAMED = (
    "SELECT key, MAX(id), MIN(id) FROM mention "
    "WHERE id BETWEEN ? AND ? AND substr(key, ?) = ? AND issuers <> '[]' GROUP BY key"
)


class _NearTitle(Struct, frozen=True, gc=False):
    """A title's key as it stands and as forms are compared, its first word, its first and last article of a day."""

    key: str
    compared: str
    word: str
    first: int
    last: int


class NearTitles:
    """The titles of days, each read once. They hold until a mention is added or removed."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._days: dict[tuple[int, str], list[_NearTitle]] = {}

    def forms_of(self, key: str, moment: float) -> set[str]:
        """The keys that are a short or a long form of a title whose document is first named at this second."""
        from feeds.documents.shortening import SHORT_SECONDS, WORD, compared_form, is_either_form

        compared = compared_form(key)
        word = compared[:WORD]
        low, high = (first_rowid(int(moment) + sign * (SHORT_SECONDS + 1)) for sign in (-1, 1))
        return {
            title.key
            for day in range(low // _DAY, high // _DAY + 1)
            for title in self._titles(day, key[-WORD:])
            if (title.word in compared or word in title.compared)  # the first word of the short form is in the long one
            and title.last >= low
            and title.first <= high
            and is_either_form(compared, title.compared)
        }

    def _titles(self, day: int, ending: str) -> list[_NearTitle]:
        """The titles of a day that end so and that an article with an issuer names."""
        titles = self._days.get((day, ending))
        if titles is None:
            from feeds.documents.shortening import WORD, compared_form

            if len(self._days) >= _MOST_READ:
                self._days.clear()
            bounds = numbers_of((day + 1) * _DAY - 1)[0], numbers_of(day * _DAY)[1]
            titles = self._days[day, ending] = [
                _NearTitle(
                    key, compared := compared_form(key), compared[:WORD], place_of(oldest)[0], place_of(newest)[0]
                )
                for key, oldest, newest in self._connection.execute(_NAMED, (*bounds, -len(ending), ending))
            ]
        return titles
