"""A mistake in config.toml as a ConfigError, which names the file, the key and what was expected."""

import re
from collections.abc import Iterator, Sequence
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


def no_such_key(path: Path, key: str) -> ConfigError:
    """The error that config.toml has no key of this name, with the nearest one that it has."""
    place, _dot, name = key.rpartition(".")
    if near := _nearest(name, _keys_of(place)):
        return ConfigError(
            "{file}: {key}: there is no such key; did you mean {nearest}?",
            file=name_of(path),
            key=excerpt(key),
            nearest=near,
        )
    return ConfigError("{file}: {key}: there is no such key", file=name_of(path), key=excerpt(key))


def choice_of(value: str, choices: Sequence[str]) -> Fault:
    """The expectation of one of these words, with the nearest to the one that was written."""
    if near := _nearest(value, choices):
        values: dict[str, str | int | Fault] = {"choices": ", ".join(choices), "nearest": near}
        return Fault(phrase("one of {choices}; did you mean {nearest}?"), values)
    return Fault(phrase("one of {choices}"), {"choices": ", ".join(choices)})


def _nearest(name: str, choices: Sequence[str]) -> str:
    from difflib import get_close_matches  # only for a mistake

    return next(iter(get_close_matches(name[:100], choices, 1)), "")


def _keys_of(place: str) -> Sequence[str]:
    """The keys of the table at a place such as `source[2]` or `source[2].login`."""
    table = _table_at(_names_in(place))
    return [key for key in table.__struct_fields__ if key != "options"] if table else ()


def _names_in(place: str) -> list[str]:
    return [part.partition("[")[0] for part in place.split(".")] if place else []


def _table_at(names: Sequence[str]) -> type[Struct] | None:
    """The struct that has the keys of a table, by the names that lead to it; None if a table may have any keys."""
    table: type[Struct] | None = FileTable
    for name in names:
        parts = _parts_of(get_type_hints(table).get(name)) if table else ()
        table = next((part for part in parts if isinstance(part, type) and issubclass(part, Struct)), None)
    return table


def _parts_of(hint: Any) -> Iterator[Any]:
    """A type and the types inside it: of `list[A] | B` also A and B."""
    yield hint
    for inner in get_args(hint):
        yield from _parts_of(inner)


def expectation_error(path: Path, key: str, expected: str | Fault) -> ConfigError:
    """The error that a key has another value than expected."""
    return ConfigError("{file}: {key}: expected {expected}", file=name_of(path), key=key, expected=expected)


_PLACE = r" - at (?:`key` in )?`\$\.?([^`]*)`$"
_UNKNOWN = r"unknown field `([^`]*)`"
_MISSING = r"missing required field `([^`]*)`"


def fault_of(message: str, path: Path) -> ConfigError:
    """The error of a message of msgspec, which ends in "… - at `$.source[0].kind`"; a reader counts sources from 1."""
    found = re.search(_PLACE, message)
    place = re.sub(r"\[(\d+)\]", lambda index: f"[{int(index[1]) + 1}]", found[1] if found else "").replace("[...]", "")
    if unknown := re.search(_UNKNOWN, message):
        key = f"{place}.{unknown[1]}".lstrip(".")
        return no_such_key(path, key)
    if missing := re.search(_MISSING, message):
        place = f"{place}.{missing[1]}".lstrip(".")
    return expectation_error(path, place or "$", _description_of(place))


def _description_of(key: str) -> str:
    """The description of a key, or of the nearest table around it that has one."""
    *names, name = _names_in(key) or [""]
    table = _table_at(names)
    hint = get_type_hints(table, include_extras=True).get(name) if table else None
    for note in getattr(hint, "__metadata__", ()):
        if isinstance(note, Meta) and note.description:
            return note.description
    return _description_of(".".join(names)) if names else phrase("another value")
