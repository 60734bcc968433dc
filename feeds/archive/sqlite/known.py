"""Many keys and ids looked up at once: the articles that have them, and their days."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from feeds.archive.sqlite.hashes import hash_of
from feeds.archive.sqlite.index import Index

_ASKED = 500  # values in one question


def owners_of(index: Index, keys: Iterable[str]) -> dict[str, str]:
    """The ids of the articles that have these keys, by key. A key that no article has is left out."""
    keys_of = {hash_of(key): key for key in keys}
    rows = rows_in(index, "SELECT n.hash, k.id FROM name n JOIN known k ON k.id = n.id WHERE n.hash IN", [*keys_of])
    return {keys_of[number]: str(name) for number, name in rows}


def days_of(index: Index, names: Iterable[str]) -> dict[str, date]:
    """The days whose files have these articles, by id. An unknown id is left out."""
    with index.connection.trusting():
        rows = rows_in(index, "SELECT id, shard FROM known WHERE id IN", [*names])
        return {name: date.fromordinal(day) for name, day in rows}


def rows_in(index: Index, select: str, values: Sequence[int | str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a SELECT that ends in IN, for these values: some at a time, because SQLite bounds their number."""
    for start in range(0, len(values), _ASKED):
        some = values[start : start + _ASKED]
        yield from index.connection.execute(f"{select} ({', '.join('?' * len(some))})", some).fetchall()
