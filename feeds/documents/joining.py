"""Which mentions are of one document, by which rule; and which are kept apart though their titles are one."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from msgspec import Struct

from feeds.documents.mentions import DocumentMention

_CENTRE = {"中共中央", "中共中央办公厅", "国务院", "国务院办公厅", "全国人大常委会"}
"""Bodies in whose name others write: a ministry's draft becomes a document of the State Council."""

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
    """One document: its mentions in the order of time. `refused` names the rules that kept others of the title out."""

    members: tuple[Member, ...]
    refused: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The document's id in a list: the name of the mention that began it. Later mentions do not change it."""
        return next(member.mention.name for member in self.members if member.rule == "first")

    @property
    def title(self) -> str:
        """The title to show: of the latest mention that has no remark of a draft, else of the latest."""
        final = [member.mention for member in self.members if not member.mention.key.stage]
        shown = final or [member.mention for member in self.members]
        return max(shown, key=lambda mention: (mention.published, mention.article)).title


def join_mentions(
    mentions: Iterable[DocumentMention], separations: Collection[Separation] = ()
) -> tuple[JoinedDocument, ...]:
    """The documents that these mentions speak of, each mention in one of them.

    A mention joins the document whose every member it may be one with; of several places the one that it is nearest
    to in time, else the first. Mentions without an issuer are looked at last, so that they meet those of which more is
    known.
    """
    apart = {frozenset((separation.left, separation.right)) for separation in separations}
    found: list[list[Member]] = []
    refused: list[list[str]] = []
    places: dict[str, list[int]] = defaultdict(list)
    for mention in sorted(mentions, key=_order):
        names = [mention.key.key, *([mention.number] if mention.number else [])]
        candidates = sorted({number for name in names for number in places[name]})
        verdicts = [(number, _verdict(mention, found[number], apart)) for number in candidates]
        fits = [(number, rule) for number, (one, rule) in verdicts if one]
        chosen = _nearest(mention, [(found[number], number, rule) for number, rule in fits])
        if chosen is None:
            found.append([Member(mention, "first")])
            refused.append([rule for _number, (_one, rule) in verdicts])
            number = len(found) - 1
        else:
            number, rule = chosen
            found[number].append(Member(mention, rule))
        for name in names:
            if number not in places[name]:
                places[name].append(number)
    return tuple(
        JoinedDocument(tuple(sorted(members, key=lambda member: _time(member.mention))), tuple(dict.fromkeys(rules)))
        for members, rules in zip(found, refused, strict=True)
    )


def _order(mention: DocumentMention) -> tuple[bool, str, str, str]:
    return (mention.place is None, *_time(mention), mention.title)


def _time(mention: DocumentMention) -> tuple[str, str]:
    return mention.published.isoformat(), mention.article


def _nearest(mention: DocumentMention, fits: list[tuple[list[Member], int, str]]) -> tuple[int, str] | None:
    """The document to join, and the rule: the one of its number, of several places the nearest in time, else the first.

    Each that fits is given by its members, its number and its rule.
    """
    places = {member.mention.place for members, _number, _rule in fits for member in members} - {None}

    def distance(members: list[Member]) -> float:
        if any(mention.number and mention.number == member.mention.number for member in members):
            return -1.0
        if len(places) < 2:
            return 0.0
        return min(abs((mention.published - member.mention.published).total_seconds()) for member in members)

    chosen = min(fits, key=lambda fit: distance(fit[0]), default=None)
    return None if chosen is None else chosen[1:]


def _verdict(mention: DocumentMention, members: list[Member], apart: set[frozenset[str]]) -> tuple[bool, str]:
    """Whether the mention is of the document of these members, and the rule that says so."""
    others = [member.mention for member in members]
    if any(frozenset((mention.name, other.name)) in apart for other in others):
        return False, "apart"
    if any(mention.number and mention.number == other.number for other in others):
        return True, "number"
    for rule, differs in _REFUSALS:
        if any(differs(mention, other) for other in others):
            return False, rule
    return True, _rule_between(mention, others[0])


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


def _other_title(mention: DocumentMention, other: DocumentMention) -> bool:
    return mention.key.key != other.key.key


def _other_number(mention: DocumentMention, other: DocumentMention) -> bool:
    return bool(mention.number and other.number)  # equal ones were join_mentions before


def _other_place(mention: DocumentMention, other: DocumentMention) -> bool:
    return mention.place is not None and other.place is not None and mention.place != other.place


def _other_issuer(mention: DocumentMention, other: DocumentMention) -> bool:
    """Whether two ministries issue, each for itself. An article that explains a document may name other bodies."""
    return (
        mention.place == other.place == ""
        and bool(mention.issuers and other.issuers)
        and not set(mention.issuers) & set(other.issuers)
        and not _CENTRE & {*mention.issuers, *other.issuers}
        and {mention.stage, other.stage} <= {"consulted", "deliberated", "issued"}
    )


def _other_years(mention: DocumentMention, other: DocumentMention) -> bool:
    return bool(mention.key.years and other.key.years and mention.key.years != other.key.years)


def _other_edition(mention: DocumentMention, other: DocumentMention) -> bool:
    return bool(_YEARLY.search(mention.key.key)) and mention.published.year != other.published.year


_ORDER = ("notice", "consultation", "issuer", "state", "stage", "years")
_REFUSALS = (
    ("other title", _other_title),
    ("other number", _other_number),
    ("other place", _other_place),
    ("other issuer", _other_issuer),
    ("other years", _other_years),
    ("other year", _other_edition),
)
