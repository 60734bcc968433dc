"""A rule, and the scale of its confidence. feeds.plan.rules has all rules in the order in which they decide.

Rules that compete stand in one table: a tuple of `Rule` that read the same thing. The first that applies decides. The
examples of a rule are data, which the tests read: feeds/plan/examples/<what it finds>.toml, under the rule's name.
"""

from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeAlias, TypeVar

OUTRIGHT, LIKELY, GUESS = 0.9, 0.6, 0.4
"""The scale, from 0 to 1: the text says it outright; it is likely (a loose date, a list that is too short); a guess."""
SURE = 1.0
"""Nothing in the words can be read otherwise."""
DOUBT = 0.5
"""The factor of every confidence in an article of a doubtful genre."""

Seen = TypeVar("Seen")
Verdict = TypeVar("Verdict")
Found = TypeVar("Found")


class Rule(NamedTuple, Generic[Seen, Verdict]):
    """One rule: what it is called, what it finds, when it applies, what it then decides, and how sure that is.

    `finds` is genre, document, issuer, group, date, no date, reach, goal or target. `applies` gives something true
    where the rule decides.
    """

    name: str
    finds: str
    applies: Callable[[Seen], object]
    verdict: Verdict
    confidence: float

    @property
    def title(self) -> str:
        """How the rule is named in `zhengwen plan --why`."""
        return f"{self.finds}: {self.name}"


def table_of(
    finds: str, *rows: tuple[str, Callable[[Seen], object], Verdict, float]
) -> tuple[Rule[Seen, Verdict], ...]:
    """A table of rules that find one thing, from rows of name, when it applies, verdict and confidence."""
    return tuple(Rule(name, finds, applies, verdict, confidence) for name, applies, verdict, confidence in rows)


PlaceRule: TypeAlias = Rule[Seen, Callable[[Seen], Found | None]]
"""A rule whose verdict is where to look, and gives what it finds there."""


def places_of(
    finds: str, *rows: tuple[str, Callable[[Seen], Found | None], float]
) -> tuple[PlaceRule[Seen, Found], ...]:
    """A table of places to look in, from rows of name, place and confidence: the first that gives something decides."""
    return tuple(Rule(name, finds, lambda _: True, place, confidence) for name, place, confidence in rows)


def first_of(rules: Iterable[Rule[Seen, Verdict]], seen: Seen) -> Rule[Seen, Verdict] | None:
    """The first rule that applies."""
    for rule in rules:
        if rule.applies(seen):
            return rule
    return None


def first_found(rules: Iterable[PlaceRule[Seen, Found]], seen: Seen) -> tuple[PlaceRule[Seen, Found], Found] | None:
    """The first rule that applies and gives something, with what it gives."""
    for rule in rules:
        if rule.applies(seen) and (found := rule.verdict(seen)):
            return rule, found
    return None
