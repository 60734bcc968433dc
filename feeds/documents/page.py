"""The page of one document: its articles by stage, the plan that they make together, and its relations to others."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from feeds.documents.joining import JoinedDocument, Member
from feeds.documents.mentions import STAGES, DocumentMention, Stage, mentions_of
from feeds.documents.merging import MergedPart, fullness_of, merged_plan
from feeds.documents.relations import Relation, relations_of
from feeds.documents.rows import MOST_MERGED, is_about_one
from feeds.documents.titles import title_key
from feeds.model import Article, Span


class ToldRelation(Struct, frozen=True):
    """A relation, and the article whose text says so: its id, its title and its time."""

    relation: Relation
    article: str
    headline: str
    published: datetime


class DocumentPage(Struct, frozen=True):
    """Everything that the archive has on one document. `articles` are its own, in the order of time.

    `relations` are what it rests on and what it ends or replaces; `resting` is what other articles say of their
    documents' relations to this one.
    """

    document: JoinedDocument
    articles: tuple[Article, ...]
    parts: tuple[MergedPart, ...]
    relations: tuple[ToldRelation, ...]
    resting: tuple[ToldRelation, ...] = ()

    @property
    def stages(self) -> tuple[tuple[Stage, tuple[Member, ...]], ...]:
        """The mentions by stage, in the order of a document's life."""
        here = {article.id for article in self.articles}  # one whose day file cannot be read is left out
        members = [member for member in self.document.members if member.mention.article in here]
        found = ((stage, tuple(one for one in members if one.mention.stage == stage)) for stage in STAGES)
        return tuple((stage, ones) for stage, ones in found if ones)

    def article(self, name: str) -> Article:
        """One of its articles, by its id."""
        return next(article for article in self.articles if article.id == name)


def document_page(document: JoinedDocument, articles: Mapping[str, Article]) -> DocumentPage:
    """The page of a document, given at least the articles that it is joined from."""
    names = dict.fromkeys(member.mention.article for member in document.members)
    own = tuple(articles[name] for name in names if name in articles)
    # An article that is about several documents does not say which part belongs to which.
    alone = [article for article in own if is_about_one(article)]
    alone.sort(key=lambda article: (-fullness_of(article.plan), article.id))
    found: dict[tuple[str, str], ToldRelation] = {}
    for article in own:
        for told in _told_by(article):
            found.setdefault((told.relation.kind, title_key(told.relation.title).key), told)
    return DocumentPage(document, own, merged_plan(alone[:MOST_MERGED]), tuple(found.values()))


def resting_on(document: JoinedDocument, articles: Iterable[Article]) -> tuple[ToldRelation, ...]:
    """The relations of other documents to this one, as these articles tell them. Its own articles do not count."""
    keys = {member.mention.key.key for member in document.members}
    own = {member.mention.article for member in document.members}
    found = (told for article in articles if article.id not in own for told in _told_by(article))
    return tuple(told for told in found if title_key(told.relation.title).key in keys)


def _told_by(article: Article) -> Iterator[ToldRelation]:
    for relation in relations_of(article):
        yield ToldRelation(relation, article.id, article.title, article.published)


def span_of_mention(mention: DocumentMention, article: Article) -> Span | None:
    """Where the article names the document."""
    named = zip(mentions_of(article), article.plan.documents, strict=True)
    return next((document.span for other, document in named if other.name == mention.name), None)


def draft_and_final(document: JoinedDocument, articles: Mapping[str, Article]) -> tuple[str, str] | None:
    """The ids of the articles with the fullest draft and the fullest final text, the later of equal ones.

    None if one of the two is missing.
    """
    draft, final = fullest_draft(document, articles), fullest_final(document, articles)
    return (draft, final) if draft and final and draft != final else None


def fullest_draft(document: JoinedDocument, articles: Mapping[str, Article]) -> str | None:
    """The id of the article that tells most of the document as a draft."""
    return _fullest(
        (one for one in _mentions(document, articles) if one.stage in ("consulted", "deliberated")), articles
    )


def fullest_final(document: JoinedDocument, articles: Mapping[str, Article]) -> str | None:
    """The id of the article that tells most of the document as it was issued."""
    return _fullest(
        (one for one in _mentions(document, articles) if one.stage == "issued" and not one.key.is_draft), articles
    )


def fullest_article(document: JoinedDocument, articles: Mapping[str, Article]) -> str | None:
    """The id of the article that tells most of the document, at whatever stage."""
    return _fullest(_mentions(document, articles), articles)


def _mentions(document: JoinedDocument, articles: Mapping[str, Article]) -> Iterator[DocumentMention]:
    return (member.mention for member in document.members if member.mention.article in articles)


def _fullest(mentions: Iterable[DocumentMention], articles: Mapping[str, Article]) -> str | None:
    def size(mention: DocumentMention) -> tuple[int, str]:
        return fullness_of(articles[mention.article].plan), mention.published.isoformat()

    found = max(mentions, key=size, default=None)
    return found.article if found else None
