"""A row of a list as a JSON object, which has the row's own fields, and as the cells of a table."""

from typing import Any

import msgspec

from feeds.query.results import Row

ROW_COLUMNS = ("published", "id", "title", "url", "origin", "source", "category", "agency", "tags", "unread", "starred")


def row_json(row: Row) -> dict[str, Any]:
    """Every field of a row."""
    found: dict[str, Any] = msgspec.to_builtins(row)
    return found


def list_cells(row: Row) -> tuple[str, ...]:
    """The cells of ROW_COLUMNS."""
    return (
        row.published.isoformat(), row.id, row.title, row.url, row.origin, row.source, "/".join(row.category),
        row.agency, " ".join(row.tags), str(int(row.unread)), str(int(row.starred)),
    )  # fmt: skip
