"""The bytes of a config.toml → its table. Refuses what is not UTF-8, not TOML, or could control a terminal."""

import re
from pathlib import Path
from typing import Any

import msgspec

from feeds.config.faults import expectation_error, name_of
from feeds.controls import excerpt
from feeds.errors import ConfigError, phrase, reason_of

_LONGEST = 4_000_000  # bytes of a config.toml
# Control characters and lone surrogates, line ends, and characters that reverse a line (UAX #9).
_STEERING = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def table_in(path: Path) -> dict[str, Any]:
    """The table of a file. Raises ConfigError."""
    return table_of(text_in(path), path)


def table_of(text: str, path: Path) -> dict[str, Any]:
    """The table of a text that is, or could be, the file `path`. Raises ConfigError."""
    try:
        table: dict[str, Any] = msgspec.toml.decode(text.removeprefix("\ufeff"))
        _check_texts(table, path)
    except RecursionError:
        raise ConfigError("{file}: is nested too deeply", file=name_of(path)) from None
    except ValueError as error:  # msgspec.DecodeError is one, and so is Python's for a number of 5,000 digits
        raise ConfigError("{file}: is not TOML: {reason}", file=name_of(path), reason=excerpt(str(error))) from None
    return table


def text_in(path: Path) -> str:
    """The file's text, with its byte order mark. If it is not UTF-8, the message says what to do."""
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST + 1)
    except FileNotFoundError:
        raise ConfigError("{file}: there is no such file", file=name_of(path)) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = reason_of(error)
        raise ConfigError("{file}: cannot be read ({reason})", file=name_of(path), reason=reason) from None
    if len(data) > _LONGEST:
        raise ConfigError("{file}: is longer than {limit} bytes", file=name_of(path), limit=_LONGEST)
    try:
        if b"\0" not in data:
            return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    raise ConfigError("{file}: is not written in UTF-8; save it as UTF-8 in your editor", file=name_of(path))


def _steers(text: str) -> bool:
    return not text.isprintable() and re.search(_STEERING, text) is not None


def _check_texts(table: dict[str, Any], path: Path) -> None:
    """Refuse keys and texts with characters that control a terminal or reverse its lines. Raises ConfigError."""
    waiting: list[tuple[str, object]] = [("", table)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                full_key = f"{place}.{excerpt(key, 60)}".lstrip(".")
                if _steers(key):
                    raise ConfigError("{file}: {key}: there is no such key", file=name_of(path), key=full_key)
                waiting.append((full_key, inner))
        elif isinstance(value, list):
            waiting += [(f"{place}[{number}]", inner) for number, inner in enumerate(value, 1)]
        elif isinstance(value, str) and _steers(value):
            raise expectation_error(path, place, phrase("a text of one line without control characters"))
