"""Mentions of documents as rows of the table `mention`, and back."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from feeds.archive.records import Record
from feeds.archive.sqlite.rowids import ARTICLE_OF
from feeds.archive.sqlite.rows.moments import kept_moment, moment_of
from feeds.archive.sqlite.rows.values import Value, text_of_words
from feeds.documents import (
    STAGES,
    DocumentMention,
    PlanSummary,
    deadlines_of,
    fullness_of,
    is_about_one,
    mentions_of,
    summary_of_plan,
    title_key,
)

COLUMNS = "a.id, a.published, m.title, m.number, m.issuers, m.place, m.stage, m.published"
"""The columns that `mention_of` takes."""

SOURCE = f"mention m CROSS JOIN article a ON a.at = {ARTICLE_OF.format(number='m.id')}"


def mention_rows(record: Record) -> Iterator[tuple[Value, ...]]:
    """The rows of the documents that an article is about, in the order of its plan."""
    plan = record.plan
    alone = is_about_one(record)
    summary = summary_of_plan(plan) if alone else PlanSummary()
    for mention in mentions_of(record):
        yield (
            mention.title,
            mention.key.key,
            mention.number,
            text_of_words(mention.issuers),
            mention.place,
            STAGES.index(mention.stage),
            kept_moment(mention.published),
            int(alone),
            summary.groups_complete,
            summary.groups_counted,
            summary.targets,
            summary.largest,
            fullness_of(plan) if alone else 0,
            text_of_words(sorted(deadlines_of(plan)) if alone else ()),
        )


def mention_of(values: Sequence[Any]) -> DocumentMention:
    """The mention of a row of COLUMNS. Raises ValueError, TypeError for a row that this program did not write."""
    article, seconds, title, number, issuers, place, stage, kept = values
    return DocumentMention(
        article=article,
        published=moment_of(seconds, kept),
        title=title,
        key=title_key(title),
        stage=STAGES[stage],
        number=number,
        issuers=tuple(json.loads(issuers)),
        place=place,
    )
