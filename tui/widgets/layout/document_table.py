"""The table of documents: its columns, and the form in two lines for narrow panes. Pure.

The title stands first. In a narrow pane that is high enough the rest stands under it, else in columns, of which
narrower panes drop first the number, then the first day, the issuers, the structure, the last day.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import structs
from textual.geometry import Size

from feeds.agencies import short_name
from feeds.documents import DocumentRow
from feeds.model import BEIJING
from tui.text import cells, clip
from tui.widgets.layout.document_outline import stage_name
from tui.widgets.lists.table import Column, Part, RowLayout, RowTable
from tui.words import N_, _, ngettext

_STAGES = ("consulted", "deliberated", "issued", "explained", "implemented")
_STYLES = {"consulted": "warning", "deliberated": "warning", "issued": "success"}
_MOST_ISSUERS = 3
_TWO_LINES_BELOW = 140
_TWO_LINES_FROM = 12
_DOT = " · "


def issuers_of(row: DocumentRow) -> str:
    """The issuers by their short names."""
    names = list(map(short_name, row.issuers))
    return "、".join(names[:_MOST_ISSUERS]) + ("…" if len(names) > _MOST_ISSUERS else "")


def structure_of(row: DocumentRow) -> str:
    """The plan in a few words: its largest counted list, its targets, and where articles disagree."""
    words = [row.largest] if row.largest else []
    words += [ngettext("{n} target", "{n} targets", row.targets)] if row.targets else []
    words += [_("{n} disagreeing").format(n=row.disputed)] if row.disputed else []
    return _DOT.join(words)


def deadline_of(row: DocumentRow, now: datetime) -> str:
    """The next deadline behind an arrow."""
    deadline = row.next_deadline(now.astimezone(BEIJING).date())
    return f"→{deadline.rpartition('/')[2]}" if deadline else ""


def _day(moment: datetime) -> str:
    return moment.astimezone(BEIJING).date().isoformat()


def _count(row: DocumentRow) -> str:
    return f"×{len(row.articles)}" if len(row.articles) > 1 else ""


def _stage(row: DocumentRow) -> Part:
    return stage_name(row.stage), _STYLES.get(row.stage, "quiet")


def _stage_width(ambiguous: int) -> int:
    return max(cells(stage_name(stage), ambiguous) for stage in _STAGES)


STAGE: Column[DocumentRow] = Column("stage", lambda row, _now: _stage(row), _stage_width, 40)
COUNT: Column[DocumentRow] = Column("articles", lambda row, _now: (_count(row), "accent"), 3, 40, gap=1, right=True)
ISSUERS: Column[DocumentRow] = Column("issuers", lambda row, _now: (issuers_of(row), "accent"), 18, 110, right=True)
NUMBER: Column[DocumentRow] = Column("number", lambda row, _now: (row.number, "quiet"), 20, 190, right=True)
FIRST: Column[DocumentRow] = Column("first", lambda row, _now: (_day(row.first_seen), "quiet"), 10, 160, right=True)
LAST: Column[DocumentRow] = Column("last", lambda row, _now: (_day(row.last_seen), "quiet"), 10, 80, right=True)
STRUCTURE: Column[DocumentRow] = Column(
    "structure", lambda row, _now: (structure_of(row), "plain"), 26, 124, right=True
)
DEADLINE: Column[DocumentRow] = Column(
    "deadline", lambda row, now: (deadline_of(row, now), "warning"), 8, 60, gap=1, right=True
)

_ROOMY = 180  # cells of a pane in which longer cells are whole
_WIDER = {column.name: structs.replace(column, width=width) for column, width in ((ISSUERS, 30), (STRUCTURE, 34))}

COLUMNS = (STAGE, COUNT, ISSUERS, NUMBER, STRUCTURE, FIRST, LAST, DEADLINE)


class DocumentColumns(RowTable[DocumentRow], frozen=True):
    """Documents in one line of columns or in two lines."""

    def layout_for(self, size: Size, ambiguous: int = 1) -> RowLayout:
        """The layout for a pane of this size."""
        if size.width < _TWO_LINES_BELOW and size.height >= _TWO_LINES_FROM:
            shown = tuple(column for column in (STAGE, COUNT, DEADLINE) if size.width >= column.shown_from)
            return RowLayout(size.width, 2, ambiguous, shown)
        layout = super().layout_for(size, ambiguous)
        if size.width < _ROOMY:
            return layout
        return layout._replace(columns=tuple(_WIDER.get(column.name, column) for column in layout.columns))

    def parts(
        self, row: DocumentRow, line: int, layout: RowLayout, now: datetime, words: Sequence[str] = ()
    ) -> list[Part]:
        """Line `line` of a row, at most `layout.width` cells."""
        if line == 0:
            lead = [(" ", "plain")] if layout.width else []
            rest = layout._replace(width=layout.width - len(lead))
            return [*lead, *super().parts(row, line, rest, now, words)]
        indent = 1 + (STAGE.width_at(layout.ambiguous) + STAGE.gap if STAGE in layout.columns else 0)
        said = [("accent", issuers_of(row)), ("quiet", _days(row)), ("plain", structure_of(row)), ("quiet", row.number)]
        parts: list[Part] = [(" " * min(indent, layout.width), "quiet")]
        room = layout.width - indent
        for name, text in said:
            lead_in = _DOT if len(parts) > 1 else ""
            if not text or room < cells(lead_in, layout.ambiguous) + 4:
                continue
            clipped = clip(text, room - cells(lead_in, layout.ambiguous), layout.ambiguous)
            parts += [(lead_in, "quiet"), (clipped, name)]
            room -= cells(lead_in, layout.ambiguous) + cells(clipped, layout.ambiguous)
        return parts


def quotation_of(row: DocumentRow) -> str:
    """A document's names and days, for a text of one's own."""
    words = (f"《{row.title}》", row.number, "、".join(row.issuers), stage_name(row.stage), _days(row))
    return " ".join(filter(None, words))


def _days(row: DocumentRow) -> str:
    first, last = _day(row.first_seen), _day(row.last_seen)
    return first if first == last else f"{first} – {last}"


DOCUMENTS = DocumentColumns(
    COLUMNS,
    id_of=lambda row: row.key,
    text_of=lambda row: (f"《{row.title}》", "plain"),
    empty=N_("No article here names a document."),
)
