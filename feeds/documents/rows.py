"""One row a document: its stages, its names, its articles, and what its merged plan comes to."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from feeds.documents.joining import JoinedDocument, join_mentions
from feeds.documents.meetings import is_of_several_matters
from feeds.documents.mentions import STAGES, Stage, mentions_of
from feeds.documents.merging import fullness_of, merged_plan
from feeds.model import Article, Group, Plan, Target

MOST_MERGED = 20
"""Articles of one document whose plans are merged for its row. The fullest ones have nearly all of its parts."""


class DocumentRow(Struct, frozen=True, kw_only=True):
    """A document as a list shows it. `key` is its id there, see JoinedDocument.

    `stages` are in the order of a document's life. `groups_complete` of `groups_counted` counted groups list what they
    count; `largest` is the counted group with the most items, as in 八方面8/8. `deadlines` are those of its goals and
    targets, in order, each once.
    """

    key: str
    title: str
    stages: tuple[Stage, ...]
    number: str
    issuers: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime
    articles: tuple[str, ...]
    rules: tuple[str, ...]
    groups_complete: int = 0
    groups_counted: int = 0
    largest: str = ""
    targets: int = 0
    disputed: int = 0
    deadlines: tuple[str, ...] = ()

    @property
    def stage(self) -> Stage:
        """The stage that it has reached: the last one of STAGES that an article shows."""
        return self.stages[-1]

    def next_deadline(self, today: date) -> str:
        """The first deadline that is not over, "" where all are."""
        return next((deadline for deadline in self.deadlines if end_of(deadline) >= today.isoformat()), "")


def document_rows(articles: Iterable[Article]) -> list[DocumentRow]:
    """The documents that these articles are about, the one seen last first."""
    known = {article.id: article for article in articles}
    found = join_mentions([mention for article in known.values() for mention in mentions_of(article)])
    rows = [row_of_document(document, known) for document in found]
    return sorted(rows, key=lambda row: (-row.last_seen.timestamp(), row.title))


class PlanSummary(Struct, frozen=True):
    """The size of a document's merged plan, see DocumentRow."""

    groups_complete: int = 0
    groups_counted: int = 0
    targets: int = 0
    disputed: int = 0
    largest: str = ""


def row_of_document(document: JoinedDocument, articles: Mapping[str, Article]) -> DocumentRow:
    """The row of one document, given at least the articles that it is joined from."""
    names = tuple(dict.fromkeys(member.mention.article for member in document.members))
    # An article that is about several documents does not say which part belongs to which.
    alone = [articles[name] for name in names if is_about_one(articles[name])]
    plans = [article.plan for article in alone]
    return row_with(document, summary_of(alone), {day for plan in plans for day in deadlines_of(plan)})


def row_with(document: JoinedDocument, summary: PlanSummary, deadlines: Iterable[str]) -> DocumentRow:
    """The row of a document whose articles come to this."""
    mentions = [member.mention for member in document.members]
    return DocumentRow(
        key=document.key,
        title=document.title,
        stages=tuple(stage for stage in STAGES if any(mention.stage == stage for mention in mentions)),
        number=next((mention.number for mention in mentions if mention.number), ""),
        issuers=max((mention.issuers for mention in mentions), key=len),
        first_seen=mentions[0].published,
        last_seen=mentions[-1].published,
        articles=tuple(dict.fromkeys(mention.article for mention in mentions)),
        rules=tuple(member.rule for member in document.members),
        groups_complete=summary.groups_complete,
        groups_counted=summary.groups_counted,
        largest=summary.largest,
        targets=summary.targets,
        disputed=summary.disputed,
        deadlines=tuple(sorted(deadlines, key=lambda deadline: (end_of(deadline), deadline))),
    )


def is_about_one(article: Article) -> bool:
    """Whether the article's plan is that of one document. A meeting may have dealt with other matters, too."""
    return len(article.plan.documents) == 1 and not is_of_several_matters(article)


def summary_of(articles: Iterable[Article]) -> PlanSummary:
    """The size of the merged plan of these articles: of the fullest ones, where they are many."""
    parts = merged_plan(sorted(articles, key=lambda article: (-fullness_of(article.plan), article.id))[:MOST_MERGED])
    return _summary(
        (part.best.part for part in parts if isinstance(part.best.part, Group)),
        targets=sum(isinstance(part.best.part, Target) for part in parts),
        disputed=sum(part.disputed for part in parts),
    )


def summary_of_plan(plan: Plan) -> PlanSummary:
    """The size of one plan."""
    return _summary(plan.groups, targets=len(plan.targets), disputed=0)


def _summary(groups: Iterable[Group], *, targets: int, disputed: int) -> PlanSummary:
    counted = [group for group in groups if group.declared]
    return PlanSummary(
        groups_complete=sum(group.status == "complete" for group in counted),
        groups_counted=len(counted),
        targets=targets,
        disputed=disputed,
        largest=_size_of(max(counted, key=lambda group: len(group.items))) if counted else "",
    )


def _size_of(group: Group) -> str:
    """The label of a counted group, and how many items it lists of those that it counts."""
    return f"{group.label}{len(group.items)}/{group.declared}"


def deadlines_of(plan: Plan) -> set[str]:
    """The deadlines of a plan's goals and targets. A part with another deadline is never merged with one."""
    return ({goal.deadline for goal in plan.goals} | {target.deadline for target in plan.targets}) - {""}


def end_of(deadline: str) -> str:
    """The last day of a deadline as it is compared: a year ends in its last month, a period with its later end."""
    year, _dash, month = deadline.rpartition("/")[2].partition("-")
    if not month:
        return f"{year}-12-31"
    if "-" in month or not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and int(year)):
        return f"{year}-{month}"
    return f"{year}-{month}-{monthrange(int(year), int(month))[1]}"


def document_row_json(row: DocumentRow, today: date) -> dict[str, Any]:
    """The row as a JSON object."""
    return {
        "key": row.key,
        "title": row.title,
        "stage": row.stage,
        "stages": list(row.stages),
        "number": row.number or None,
        "issuers": list(row.issuers),
        "first_seen": row.first_seen.isoformat(),
        "last_seen": row.last_seen.isoformat(),
        "articles": list(row.articles),
        "joined_by": list(row.rules),
        "groups_complete": row.groups_complete,
        "groups_counted": row.groups_counted,
        "largest_group": row.largest or None,
        "targets": row.targets,
        "disputed": row.disputed,
        "deadlines": list(row.deadlines),
        "next_deadline": row.next_deadline(today) or None,
    }


DOCUMENT_COLUMNS = (
    "stage", "title", "number", "issuers", "first_seen", "last_seen", "articles", "groups_complete", "groups_counted",
    "largest_group", "targets", "disputed", "deadlines", "next_deadline", "article_ids",
)  # fmt: skip


def document_cells(row: DocumentRow, today: date) -> tuple[str, ...]:
    """The cells of DOCUMENT_COLUMNS."""
    cells = (
        row.stage, row.title, row.number, "、".join(row.issuers), row.first_seen.isoformat(), row.last_seen.isoformat(),
        len(row.articles), row.groups_complete, row.groups_counted, row.largest, row.targets, row.disputed,
        " ".join(row.deadlines), row.next_deadline(today), " ".join(row.articles),
    )  # fmt: skip
    return tuple(map(str, cells))
