"""Which mentions are of one document, by which rule; and which are kept apart though their titles are one."""

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from msgspec import Struct

from feeds.documents.mentions import DocumentMention
from feeds.documents.shortening import NamedDocument, long_forms

_CENTRE = {"中共中央", "中共中央办公厅", "国务院", "国务院办公厅", "全国人大常委会"}
"""Bodies in whose name others write: a ministry's draft becomes a document of the State Council."""

SHORT = "short title"
"""The rule of a member that names its document by a short title."""

_YEARLY = re.compile("(?:工作报告|工作要点|工作安排|预算报告|公报|计划草案的报告)$")
"""Titles that come again every year under the same words."""


class Separation(Struct, frozen=True):
    """A reader's word that two mentions, by their names, are of two documents. It holds from then on."""

    left: str
    right: str


class Member(Struct, frozen=True):
    """A mention and the rule that put it into its document; "first" for the one that began it."""

    mention: DocumentMention
    rule: str


class JoinedDocument(Struct, frozen=True):
    """One document: its mentions in the order of time. `refused` names the rules that kept others of the title out.

    Mentions by a short name have the rule "short title", see feeds.documents.shortening.
    """

    members: tuple[Member, ...]
    refused: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The document's id in a list: the name of the mention that began it. Later mentions do not change it."""
        return next(member.mention.name for member in self.members if member.rule == "first")

    @property
    def title(self) -> str:
        """The title to show: of the latest mention that has no remark of a draft, else of the latest. No short one."""
        whole = [member.mention for member in self.members if member.rule != SHORT]
        shown = [mention for mention in whole if not mention.key.is_draft] or whole
        return max(shown, key=lambda mention: (mention.published, mention.article)).title


def separations_from(document: JoinedDocument, mention: str) -> tuple[Separation, ...]:
    """The separations that take a mention, by its name, out of a document; none if it is alone there."""
    others = [member.mention.name for member in document.members if member.mention.name != mention]
    return tuple(Separation(mention, other) for other in others) if len(others) < len(document.members) else ()


class _Joining:
    """A document while mentions join it, with what all its members have: a verdict needs no look at each of them."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        self.refused: list[str] = []
        self.keys: set[str] = set()
        self.numbers: set[str] = set()
        self.places: set[str] = set()
        self.years: set[tuple[str, ...]] = set()
        self.editions: set[int] = set()
        self.issuers: set[frozenset[str]] = set()
        self._times: list[float] = []

    def take_in(self, short: "_Joining") -> None:
        """Add the mentions that name this document by a short title."""
        self.members += [Member(member.mention, SHORT) for member in short.members]
        self.refused += short.refused

    def naming(self, separations: Collection[Separation] = ()) -> NamedDocument:
        """The document as its short and long names are compared."""
        mentions = [member.mention for member in self.members]
        names = {mention.name for mention in mentions}
        return NamedDocument(
            first=self._times[0],
            keys=self.keys,
            numbers=self.numbers,
            articles={mention.article for mention in mentions},
            bodies={issuer for mention in mentions for issuer in mention.issuers},
            places=self.places,
            years=self.years,
            names=names,
            apart={one.right for one in separations if one.left in names},
        )

    def add(self, mention: DocumentMention, rule: str) -> None:
        """Add a mention that joins the document by a rule."""
        self.members.append(Member(mention, rule))
        self.keys.add(mention.key.key)
        self.numbers.update(filter(None, [mention.number]))
        self.places.update([] if mention.place is None else [mention.place])
        self.years.update(filter(None, [mention.key.years]))
        self.editions.add(mention.published.year)
        self.issuers.update(filter(None, [_issuers_alone(mention)]))
        insort(self._times, mention.published.timestamp())

    def distance_to(self, mention: DocumentMention) -> float:
        """The seconds between the mention and the nearest member."""
        moment = mention.published.timestamp()
        place = bisect_left(self._times, moment)
        return min(abs(moment - time) for time in self._times[max(place - 1, 0) : place + 1])

    def verdict_on(self, mention: DocumentMention, apart: Collection[str]) -> tuple[bool, str]:
        """Whether the mention is of this document, and the rule that says so. `apart` names what it is apart from."""
        if apart and any(member.mention.name in apart for member in self.members):
            return False, "apart"
        if mention.number in self.numbers:
            return True, "number"
        rule = next((rule for rule, differs in _REFUSALS if differs(mention, self)), None)
        return (False, rule) if rule else (True, _rule_between(mention, self.members[0].mention))


def join_mentions(
    mentions: Iterable[DocumentMention], separations: Collection[Separation] = ()
) -> tuple[JoinedDocument, ...]:
    """The documents that these mentions speak of, each mention in one of them.

    A mention joins the document whose every member it may be one with; of several places the one that it is nearest
    to in time, else the first. Mentions without an issuer are looked at last, so that they meet those of which more is
    known. At last the documents that are named by a short title join those with the whole title.
    """
    found = _joined_by_title(mentions, separations)
    longer = long_forms([one.naming(separations) for one in found])
    for number, whole in longer.items():
        found[whole].take_in(found[number])
    return tuple(
        JoinedDocument(
            tuple(sorted(one.members, key=lambda member: _time(member.mention))), tuple(dict.fromkeys(one.refused))
        )
        for number, one in enumerate(found)
        if number not in longer
    )


def beginnings(mentions: Iterable[DocumentMention]) -> list[tuple[str, float]]:
    """The title's key and the first time, in seconds, of each document that could have a short or a whole title."""
    documents = [one.naming() for one in _joined_by_title(mentions, ())]
    return [(key, one.first) for one in documents if one.bodies for key in sorted(one.keys)]


