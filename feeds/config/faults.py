"""A mistake in config.toml as a ConfigError, which names the file, the key and what was expected."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_type_hints

from msgspec import Meta, Struct

from feeds.config.tables import FetchTable, FileTable, MacroTable, NotifyTable, PipeTable, SourceTable, ViewTable
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
    """The keys of the table at a place such as `source[2]`."""
    if not place:
        return FileTable.__struct_fields__
    table = _TABLES.get(place.partition("[")[0])
    return [key for key in table.__struct_fields__ if key != "options"] if table else ()


def expectation_error(path: Path, key: str, expected: str | Fault) -> ConfigError:
    """The error that a key has another value than expected."""
    return ConfigError("{file}: {key}: expected {expected}", file=name_of(path), key=key, expected=expected)


_TABLES: dict[str, type[Struct]] = {
    "source": SourceTable,
    "view": ViewTable,
    "macro": MacroTable,
    "pipe": PipeTable,
    "fetch": FetchTable,
    "notify": NotifyTable,
}
_PLACE = r" - at (?:`key` in )?`\$\.?([^`]*)`$"
_UNKNOWN = r"unknown field `([^`]*)`"
_MISSING = r"missing required field `([^`]*)`"


def fault_of(message: str, path: Path) -> ConfigError:
    """The error of a message of msgspec, which ends in "… - at `$.source[0].kind`"; a reader counts sources from 1."""
    found = re.search(_PLACE, message)
    place = re.sub(r"\[(\d+)\]", lambda index: f"[{int(index[1]) + 1}]", found[1] if found else "")
    if unknown := re.search(_UNKNOWN, message):
        key = f"{place}.{unknown[1]}".lstrip(".")
        return no_such_key(path, key)
    if missing := re.search(_MISSING, message):
        place = f"{place}.{missing[1]}".lstrip(".")
    return expectation_error(path, place or "$", _description_of(place))


def _description_of(key: str) -> str:
    first = re.split(r"[\[.]", key, maxsplit=1)[0]
    is_inside = "." in key and first in _TABLES
    table: Any = _TABLES[first] if is_inside else FileTable
    name = key.rsplit(".", maxsplit=1)[-1].partition("[")[0] if is_inside else first
    hint = get_type_hints(table, include_extras=True).get(name)
    for note in getattr(hint, "__metadata__", ()):
        if isinstance(note, Meta) and note.description:
            return note.description
    return phrase("another value")
