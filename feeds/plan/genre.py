"""The kind of an article, and who speaks in it: a plan, or the market, a company, an accident, a statistic.

A plan has a document that is issued, or a public body that says what is to be done. An analyst's forecast is no plan.
"""

import re
import sys
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from feeds.model import Group
from feeds.plan.clauses import Line, Paper
from feeds.plan.lexicon import phrases
from feeds.plan.rule import DOUBT, SURE, Rule, first_of, table_of

Kind = Literal["plan", "doubtful", "none"]
"""A plan, one that is shown with low confidence, or no plan."""


class Worded(NamedTuple):
    """A pattern and the words of which each of its texts has at least one.

    Most articles have none of the words, and these patterns may begin with one of many characters: to look for the
    words first takes a third of the search (8 µs beside 24 in an article). tests/plan/test_phrases.py looks for texts
    without the words.
    """

    words: tuple[str, ...]
    said: re.Pattern[str]

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first place of the stretch that the pattern describes."""
        for word in self.words:
            if text.find(word, start, end) >= 0:
                return self.said.search(text, start, end)
        return None


_OUTSIDE = (
    phrases.OUTSIDE_THIS,
    phrases.OUTSIDE_COMPANY,
    Worded(("人士",), phrases.OUTSIDE_SOMEBODY),
    Worded(("一位", "一名"), phrases.OUTSIDE_PERSON),
    phrases.OUTSIDE_SOURCE,
    Worded(("公司", "集团", "海油", "石油", "石化", "电网", "多家", "不少", "头部", "龙头"), phrases.OUTSIDE_PLANS),
    phrases.OUTSIDE_EXPERT,
)
"""Ways to speak from outside; the dearest search is the last."""
_SAYS = "(?:认为|表示|指出|说|坦言|分析|看来|强调|称|介绍|建议)"


_HEAD = 1200
"""Characters in which a report names who acts; a public body named only later is background."""
_OPENING = 120
"""Characters in which a title and a first sentence stand."""
_MARKET_SHARE = 12.0
_INTENT_SHARE = 3.0
_ACCIDENT_SHARE = 8.0


class Signs:
    """The signs of an article's kind in its words, counted once. Shares are words per thousand characters.

    The shares are set wide apart: a market report uses its words twenty to forty times in a thousand characters, a
    report of measures less than four; a plan says 将, 要, 推进, 完善 four times or more.
    """

    def __init__(self, paper: Paper, *, documents: bool, told: bool) -> None:
        self.documents = documents
        """It has a document that has just come out."""
        self.told = told or any(said.search(paper.body) for said in (phrases.DOCUMENT_NUMBER, phrases.GIVES_OUT))
        """It speaks of a document, or prints one's number."""
        size = max(len(paper.body), 200) / 1000
        self.market = len(phrases.MARKET.findall(paper.body)) / size
        self._size = size
        self._paper = paper
        self._head = paper.title + "\n" + paper.body[:_HEAD]

    @cached_property
    def intents(self) -> int:
        """Words of intent."""
        return len(phrases.GENRE_INTENT.findall(self._paper.body))

    @property
    def intent_share(self) -> float:
        """Words of intent per thousand characters."""
        return self.intents / self._size

    @cached_property
    def accidents(self) -> int:
        """Words of accident and rescue."""
        return len(phrases.ACCIDENT.findall(self._paper.body))

    @property
    def accident_share(self) -> float:
        """Words of accident per thousand characters."""
        return self.accidents / self._size

    @property
    def foreign(self) -> bool:
        """More is said of other countries than of this one."""
        body = self._paper.body
        abroad = len(phrases.FOREIGN_WORDS.findall(body))
        if not abroad:
            return False
        at_home = len(phrases.HOME_WORDS.findall(body))
        return abroad > 2 * at_home or (
            abroad >= at_home and phrases.FOREIGN_ACTS.search(body, 0, _OPENING) is not None
        )

    @cached_property
    def statistic(self) -> bool:
        """It tells more of what rose and fell than of what is intended."""
        told = len(phrases.STATISTIC.findall(self._paper.body)) + _moves_told(self._paper)
        return told > self.intents

    @property
    def proposed(self) -> bool:
        """Its title or its first words tell what a deputy proposes."""
        return phrases.PROPOSES.search(self._head, 0, _OPENING) is not None

    @property
    def public(self) -> bool:
        """A public body speaks or acts in its first paragraphs."""
        return phrases.PUBLIC_BODY.search(self._head) is not None

    @property
    def dated(self) -> bool:
        """A figure that is to be reached by a year stands in it (到2027年，…达到…)."""
        return phrases.REACHED_BY.search(self._paper.body) is not None

    @property
    def place_speaks(self) -> bool:
        """A province says or issues something (河北提出, 云南印发)."""
        return phrases.PLACE_SPEAKS.search(self._head) is not None

    @property
    def placed(self) -> bool:
        """It names the country, a province or 我省 in its first paragraphs."""
        return phrases.PLACED.search(self._head) is not None

    @property
    def public_aim(self) -> bool:
        """A dated aim stands in it, or a document that is issued."""
        return phrases.PUBLIC_AIM.search(self._paper.body) is not None


