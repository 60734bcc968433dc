"""The orders in which rows of targets can stand, and which rows a filter asks for."""

from collections.abc import Callable, Iterable

from feeds.documents import end_of
from feeds.query import Query
from feeds.query.terms import NO_AGENCY, Due, LabelTerm
from feeds.targets.rows import TargetRow, latest_first

_LAST = "\U0010ffff"


def _by_deadline(row: TargetRow) -> tuple[object, ...]:
    """By the end of the time that is given: 2025-06 before 2025, which ends in December. Without a time: last."""
    deadline = row.latest.part.deadline
    return (end_of(deadline) if deadline else _LAST,)


def _by_value(row: TargetRow) -> tuple[object, ...]:
    """By quantity within a unit: 9000亿元 before 1.2万亿元. Values without a number come last."""
    quantity = row.latest.quantity
    if quantity is None:
        return (1, "", 0)
    return (0, quantity["unit"], quantity["number"] * quantity["scale"])


def _by_agency(row: TargetRow) -> tuple[object, ...]:
    return (row.latest.agencies[0] if row.latest.agencies else _LAST,)


def _by_document(row: TargetRow) -> tuple[object, ...]:
    return (row.document or _LAST,)


def _by_date(row: TargetRow) -> tuple[object, ...]:
    return (-row.latest.published.timestamp(),)


SORTS: dict[str, Callable[[TargetRow], tuple[object, ...]]] = {
    "deadline": _by_deadline,
    "value": _by_value,
    "agency": _by_agency,
    "document": _by_document,
    "date": _by_date,
}


def in_sort_order(rows: Iterable[TargetRow], sort: str) -> list[TargetRow]:
    """The rows by one of SORTS; rows that are equal in it by deadline, then the latest first."""
    key = SORTS[sort]
    return sorted(rows, key=lambda row: (key(row), _by_deadline(row), *latest_first(row.latest)))


def is_asked_for(row: TargetRow, query: Query) -> bool:
    """Whether the row's deadline and agencies are what every `due:` and `agency:` of a filter asks for.

    The filter itself chooses articles.
    """
    nodes = query.root.nodes
    asked = {node.value for node in nodes if isinstance(node, LabelTerm) and node.field == "agency"}
    if not any(asked <= set(one.agencies) and not (NO_AGENCY in nodes and one.agencies) for one in row.statements):
        return False
    deadline = row.latest.part.deadline
    end = end_of(deadline)
    return all(
        bool(deadline)
        and (due.first is None or due.first.isoformat() <= end)
        and (due.last is None or end <= due.last.isoformat())
        for due in nodes
        if isinstance(due, Due)
    )
