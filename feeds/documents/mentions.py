"""An article and one document that it is about: the names of the document there, and its stage."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Literal

from msgspec import Struct

from feeds.agencies import agency_rows, official_name, province_rows
from feeds.documents.titles import TitleKey, title_key
from feeds.model import Article, Document

Stage = Literal["consulted", "deliberated", "issued", "explained", "implemented"]
"""征求意见, 审议, 印发, 解读, 落实."""

STAGES: tuple[Stage, ...] = ("consulted", "deliberated", "issued", "explained", "implemented")

_STAGED_TITLE: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    ("consulted", re.compile("征求.{0,40}意见|征集.{0,40}意见|意见稿")),
    ("deliberated", re.compile("草案|送审稿|审议稿|[一二三四五六1-6]审稿")),
)
_STAGED_ARTICLE: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    ("consulted", re.compile("征求意见|公开征求|公开征集|征集意见")),
    ("explained", re.compile("解读|答记者问|答问|一图读懂|吹风会|怎么看|专家|有关负责人就")),
    ("deliberated", re.compile("审议|讨论通过|审核通过|常务会议|提请")),
    ("issued", re.compile("印发|发布|出台|公布|发文|下发|部署|全文|推出")),
    ("implemented", re.compile("贯彻落实|落实|推进实施|落地|一年来|进展")),
)
_LOCAL = re.compile(
    r"[\u4e00-\u9fff]{2,8}?"
    r"(?:自治[州县旗]|市(?![场监级]|政(?!府|务|协))|州(?![市区])|盟|县(?![域级])|旗|新区|区(?![域级]))"
)
_COUNTRY = re.compile("^(?:国家|全国|中国|中共中央|中央|国务院|最高人民)")
_ISSUED_BY_PLACE = re.compile(
    "^(?P<who>[\u4e00-\u9fff]{2,16}?)(?:就.{0,40})?(?:印发|发布|出台|公布|制定|公开征求|征求)"
)


class DocumentMention(Struct, frozen=True, kw_only=True):
    """One document in one article. `place` is the province or city that issues it, "" for a national one.

    Without `place` the article does not say who issues it.
    """

    article: str
    published: datetime
    title: str
    key: TitleKey
    stage: Stage
    number: str = ""
    issuers: tuple[str, ...] = ()
    place: str | None = None

    @property
    def name(self) -> str:
        """A name that no other mention has: the article and the title."""
        return f"{self.article} {self.title}"


def mentions_of(article: Article) -> Iterator[DocumentMention]:
    """A mention for each title among the documents of the article's plan."""
    titles: dict[str, Document] = {}
    for document in article.plan.documents:
        titles.setdefault(document.title, document)
    for document in titles.values():
        key = title_key(document.title)
        issuers = tuple(map(official_name, document.issuers))
        yield DocumentMention(
            article=article.id,
            published=article.published,
            title=document.title,
            key=key,
            stage=stage_of(article, document),
            number="".join((document.number or "").split()),
            issuers=issuers,
            place=_place_of(issuers, key, article.title),
        )


def stage_of(article: Article, document: Document) -> Stage:
    """At which stage the article shows the document: by its title, then the article's, then its own sentence."""
    for stage, pattern in _STAGED_TITLE:
        if pattern.search(document.title):
            return stage
    for stage, pattern in _STAGED_ARTICLE:
        if pattern.search(article.title):
            return stage
    sentence = article.paragraph(document.span.p) if document.span else ""
    return next((stage for stage, pattern in _STAGED_ARTICLE if pattern.search(sentence)), "issued")


def _place_of(issuers: tuple[str, ...], key: TitleKey, headline: str) -> str | None:
    """The place of those who issue it, "" for national ones; None where the article does not say."""
    named = issuers or ((key.head,) if key.head else ())
    if not named and (found := _ISSUED_BY_PLACE.match("".join(headline.split()))):
        return local_place_of(found["who"]) or None
    places = {place for name in named if (place := place_of(name)) is not None}
    if not places:
        return None
    return "" if "" in places else "、".join(sorted(places))


def place_of(agency: str) -> str | None:
    """The province, city or county of a body, "" for a national one, None where its name does not say."""
    if official_name(agency) in _national():
        return ""
    if place := local_place_of(agency):
        return place
    national = _COUNTRY.match(agency) or any(agency.startswith(name) for name in _national())
    return "" if national else None


def local_place_of(text: str) -> str:
    """The place that a text begins with, a province or the city, county or district in it; "" without one."""
    named = [(known, row[0]) for row in province_rows() for known in row if text.startswith(known)]
    known, place = max(named, key=lambda pair: len(pair[0]), default=("", ""))
    rest = text[len(known) :]
    while found := _LOCAL.match(rest):
        place, rest = found[0], rest[found.end() :]
    return place


@cache
def _national() -> frozenset[str]:
    return frozenset(row[0] for row in agency_rows())
