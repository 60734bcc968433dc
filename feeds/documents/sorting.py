"""The orders in which rows of documents can stand. Pure."""

from collections.abc import Callable, Iterable
from datetime import date

from feeds.documents.mentions import STAGES
from feeds.documents.rows import DocumentRow, end_of

_LAST = "\U0010ffff"


def _by_seen(_row: DocumentRow, _today: date) -> tuple[object, ...]:
    return ()


def _by_deadline(row: DocumentRow, today: date) -> tuple[object, ...]:
    """By the next deadline; documents without one come last."""
    deadline = row.next_deadline(today)
    return (end_of(deadline) if deadline else _LAST,)


def _by_stage(row: DocumentRow, _today: date) -> tuple[object, ...]:
    return (STAGES.index(row.stage),)


def _by_title(row: DocumentRow, _today: date) -> tuple[object, ...]:
    return (row.title,)


DOCUMENT_SORTS: dict[str, Callable[[DocumentRow, date], tuple[object, ...]]] = {
    "seen": _by_seen,
    "deadline": _by_deadline,
    "stage": _by_stage,
    "title": _by_title,
}


def documents_in_order(rows: Iterable[DocumentRow], sort: str, today: date) -> list[DocumentRow]:
    """The rows by one of DOCUMENT_SORTS; rows that are equal in it: the one seen last first."""
    key = DOCUMENT_SORTS[sort]
    return sorted(rows, key=lambda row: (*key(row, today), -row.last_seen.timestamp(), row.title, row.key))
