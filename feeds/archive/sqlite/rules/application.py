"""How rules are applied: once to a new article, and once more when the text of an article comes later.

When the text comes, only what the rules did not give before is given. So a mark that the reader took away stays away.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from feeds.archive.sqlite.conditions.own_rows import ids_found
from feeds.archive.sqlite.flags import pending_values, save_flags
from feeds.archive.sqlite.index import Index
from feeds.archive.sqlite.rules.waiting import note_waiting, remove_notes, waiting_articles
from feeds.errors import ArchiveError
from feeds.flags import DEFAULTS, FlagValue, apply_change, is_kept
from feeds.model import Flags
from feeds.query.rules import StoreRule

_BATCH = 500  # articles in a transaction, as for a reader's marks
_NO_MARKS = Flags()


class RuleApplication:
    """The rules that are in force, on one archive."""

    def __init__(self, index: Index, rules: Sequence[StoreRule]) -> None:
        self._index = index
        self._rules = rules

    def note(self, new: Iterable[str], with_text: Sequence[str]) -> None:
        """Note articles (ids) that are stored next: those that are new, and those whose text comes now."""
        if self._rules and (given := dict.fromkeys(new, _NO_MARKS) | self.marks_of(with_text)):
            note_waiting(self._index, given)

    def marks_of(self, names: Sequence[str]) -> dict[str, Flags]:
        """The marks that the rules give to each of these articles as they are in the archive now."""
        marks = dict.fromkeys(names, _NO_MARKS)
        if names:
            for rule in self._rules:
                for name in ids_found(rule.query, names, self._index.connection):
                    marks[name] = apply_change(rule.change, marks[name])
        return marks

    def apply(self) -> None:
        """Give the articles that were noted their marks. Without rules they get none and wait no longer.

        On a full disk they wait: the articles themselves are on disk.
        """
        given = waiting_articles(self._index.connection)
        if not given:
            return
        marks = self.marks_of(list(given))
        with suppress(ArchiveError):
            for start in range(0, len(given), _BATCH):
                self._apply_to(list(given)[start : start + _BATCH], marks, given)

    def _apply_to(self, names: Sequence[str], marks: Mapping[str, Flags], given: Mapping[str, Flags]) -> None:
        """Give articles their marks and remove their notes, in one transaction. Readers see only marks."""
        marked = [name for name in names if marks[name] != _NO_MARKS]
        with self._index.change() if marked else self._index.transaction():
            connection = self._index.connection
            for name in marked:
                if (old := self._index.flags(name, own=True)) is not None:
                    values = _new_marks(old, marks[name], given[name], pending_values(connection, name))
                    save_flags(self._index, name, old, values)
            remove_notes(connection, names)


def _new_marks(old: Flags, marks: Flags, given: Flags, pending: Mapping[str, FlagValue]) -> dict[str, FlagValue]:
    """The values of the flags that rules set. `given`: what they gave before; `pending`: what day files lack.

    A mark that the reader took away is not set, and what the reader marked is not hidden.
    """
    values: dict[str, FlagValue] = {}
    for name in DEFAULTS:
        mark, before, now = getattr(marks, name), getattr(given, name), getattr(old, name)
        if isinstance(mark, tuple) and (added := [word for word in mark if word not in before]):
            values[name] = tuple(dict.fromkeys((*now, *added)))
        elif isinstance(mark, bool) and mark and not before and pending.get(name) is not False:
            values[name] = True
    if "hidden" in values and _reader_marks(old, marks, given):
        del values["hidden"]
    return values


def _reader_marks(old: Flags, marks: Flags, given: Flags) -> bool:
    """Whether the reader marked an article so that it is to be kept, beside what the rules give."""
    tags = tuple(tag for tag in old.tags if tag not in (*marks.tags, *given.tags))
    return is_kept(Flags(starred=old.starred and not (marks.starred or given.starred), tags=tags, note=old.note))
