"""A mistake in config.toml as a ConfigError, which names the file, the key and what was expected."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

from msgspec import Meta, Struct

from feeds.config.tables import FileTable
from feeds.controls import excerpt, printable
from feeds.errors import ConfigError, phrase
from feeds.model import Fault


def name_of(path: Path) -> str:
    """A file's name for a message."""
    return excerpt(printable(path), 1000)


def no_such_key(path: Path, key: str, known: Iterable[str] = ()) -> ConfigError:
    """The error that config.toml has no key of this name, with the nearest of the `known` keys of its table."""
    from difflib import get_close_matches  # only a mistake needs it

    if near := get_close_matches(key.rpartition(".")[2], known, 1, 0.7):
        return ConfigError(
            "{file}: {key}: there is no such key; did you mean {near}?",
            file=name_of(path),
            key=excerpt(key),
            near=near[0],
        )
    return ConfigError("{file}: {key}: there is no such key", file=name_of(path), key=excerpt(key))


def expectation_error(path: Path, key: str, expected: str | Fault) -> ConfigError:
    """The error that a key has another value than expected."""
    return ConfigError("{file}: {key}: expected {expected}", file=name_of(path), key=key, expected=expected)


_PLACE = r" - at `\$\.?([^`]*)`$"
_UNKNOWN = r"unknown field `([^`]*)`"
_MISSING = r"missing required field `([^`]*)`"


def fault_of(message: str, path: Path) -> ConfigError:
    """The error of a message of msgspec, which ends in "… - at `$.source[0].kind`"; a reader counts sources from 1."""
    found = re.search(_PLACE, message)
    place = re.sub(r"\[(\d+)\]", lambda index: f"[{int(index[1]) + 1}]", found[1] if found else "").replace("[...]", "")
    if unknown := re.search(_UNKNOWN, message):
        return no_such_key(path, f"{place}.{unknown[1]}".lstrip("."), _keys_at(place))
    if missing := re.search(_MISSING, message):
        place = f"{place}.{missing[1]}".lstrip(".")
    return expectation_error(path, place or "$", _description_of(place))


def _keys_at(place: str) -> list[str]:
    """The keys that a table has."""
    names = [re.sub(r"\[.*", "", part) for part in place.split(".")] if place else []
    table = _table_at(names)
    return [name for name in get_type_hints(table) if name != "options"] if table else []


def _description_of(key: str) -> str:
    *names, name = [re.sub(r"\[.*", "", part) for part in key.split(".")]
    table = _table_at(names)
    hint = get_type_hints(table, include_extras=True).get(name) if table else None
    for note in getattr(hint, "__metadata__", ()):
        if isinstance(note, Meta) and note.description:
            return note.description
    return phrase("another value")


def _table_at(names: list[str]) -> Any:
    """The struct that has the keys of a table of config.toml, by the names that lead to it; None if it has any keys."""
    table: Any = FileTable
    for name in names:
        hint = get_type_hints(table).get(name) if table else None
        table = next((part for part in _parts_of(hint) if isinstance(part, type) and issubclass(part, Struct)), None)
    return table


def _parts_of(hint: Any) -> Iterator[Any]:
    """A type and the types inside it: of `list[A] | B` also A and B."""
    yield hint
    for inner in get_args(hint):
        yield from _parts_of(inner)
