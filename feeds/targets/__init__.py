"""Targets and goals as rows over many articles: the same one once, with everybody who states it. Pure."""

from feeds.targets.due_counts import LABELS, DueBy, DueCount, due_counts_of, in_count_order
from feeds.targets.forms import COLUMNS, row_cells, target_row_json
from feeds.targets.rows import (
    TargetRow,
    TargetStatement,
    has_row_alone,
    latest_first,
    row_key_of,
    rows_of,
    statements_of,
)
from feeds.targets.sorting import SORTS, in_sort_order, is_asked_for

__all__ = [
    "COLUMNS",
    "LABELS",
    "SORTS",
    "DueBy",
    "DueCount",
    "TargetRow",
    "TargetStatement",
    "due_counts_of",
    "has_row_alone",
    "in_count_order",
    "in_sort_order",
    "is_asked_for",
    "latest_first",
    "row_cells",
    "row_key_of",
    "rows_of",
    "statements_of",
    "target_row_json",
]
