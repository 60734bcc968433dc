"""The status of a source as a row for other programs."""

from typing import Any

from feeds.export.rowtext import TableForm
from tui.polling.status import SourceStatus
from tui.words import sentence_of

SOURCE_COLUMNS = ("name", "paused", "newest", "answered", "due", "new", "failures", "failing_since", "failure")
_TIMES = ("newest", "answered", "due", "failing_since")


def source_json(source: SourceStatus) -> dict[str, Any]:
    """The status as a JSON object."""
    times = {name: moment.isoformat() if (moment := getattr(source, name)) else None for name in _TIMES}
    return {
        "name": source.name,
        "paused": source.paused,
        "new": source.new,
        "failures": source.failures,
        "failure": sentence_of(source.fault) if source.fault else None,
        **times,
    }


def source_cells(source: SourceStatus) -> tuple[str, ...]:
    """The cells of SOURCE_COLUMNS."""
    form = source_json(source)
    return tuple("" if form[name] is None else str(form[name]) for name in SOURCE_COLUMNS)


SOURCES_FORM = TableForm(
    SourceStatus, SOURCE_COLUMNS, lambda row, _today: source_cells(row), lambda row, _today: source_json(row)
)
"""The sources as a table."""
