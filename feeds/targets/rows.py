"""One row a target or goal, whatever number of articles state it; values that disagree stand in one row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct

from feeds.compare.wording import plain_of
from feeds.documents import DocumentMention, JoinedDocument, join_mentions, mentions_of
from feeds.documents.meetings import is_named_in, is_of_several_matters
from feeds.model import Article, Document, Goal, Span, Target
from feeds.quantities.amounts import quantity_of


class TargetStatement(Struct, frozen=True, kw_only=True):
    """A target or goal as one article states it. `text` is what the article prints at `span`.

    `document` is the title of the document that the article speaks of in front of it, "" without one.
    """

    article: str
    published: datetime
    part: Target | Goal
    text: str
    document: str = ""
    agencies: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """A name that no other statement has: the article, the place, and the words of the part."""
        part, span = self.part, self.span
        kind, words = ("target", part.indicator) if isinstance(part, Target) else ("goal", part.text)
        return f"{self.article} {kind} {span.p}:{span.start}-{span.end} {words}{self.figure}"

    @property
    def span(self) -> Span:
        """Where the article says it."""
        return self.part.span

    @property
    def figure(self) -> str:
        """Value and unit as printed; "" for a goal."""
        return self.part.value + self.part.unit if isinstance(self.part, Target) else ""

    @property
    def quantity(self) -> dict[str, Any] | None:
        """The number behind the figure, as feeds.quantities.amounts gives it."""
        return quantity_of(self.part) if isinstance(self.part, Target) else None


class TargetRow(Struct, frozen=True):
    """The statements of one target, the latest first. `document` is its document's title, `document_key` its key."""

    statements: tuple[TargetStatement, ...]
    document: str = ""
    document_key: str = ""

    @property
    def key(self) -> str:
        """The row's id in a list. It stays the same when later articles repeat the target."""
        return self.statements[-1].name

    @property
    def latest(self) -> TargetStatement:
        """The statement to show."""
        return self.statements[0]

    @property
    def agencies(self) -> tuple[str, ...]:
        """Every agency that a statement names, those of the latest first."""
        return tuple(dict.fromkeys(agency for statement in self.statements for agency in statement.agencies))

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure that is stated, each once, the latest first: more than one where articles disagree."""
        found: dict[object, str] = {}
        for statement in self.statements:
            found.setdefault(_amount(statement), statement.figure)
        return tuple(found.values())

    @property
    def disputed(self) -> bool:
        """Whether the statements disagree about the figure (不一致)."""
        return len(self.figures) > 1


def statements_of(article: Article) -> Iterator[TargetStatement]:
    """A statement for each target and goal of the article, in the order of its text.

    An article whose text was taken away keeps its plan; a part without its paragraph is no statement.
    """
    parts: list[Target | Goal] = [*article.plan.targets, *article.plan.goals]
    several = bool(article.plan.documents) and is_of_several_matters(article)
    for part in sorted(parts, key=lambda part: (part.span.p, part.span.start)):
        span = part.span
        text = article.paragraph(span.p)[span.start : span.end]
        if not text:
            continue
        document = _document_before(article.plan.documents, span)
        if several and document and not is_named_in(document, article.paragraph(span.p)):
            document = None
        yield TargetStatement(
            article=article.id,
            published=article.published,
            part=part,
            text=text,
            document=document.title if document else "",
            agencies=(document.issuers if document else ()) or article.plan.agencies,
        )


def rows_of(articles: Iterable[Article]) -> tuple[TargetRow, ...]:
    """The rows of these articles, in the order in which their targets are first met."""
    mentions: list[DocumentMention] = []
    statements: list[TargetStatement] = []
    for article in articles:
        mentions += mentions_of(article)
        statements += statements_of(article)
    documents = _by_mention(join_mentions(mentions))
    rows: dict[tuple[object, ...], list[TargetStatement]] = defaultdict(list)
    titles: dict[tuple[object, ...], tuple[str, str]] = {}
    for statement in statements:
        number, document = documents.get((statement.article, statement.document), (None, None))
        key = row_key_of(statement, number)
        rows[key].append(statement)
        titles[key] = (document.title, document.key) if document else ("", "")
    return tuple(TargetRow(tuple(sorted(found, key=latest_first)), *titles[key]) for key, found in rows.items())


def row_key_of(statement: TargetStatement, document: int | None) -> tuple[object, ...]:
    """The key that the statements of one row share: document, indicator and deadline; without a document the figure.

    `document` is any number of the document that the statement is about, None without one.
    """
    part = statement.part
    if isinstance(part, Goal):
        return ("goal", document, part.deadline, plain_of(part.text))
    if not part.indicator:
        return ("target", statement.article, part.span)
    amount = _amount(statement) if document is None else None
    return ("target", document, part.deadline, plain_of(part.indicator), part.direction, amount)


def has_row_alone(statement: TargetStatement) -> bool:
    """Whether no other statement is of the same target, in whatever document: it says no indicator."""
    return isinstance(statement.part, Target) and not statement.part.indicator


def _amount(statement: TargetStatement) -> object:
    """The figure as a number with its unit, so that 0.9万亿元 and 9000亿元 are one; else as printed."""
    quantity = statement.quantity
    if quantity is None:
        return plain_of(statement.figure)
    ends = (quantity["number"], quantity.get("to"))
    return (*(None if end is None else round(float(end * quantity["scale"]), 9) for end in ends), quantity["unit"])


def latest_first(statement: TargetStatement) -> tuple[float, str, int, int]:
    """The key that sorts the statements of a row."""
    return (-statement.published.timestamp(), statement.article, statement.span.p, statement.span.start)


def _by_mention(documents: Iterable[JoinedDocument]) -> dict[tuple[str, str], tuple[int | None, JoinedDocument | None]]:
    return {
        (member.mention.article, member.mention.title): (number, document)
        for number, document in enumerate(documents)
        for member in document.members
    }


def _document_before(documents: Iterable[Document], span: Span) -> Document | None:
    """The document named last in front of a place, else the first one of the article."""
    known = list(documents)
    before = [
        document for document in known if document.span and (document.span.p, document.span.start) <= span_start(span)
    ]
    if before:
        return max(before, key=lambda document: span_start(document.span or span))
    return known[0] if known else None


def span_start(span: Span) -> tuple[int, int]:
    """Where a span begins, to sort by."""
    return span.p, span.start
