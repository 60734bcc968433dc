"""The documents that a document rests on, carries out, ends or replaces, where the text of an article says so."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from feeds.documents.titles import title_key
from feeds.model import Article, Span

RelationKind = Literal["rests_on", "carries_out", "ends", "replaces"]
"""根据, 落实, 废止, 代替."""

_REMARK = r"(?:[（(][^（()）]{1,30}[）)])?"
_NAMED = rf"《[^《》]{{3,80}}》{_REMARK}"
_TITLES = rf"(?P<titles>{_NAMED}(?:(?:、|和|及|以及|与)?{_NAMED}){{0,9}})"
_FROM = r"自[^，。；]{1,16}起"
_PATTERNS: tuple[tuple[RelationKind, re.Pattern[str]], ...] = (
    ("ends", re.compile(rf"{_TITLES}(?:即日起|{_FROM})?(?:予以|同时|一并|相应|也){{0,3}}废止")),
    ("ends", re.compile(rf"(?:废止|停止执行)了?{_TITLES}")),
    ("replaces", re.compile(rf"(?:代替|替代|取代|接替)了?{_TITLES}")),
    ("replaces", re.compile(rf"{_TITLES}(?:同时|{_FROM})?(?:被|由)[^，。；]{{0,20}}(?:代替|替代|取代)")),
    (
        "carries_out",
        re.compile(rf"(?:贯彻落实|贯彻实施|贯彻执行|深入落实|落实|贯彻)(?:好|[^，。；《]{{1,12}}的?)?{_TITLES}"),
    ),
    ("rests_on", re.compile(rf"(?:根据|依据|依照|按照){_TITLES}")),
)
_TITLE = re.compile(r"《([^《》]{3,80})》")


class Relation(Struct, frozen=True):
    """The article's document stands in this relation to another one, named at `span`."""

    kind: RelationKind
    title: str
    span: Span


def relations_of(article: Article) -> tuple[Relation, ...]:
    """The relations that the article's text names, in its order, each once; never one of a document to itself."""
    own = {title_key(document.title).key for document in article.plan.documents}
    found: dict[tuple[RelationKind, str], Relation] = {}
    for relation in _relations_in(article.paragraphs):
        key = title_key(relation.title).key
        if key not in own and (relation.kind, key) not in found:
            found[relation.kind, key] = relation
    return tuple(sorted(found.values(), key=lambda relation: (relation.span.p, relation.span.start)))


def _relations_in(paragraphs: Sequence[str]) -> Iterator[Relation]:
    for number, text in enumerate(paragraphs):
        if "《" not in text:
            continue
        for kind, pattern in _PATTERNS:
            for match in pattern.finditer(text):
                start = match.start("titles")
                for title in _TITLE.finditer(match["titles"]):
                    span = Span(number, start + title.start(1), start + title.end(1))
                    yield Relation(kind, title[1], span)