def _joined_by_title(mentions: Iterable[DocumentMention], separations: Collection[Separation]) -> list[_Joining]:
    """The documents, joined by their titles and numbers."""
    apart: dict[str, set[str]] = defaultdict(set)
    for separation in separations:
        apart[separation.left].add(separation.right)
        apart[separation.right].add(separation.left)
    found: list[_Joining] = []
    places: dict[str, list[int]] = defaultdict(list)
    for mention in sorted(mentions, key=_order):
        names = [mention.key.key, *([mention.number] if mention.number else [])]
        kept_apart = apart.get(mention.name, ())
        refused: list[str] = []
        fits: list[tuple[int, str]] = []
        for number in sorted({number for name in names for number in places[name]}):
            one, rule = found[number].verdict_on(mention, kept_apart)
            if one:
                fits.append((number, rule))
            else:
                refused.append(rule)
        if fits:
            number, rule = _nearest(mention, fits, found)
        else:
            number, rule = len(found), "first"
            found.append(_Joining())
            found[number].refused = refused
        found[number].add(mention, rule)
        for name in names:
            if number not in places[name]:
                places[name].append(number)
    return found


def _order(mention: DocumentMention) -> tuple[object, ...]:
    return (mention.place is None, *_time(mention), mention.title)


def _time(mention: DocumentMention) -> tuple[datetime, str, str]:
    return mention.published, mention.article, mention.title


def _nearest(mention: DocumentMention, fits: list[tuple[int, str]], found: list[_Joining]) -> tuple[int, str]:
    """The document to join, and the rule: the one of its number, of several places the nearest in time, else the first.

    Each that fits is given by its place among those found, and its rule.
    """
    places = set[str]().union(*(found[number].places for number, _rule in fits))

    def distance(fit: tuple[int, str]) -> float:
        document = found[fit[0]]
        if mention.number in document.numbers:
            return -1.0
        return document.distance_to(mention) if len(places) > 1 else 0.0

    return min(fits, key=distance)


def _issuers_alone(mention: DocumentMention) -> frozenset[str]:
    """The ministries that issue at a stage at which only the issuer speaks; none where the centre does."""
    alone = mention.place == "" and mention.stage in ("consulted", "deliberated", "issued")
    return frozenset(mention.issuers) if alone and not _CENTRE & set(mention.issuers) else frozenset()


def _rule_between(mention: DocumentMention, other: DocumentMention) -> str:
    """The differences of the two titles, none of which makes another document."""
    if mention.title == other.title:
        return "title"
    one, two = mention.key, other.key
    rules = {rule for rule in _ORDER if (rule in one.rules) != (rule in two.rules)}
    rules |= {"stage"} if one.stage != two.stage else set()
    rules |= {"years"} if one.years != two.years else set()
    difference = [rule for rule in _ORDER if rule in rules]
    return "+".join(difference) or "quotes-width"


def _other_title(mention: DocumentMention, document: _Joining) -> bool:
    return document.keys != {mention.key.key}


def _other_number(mention: DocumentMention, document: _Joining) -> bool:
    return bool(mention.number and document.numbers)  # equal ones were joined before


def _other_place(mention: DocumentMention, document: _Joining) -> bool:
    return mention.place is not None and bool(document.places - {mention.place})


def _other_issuer(mention: DocumentMention, document: _Joining) -> bool:
    """Whether two ministries issue, each for itself. An article that explains a document may name other bodies."""
    issuers = _issuers_alone(mention) if document.issuers else frozenset[str]()
    return bool(issuers) and not all(map(issuers.intersection, document.issuers))


def _other_years(mention: DocumentMention, document: _Joining) -> bool:
    return bool(mention.key.years) and bool(document.years - {mention.key.years})


def _other_edition(mention: DocumentMention, document: _Joining) -> bool:
    return document.editions != {mention.published.year} and bool(_YEARLY.search(mention.key.key))


_ORDER = ("notice", "consultation", "issuer", "state", "stage", "years")
_REFUSALS = (
    ("other title", _other_title),
    ("other number", _other_number),
    ("other place", _other_place),
    ("other issuer", _other_issuer),
    ("other years", _other_years),
    ("other year", _other_edition),
)
