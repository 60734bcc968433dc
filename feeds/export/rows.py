"""A row of a list as a JSON object: the row's own fields."""

from typing import Any

import msgspec

from feeds.query.results import Row


def row_json(row: Row) -> dict[str, Any]:
    """Every field of a row."""
    found: dict[str, Any] = msgspec.to_builtins(row)
    return found
