"""Statements of targets and goals as rows of the table `statement`, and back."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from feeds.archive.records import Record
from feeds.archive.sqlite.hashes import hash_of
from feeds.archive.sqlite.rowids import ARTICLE_OF, MOST_PLACES
from feeds.archive.sqlite.rows.moments import kept_moment, moment_of
from feeds.archive.sqlite.rows.values import Value, text_of_words
from feeds.compare.wording import plain_of
from feeds.documents import end_of
from feeds.model import Goal, Span, Target
from feeds.targets import TargetStatement, has_row_alone, row_key_of, statements_of

LAST = "\U0010ffff"
"""Stands for a missing value of a column by which the table is sorted: it comes last."""

COLUMNS = (
    "a.id, a.published, coalesce(m.title, ''), s.kind, s.deadline, s.indicator, s.comparator, s.direction, s.value, "
    "s.printed, s.baseline, s.agencies, s.paragraph, s.start, s.stop, s.confidence, s.text, s.published"
)
"""The columns that `statement_of` takes."""

SOURCE = (
    f"statement s CROSS JOIN article a ON a.at = {ARTICLE_OF.format(number='s.id')} "
    f"LEFT JOIN mention m ON m.id = (s.id & -{MOST_PLACES}) + s.mention"
)


def statement_rows(record: Record) -> Iterator[tuple[Value, ...]]:
    """The rows of an article's targets and goals, in the order of its text."""
    # The places of `mention_rows`: a mention for each title.
    titles = dict.fromkeys(document.title for document in record.plan.documents)
    mentions = {title: place for place, title in enumerate(titles)}
    moment = kept_moment(record.published)
    for statement in statements_of(record):
        part, span, quantity = statement.part, statement.span, statement.quantity
        agencies = statement.agencies
        shown = part.indicator if isinstance(part, Target) else part.text
        plain = plain_of(shown)
        mention = mentions.get(statement.document)
        yield (
            mention,
            int(isinstance(part, Goal)),
            part.deadline,
            end_of(part.deadline) if part.deadline else LAST,
            shown,
            None if plain == shown else plain,
            *_figure_of(part),
            quantity["unit"] if quantity else LAST,
            quantity["number"] * quantity["scale"] * 1.0 if quantity else 0.0,
            quantity["to"] * quantity["scale"] * 1.0 if quantity and "to" in quantity else None,
            agencies[0] if agencies else LAST,
            text_of_words(agencies),
            span.p,
            span.start,
            span.end,
            part.confidence,
            None if statement.text == shown else statement.text,
            moment,
            *_row_of(statement, in_document=mention is not None),
        )


def _row_of(statement: TargetStatement, *, in_document: bool) -> tuple[int | None, int | None]:
    """The hash of what statements of one row share beside the document; and the row, if the document adds nothing."""
    key = hash_of(repr(row_key_of(statement, 0 if in_document else None)))
    return (key, None) if in_document and not has_row_alone(statement) else (None, key)


def _figure_of(part: Target | Goal) -> tuple[Value, ...]:
    if isinstance(part, Goal):
        return (None, None, None, None, None)
    return (part.comparator, part.direction, part.value, part.unit, part.baseline)


def statement_of(values: Sequence[Any]) -> TargetStatement:
    """The statement of a row of COLUMNS. Raises ValueError, TypeError for a row that this program did not write."""
    article, seconds, title, kind, deadline, shown, comparator, direction, value, printed, *rest = values
    baseline, agencies, paragraph, start, stop, confidence, text, kept = rest
    span = Span(paragraph, start, stop)
    part = (
        Goal(deadline, shown, span, confidence)
        if kind
        else Target(shown, comparator, direction, value, printed, deadline, baseline, span, confidence)
    )
    return TargetStatement(
        article=article,
        published=moment_of(seconds, kept),
        part=part,
        text=shown if text is None else text,
        document=title,
        agencies=tuple(json.loads(agencies)),
    )
