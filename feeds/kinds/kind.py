"""A kind of source as a value: the keys that it needs, the addresses that it requests, how it reads an answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from feeds.model import Entry, Page, Source

FailureCallback = Callable[[Exception], object]
"""It gets the exception of one entry; the others are read."""


class Key(Struct, frozen=True):
    """The texts that a key of config.toml takes: the test of a valid one, and the phrase that says what is expected."""

    is_valid: Callable[[str], bool]
    expected: str


class Demo(Struct, frozen=True):
    """A page of the demo's server for a kind: its path, and the answer that lists some entries, the newest first."""

    path: str
    answer: Callable[[Sequence[Entry]], Page]


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of source. config.toml names it as its folder is named.

    `needs` are the keys that a source of this kind must have, `allows` those that it may leave empty. Each is `url`,
    `channel`, or a key of the kind's own, whose text is then in `Source.options`.

    `address` makes the address of page `number` (from 1) of a source's list, "" if there is no such page. `read` makes
    entries of an answer, in its order; it raises ParseError for an answer that is not of the kind. It imports parsers
    when it is called, because config, poller and dashboard import kinds and parse nothing.
    """

    needs: Mapping[str, Key]
    address: Callable[[Source, int], str]
    read: Callable[[Page, Source, FailureCallback], list[Entry]]
    allows: Mapping[str, Key] = {}
    has_pages: bool = False  # a poll goes back page by page to what it knows
    may_be_empty: bool = False  # an answer without entries is valid
    has_files: bool = False  # `url` is the path of a file or folder; nothing is asked over the network

    @property
    def own_keys(self) -> set[str]:
        """The keys of config.toml that only this kind has."""
        return ({*self.needs} | {*self.allows}) - {*Source.__struct_fields__}

    def first_wrong_key(self, values: Mapping[str, Any]) -> tuple[str, str] | None:
        """The first key whose text is not valid, and what is expected there."""
        for name, key in self.needs.items():
            if not key.is_valid(values.get(name) or ""):
                return name, key.expected
        for name, key in self.allows.items():
            if values.get(name) and not key.is_valid(values[name]):
                return name, key.expected
        return None
