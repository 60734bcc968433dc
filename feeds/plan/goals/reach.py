"""How far a date reaches: one ordered table of rules that say whether it holds in the next sentence of its paragraph.

A date is firm (到2025年, 6月底前), or loose and only names its time: a period of years (“十五五”时期) or a part of one
(今年). The first rule that applies to a sentence decides. feeds.plan.goals.runs reads a date's own sentence.

A rule's verdict is whether the date holds. In the examples ‖ stands before the sentence that is judged.
"""

import re
from typing import NamedTuple

from feeds.plan.clauses import Line
from feeds.plan.goals import wording
from feeds.plan.goals.scope import Scope
from feeds.plan.grammar.times import Time
from feeds.plan.lexicon import phrases
from feeds.plan.rule import LIKELY, OUTRIGHT, Rule, first_of, table_of


class FollowingSentence(NamedTuple):
    """A sentence after the first of its paragraph, with the dates in it and the scope that the one before it leaves."""

    line: Line
    start: int
    end: int
    times: list[Time]
    scope: Scope
    outside: bool
    """Somebody says it who does not speak for the issuer."""

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether the sentence begins with what the pattern describes."""
        return pattern.match(self.line.plain, self.start, self.end) is not None

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether what the pattern describes stands in the sentence before its first date."""
        until = self.times[0].start if self.times else self.end
        return pattern.search(self.line.plain, self.start, until) is not None

    @property
    def works(self) -> bool:
        """It goes on with what is to be done: 同时，巩固…."""
        start = self.start + len("同时，") * self.line.plain.startswith("同时，", self.start)
        return not self.times and phrases.GOES_ON_WITH.match(self.line.plain, start, self.end) is not None


CONSISTS = "what the works consist of"
"""The name of a rule; under it only figures are aims."""
_GOES_ON, _WORKS = "the sentence says that it goes on", "works after a firm date"
TURNS_TO_WORKS = (_GOES_ON, _WORKS)
"""Under these rules the works of a period of years go on, after a firm date within it."""
_QUESTION, _VOICE = "a question sets no aim", "another voice"
_LOOK_BACK, _RELIEF = "a look back", "a relief's terms"
_LEAD = 8
"""Characters before a sentence's first date that can only lead it in."""

REACHES: tuple[Rule[FollowingSentence, bool], ...] = table_of(
    "reach",
    (_QUESTION, lambda s: s.line.plain.startswith("？", s.end), False, OUTRIGHT),
    (_VOICE, lambda s: s.outside, False, OUTRIGHT),
    (
        "a list that was announced",
        lambda s: s.scope.figures_only or (s.scope.announced and s.matches(phrases.SIDE)),
        True,
        OUTRIGHT,
    ),
    ("another date takes over", lambda s: bool(s.times) and s.times[0].start <= s.start + _LEAD, True, OUTRIGHT),
    (
        _GOES_ON,
        lambda s: (
            s.matches(phrases.THEN) or (s.line.plain.startswith(wording.GOES_ON, s.start) and not s.scope.monthly)
        ),
        True,
        OUTRIGHT,
    ),
    (CONSISTS, lambda s: s.matches(phrases.CONSISTS) and not s.scope.monthly, True, LIKELY),
    (
        "who has spoken goes on",
        lambda s: (
            s.scope.loose
            and not s.scope.monthly
            and s.line.plain.startswith("”", s.start - 1)
            and s.matches(phrases.ATTRIBUTED)
        ),
        True,
        LIKELY,
    ),
    ("a new frame", lambda s: s.matches(phrases.NEW_FRAME), False, OUTRIGHT),
    (_LOOK_BACK, lambda s: s.has(phrases.LOOKS_BACK), False, OUTRIGHT),
    (_RELIEF, lambda s: s.has(phrases.RELIEF), False, OUTRIGHT),
    (
        _WORKS,
        lambda s: s.scope.firm and not s.scope.loose and s.matches(phrases.BEGINS_WORKS),
        False,
        OUTRIGHT,
    ),
    (
        "an outcome under a firm date",
        lambda s: s.scope.firm and s.scope.lasting and not s.matches(phrases.SOFT_FRAME) and s.has(phrases.OUTCOME),
        True,
        OUTRIGHT,
    ),
    ("works of a period of years", lambda s: s.scope.epoch and s.scope.loose, True, OUTRIGHT),
    (
        "works of the year go on with a verb",
        lambda s: s.scope.yearly and s.matches(phrases.GOES_ON_WITH),
        True,
        OUTRIGHT,
    ),
    (
        "a figure of works that are listed",
        lambda s: s.scope.wide and s.scope.lasting and (s.has(phrases.SETS) or s.has(phrases.ANY_WORK)),
        True,
        LIKELY,
    ),
    ("somebody intends more in the year", lambda s: s.scope.yearly and s.matches(phrases.INTENDS_MORE), True, LIKELY),
    ("nothing joins it to the date", lambda _: True, False, OUTRIGHT),
)


BREAKS = frozenset((_QUESTION, _VOICE, _LOOK_BACK, _RELIEF))
"""The rules that stop a date of a heading too, which else holds in all sentences under it."""


def reach_of(sentence: FollowingSentence) -> Rule[FollowingSentence, bool]:
    """The first rule that applies; the last one always does."""
    return first_of(REACHES, sentence) or REACHES[-1]
