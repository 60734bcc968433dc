"""A row of targets as JSON and as the cells of a table."""

from typing import Any

from feeds.model import Target
from feeds.targets.rows import TargetRow, TargetStatement

COLUMNS = (
    "deadline", "indicator", "comparator", "direction", "value", "unit", "quantity", "quantity_unit", "baseline",
    "text", "agencies", "document", "published", "article", "paragraph", "start", "end", "statements", "disputed",
)  # fmt: skip


def target_row_json(row: TargetRow) -> dict[str, Any]:
    """The row: what its latest statement says, every figure, and every statement with its place."""
    return {
        **_part(row.latest),
        "agencies": list(row.latest.agencies),
        "document": row.document,
        "figures": list(row.figures),
        "disputed": row.disputed,
        "statements": [_statement(statement) for statement in row.statements],
    }


def row_cells(row: TargetRow) -> tuple[str, ...]:
    """The cells of COLUMNS."""
    part, latest = _part(row.latest), row.latest
    quantity = latest.quantity
    number = None if quantity is None else quantity["number"] * quantity["scale"]
    cells = (
        part["deadline"], part["indicator"], part["comparator"], part["direction"], part["value"], part["unit"],
        number, quantity["unit"] if quantity else None, part["baseline"], latest.text, "、".join(latest.agencies),
        row.document, latest.published.isoformat(), latest.article, latest.span.p, latest.span.start, latest.span.end,
        len(row.statements), " / ".join(row.figures) if row.disputed else "",
    )  # fmt: skip
    return tuple("" if cell is None else str(cell) for cell in cells)


def _part(statement: TargetStatement) -> dict[str, Any]:
    part = statement.part
    if not isinstance(part, Target):
        empty = dict.fromkeys(("comparator", "direction", "value", "unit", "baseline", "quantity"))
        return {"kind": "goal", "deadline": part.deadline, "indicator": part.text, **empty}
    return {
        "kind": "target",
        "deadline": part.deadline,
        "indicator": part.indicator,
        "comparator": part.comparator,
        "direction": part.direction,
        "value": part.value,
        "unit": part.unit,
        "baseline": part.baseline,
        "quantity": statement.quantity,
    }


def _statement(statement: TargetStatement) -> dict[str, Any]:
    span = statement.span
    return {
        "article": statement.article,
        "published": statement.published.isoformat(),
        "figure": statement.figure,
        "text": statement.text,
        "span": {"p": span.p, "start": span.start, "end": span.end},
    }
