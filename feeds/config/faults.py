"""A mistake in config.toml as a ConfigError, which names the file, the key and what was expected."""

import re
from pathlib import Path
from typing import Any, get_type_hints

from msgspec import Meta

from feeds.config.tables import FetchTable, FileTable, MacroTable, SourceTable, ViewTable
from feeds.controls import excerpt, printable
from feeds.errors import ConfigError, phrase
from feeds.model import Fault


def name_of(path: Path) -> str:
    """A file's name for a message."""
    return excerpt(printable(path), 1000)


def no_such_key(path: Path, key: str) -> ConfigError:
    """The error that config.toml has no key of this name."""
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
    place = re.sub(r"\[(\d+)\]", lambda index: f"[{int(index[1]) + 1}]", found[1] if found else "")
    if unknown := re.search(_UNKNOWN, message):
        key = f"{place}.{unknown[1]}".lstrip(".")
        return no_such_key(path, key)
    if missing := re.search(_MISSING, message):
        place = f"{place}.{missing[1]}".lstrip(".")
    return expectation_error(path, place or "$", _description_of(place))


def _description_of(key: str) -> str:
    table: Any = FileTable
    if key.startswith("source["):
        table = SourceTable
    elif key.startswith("view["):
        table = ViewTable
    elif key.startswith("macro["):
        table = MacroTable
    elif key.startswith("fetch."):
        table = FetchTable
    name = key.rsplit(".", maxsplit=1)[-1]
    if key.startswith(("source[", "view[", "macro[")) and "." not in key:
        table, name = FileTable, key.partition("[")[0]
    hint = get_type_hints(table, include_extras=True).get(name)
    for note in getattr(hint, "__metadata__", ()):
        if isinstance(note, Meta) and note.description:
            return note.description
    return phrase("another value")