GENRES: tuple[Rule[Signs, Kind], ...] = table_of(
    "genre",
    ("what other countries intend", lambda s: s.foreign, "none", SURE),
    (
        "a market report beside a document that has come out",
        lambda s: s.documents and s.market >= _MARKET_SHARE,
        "doubtful",
        DOUBT,
    ),
    ("a market report", lambda s: s.market >= _MARKET_SHARE, "none", SURE),
    ("a document", lambda s: s.documents or s.told, "plan", SURE),
    ("what somebody proposes", lambda s: s.proposed, "none", SURE),
    ("an accident", lambda s: s.accidents > s.intents and s.accident_share >= _ACCIDENT_SHARE, "none", SURE),
    (
        "statistics",
        lambda s: s.statistic and not (s.public and s.public_aim and s.intent_share >= _INTENT_SHARE),
        "none",
        SURE,
    ),
    ("statistics beside a public body's aims", lambda s: s.statistic, "doubtful", DOUBT),
    ("what a public body will do", lambda s: s.public and s.intent_share >= _INTENT_SHARE, "plan", SURE),
    (
        "a dated aim of a place or a body",
        lambda s: s.public_aim and s.placed and s.intent_share >= _INTENT_SHARE,
        "doubtful",
        DOUBT,
    ),
    ("a public body's figures for a year", lambda s: s.dated and (s.public or s.place_speaks), "doubtful", DOUBT),
    ("nothing of the public's", lambda _: True, "none", SURE),
)


def genre_of(paper: Paper, *, documents: bool, told: bool = False) -> Rule[Signs, Kind]:
    """The first genre that applies. `documents`: one has just come out; `told`: the article only speaks of one."""
    return first_of(GENRES, Signs(paper, documents=documents, told=told)) or GENRES[-1]


def _moves_told(paper: Paper) -> int:
    """How often a sentence that sets no aim tells what rose or fell by how much (出口增长31%，进口下降2%)."""
    lines = (line for line in paper.lines if "%" in line.plain)
    sentences = (line.plain[start:end] for line in lines for start, end in line.sentences)
    return sum(
        len(phrases.MOVES_TOLD.findall(text))
        for text in sentences
        if "%" in text and not phrases.SENTENCE_AIMED.search(text)
    )


def _speaks_outside(text: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether the stretch has the word of somebody who issues nothing."""
    if any(way.search(text, start, end) for way in _OUTSIDE):
        return True
    return (
        phrases.FORESEES.search(text, start, end) is not None and phrases.FORECAST.search(text, start, end) is not None
    )


class Voices:
    """The people in an article who do not speak for the issuer."""

    def __init__(self, paper: Paper) -> None:
        names = (
            set(phrases.SPEAKER_NAMED.findall(paper.body)) if "记者" in paper.body or "认为" in paper.body else set()
        )
        body = paper.body
        self._names = re.compile(f"(?:{'|'.join(sorted(names))}){_SAYS}") if names else None
        self._any = self._names is not None or _speaks_outside(body)
        self._line: Line | None = None
        self._outside: frozenset[int] = frozenset()

    def is_outside(self, line: Line, start: int) -> bool:
        """Whether the sentence that begins at `start` is an outsider's word."""
        if not self._any:
            return False
        if line is not self._line:
            self._line, self._outside = line, frozenset(self._outsiders_sentences(line))
        return start in self._outside

    def own_of(self, paper: Paper, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        """Without what an analyst or a company counts off."""
        places = ((group, paper.lines[group.span.p], group.span.start) for group in groups)
        return tuple(group for group, line, at in places if not self.is_outside(line, line.sentence_at(at)[0]))

    def _outsiders_sentences(self, line: Line) -> Iterator[int]:
        """Where the sentences of outsiders begin: a speaker's own, those after it, and a quotation before it.

        A speaker who has begun goes on to the paragraph's end, or until a document or a body has the word again.
        """
        quoted: list[int] = []
        speaking = False
        for start, end in line.sentences:
            says = _speaks_outside(line.plain, start, end) or (
                self._names is not None and self._names.search(line.plain, start, end)
            )
            if says:
                yield from quoted
                speaking = True
            elif speaking and phrases.WORD_BACK.match(line.plain, start):
                speaking = False
            if speaking:
                yield start
            if line.plain.startswith("“", start):
                quoted = [start]
            elif quoted:
                quoted.append(start)
