"""A reader's flags as columns of SQLite: in flags.sqlite, and in the rows of the index.

The columns follow from the fields of `feeds.model.Flags`. In flags.sqlite each flag has a column; an older file gets
the columns that it lacks. In the index the column `marks` has all flags. Lists, counts and groups use the columns
`unread`, `starred`, `tags`, `apart` and `hidden` beside it.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct, structs

from feeds.flags import DEFAULTS, PASSING, FlagValue, clean_text
from feeds.model import Flags

# The number of changes stands behind the second flag, as in the first version of the file. A new flag is the last
# column, as it is in an older file that gets it. Reading a damaged file without SQLite needs this order.
PENDING_NAMES = ("id", *tuple(DEFAULTS)[:2], "turn", *tuple(DEFAULTS)[2:])
_TYPES = {"id": "TEXT PRIMARY KEY", "turn": "INTEGER NOT NULL"}

KEPT = "json_remove(marks, " + ", ".join(f"'$.{name}'" for name in PASSING) + ") <> '{}'"
"""The condition of `feeds.flags.is_kept` on a row of the index."""


def _column_type(name: str) -> str:
    return _TYPES.get(name) or ("INTEGER" if isinstance(DEFAULTS[name], bool) else "TEXT")


COLUMN_TYPES = {name: _column_type(name) for name in PENDING_NAMES}
"""The columns of flags.sqlite, in the order of a stored row, with their types."""


def pending_columns(known: Collection[str] = PENDING_NAMES) -> str:
    """The columns of a pending row to select: id, flags, turn. Texts are bytes, because a damaged file has any.

    A column that is not `known` is NULL.
    """
    names = ("id", *DEFAULTS, "turn")
    texts = {name for name, kind in COLUMN_TYPES.items() if kind.startswith("TEXT")}
    found = {name: f"CAST({name} AS BLOB)" if name in texts else name for name in names if name in known}
    return ", ".join(found.get(name, "NULL") for name in names)


class PendingFlags(Struct, frozen=True):
    """Flags of an article that its record does not have yet: the new values by name.

    `turn` counts the changes of the row in flags.sqlite.
    """

    id: str
    values: Mapping[str, FlagValue]
    turn: int


def pending_of(row: Sequence[Any]) -> PendingFlags:
    """Pending flags from their row (see `pending_columns`). A value that cannot be read is not pending."""
    name, *values, turn = row
    found = {flag: value_of(flag, value) for flag, value in zip(DEFAULTS, values, strict=True)}
    text = name.decode(errors="replace") if isinstance(name, bytes) else str(name)
    return PendingFlags(text, {flag: value for flag, value in found.items() if value is not None}, turn)


def is_pending_row(row: Sequence[Any]) -> bool:
    """Whether a row (see `pending_columns`) can be one of pending flags."""
    name, *values, _turn = row
    return (
        isinstance(name, bytes)
        and name.isalnum()
        and all(
            value is None or isinstance(DEFAULTS[flag], bool) or value_of(flag, value) is not None
            for flag, value in zip(DEFAULTS, values, strict=True)
        )
    )


def value_of(flag: str, column: Any) -> FlagValue | None:
    """A flag's value from its column in flags.sqlite; None where nothing is pending or it cannot be read."""
    default = DEFAULTS[flag]
    if column is None:
        return None
    if isinstance(default, bool):
        return bool(column)
    return _text_of(column) if isinstance(default, str) else words_of(column)


def _text_of(column: Any) -> str | None:
    try:
        return clean_text(column.decode() if isinstance(column, bytes) else str(column))
    except UnicodeDecodeError:
        return None


def words_of(text: Any) -> tuple[str, ...] | None:
    """Words from their JSON (text or bytes); None for anything else."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return None
    whole = isinstance(found, list) and all(isinstance(word, str) for word in found)
    return tuple(found) if whole else None


def column_of(value: FlagValue) -> bool | str:
    """A flag's value as a column has it."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value


@lru_cache(maxsize=64)  # most articles have the same few flags
def columns_of(flags: Flags) -> dict[str, bool | str]:
    """The columns of an article's row in the index."""
    set_flags = {name: value for name, default in DEFAULTS.items() if (value := getattr(flags, name)) != default}
    return {
        "unread": not flags.read,
        "starred": flags.starred,
        "tags": column_of(flags.tags),
        "apart": flags.apart,
        "hidden": flags.hidden,
        "marks": json.dumps(set_flags, ensure_ascii=False, separators=(",", ":")),
    }


def flags_of(marks: str) -> Flags:
    """The flags that a row's column `marks` has. Raises ValueError, TypeError for anything else."""
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in dict(json.loads(marks)).items()
    }
    if any(type(value) is not type(DEFAULTS.get(name)) for name, value in values.items()):
        raise ValueError(marks)
    return structs.replace(Flags(), **values)
