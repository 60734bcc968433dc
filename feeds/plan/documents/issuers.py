"""Who issues a document: of the bodies named, those that are the subject of issuing.

A body that only agreed (经国务院同意), that passed a document or is told to do something does not issue it. ISSUERS is
the ordered table of where the issuer of a document stands, BESIDE that of where it stands around one mention of it.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from feeds.plan.clauses import Line, Paper
from feeds.plan.documents.bodies import HomePlace, bodies_in
from feeds.plan.documents.mentions import ISSUES, line_above
from feeds.plan.documents.speakers import PRESS, speakers_of, subject_of
from feeds.plan.documents.titles import Title
from feeds.plan.lexicon import phrases
from feeds.plan.rule import GUESS, LIKELY, OUTRIGHT, first_found, places_of

Names = tuple[str, ...]

_REACH = 400
"""Characters that a subject may fill: a list of forty bodies fits."""
_VERB = re.compile(rf"{ISSUES}|修订后?的(?=《)")
_MOST_MENTIONS = 20


class _Beside:
    """One mention of a title, and the bodies around it."""

    def __init__(self, paper: Paper, line: Line, start: int, end: int, home: HomePlace) -> None:
        self._paper = paper
        self._line = line
        self._start = start
        self._end = end
        self._home = home

    @cached_property
    def _first(self) -> int:
        """Where what is said of the title begins: its sentence, or the part behind ；."""
        first = self._line.sentence_at(self._start)[0]
        if self._line.plain.startswith("其中", first):  # 甲局发布一批标准。其中，《…》
            first = self._line.sentence_at(first - 2)[0]
        first = max(first, self._start - _REACH)
        return max(first, self._line.plain.rfind("；", first, self._start) + 1)

    @cached_property
    def _verb(self) -> re.Match[str] | None:
        """The verb of issuing before the title; 转发商务部制定的《…》: who passes it on sends it out."""
        plain, start = self._line.plain, self._start
        verbs = [
            verb
            for verb in _VERB.finditer(plain, self._first, start)
            if phrases.IN_A_ROW.fullmatch(plain, verb.end(), max(start - 1, verb.end()))
        ]
        return next((v for v in verbs if v[0].endswith("转发")), verbs[-1] if verbs else None)

    @property
    def _is_asked(self) -> bool:
        return self._line.plain.endswith(("就", "就《"), max(0, self._start - 2), self._start)

    @property
    def _is_passed(self) -> bool:
        return self._verb is not None and phrases.PASSES.search(self._verb[0]) is not None

    def before_the_verb(self) -> Names:
        """甲部、乙局联合印发《…》."""
        if self._verb is None or self._is_asked or self._is_passed:
            return ()
        plain, stop = self._line.plain, self._verb.start()
        names = subject_of(plain, self._first, stop, self._home)
        # 交通运输部发布《甲》，并解读此前与公安部联合印发的《乙》: 交通运输部 issued 乙 too.
        joined = list(phrases.WITH.finditer(plain, self._first, stop)) if names else []
        if not joined or subject_of(plain, joined[-1].end(), stop, self._home) != names:
            return names
        hosts = bodies_in(plain, self._home, self._first, joined[-1].start())
        return tuple(dict.fromkeys((hosts[0].name, *names))) if hosts else names

    def behind_the_title(self) -> Names:
        """《…》由甲部、乙局印发."""
        verb = self._verb
        made = verb is not None and phrases.MADE.fullmatch(self._line.plain, verb.start(), self._start) is not None
        if self._is_asked or self._is_passed or (verb is not None and not made and verb.start() > self._first + 2):
            return ()
        last = min(self._line.sentence_at(self._start)[1], self._end + _REACH)
        said = _BY.finditer(self._line.plain, self._end, last)
        return next((names for by in said if (names := _subject_by(self._line.plain, by, self._home))), ())

    def above_the_verb(self) -> Names:
        """甲委 乙局 as a line of its own, 关于印发《…》的通知 in the next."""
        if _CARRIES_ON.fullmatch(self._line.plain, 0, self._start) is None:
            return ()
        above = line_above(self._paper, self._line)
        return subject_of(above, 0, len(above), self._home)

    def in_the_line_above(self) -> Names:
        """甲部印发 as a line of its own, 《…》 in the next."""
        if self._start > 1 or (verb := _VERB.search(above := line_above(self._paper, self._line))) is None:
            return ()
        return subject_of(above, 0, verb.start(), self._home)

    def asks_for_comment(self) -> Names:
        """证监会就《…》公开征求意见: its issuer, if nobody else is."""
        if not self._is_asked or phrases.ANSWERS.match(self._line.plain, self._end):
            return ()
        plain = self._line.plain
        stop = plain.rindex("就", self._first, self._start)
        return tuple(name for name in subject_of(plain, self._first, stop, self._home) if not name.endswith(PRESS))

    @property
    def says_we(self) -> bool:
        """我委会同甲局印发《…》, said by the body that holds the press conference."""
        return phrases.WE.search(self._line.plain, max(0, self._start - _NEAR), self._start) is not None


_BY = re.compile(
    rf"(?:由|已经|，经|以(?=[^，。；]{{2,12}}(?:文件|名义)))(?P<who>(?:[^，。；]{{2,30}}牵头，)?[^，。；]{{2,120}}?)(?P<verb>{ISSUES}|(?:研究)?制定)"
)


def _subject_by(plain: str, by: re.Match[str], home: HomePlace) -> Names:
    """由甲部、乙局印发, 已经甲部发布; who only agrees (已经国务院同意) issues nothing."""
    return () if phrases.PASSES.search(by["verb"]) else subject_of(plain, *by.span("who"), home)


_CARRIES_ON = re.compile(rf"\s*(?:关于)?{ISSUES}《")
_NEAR = 60

BESIDE = places_of(
    "issuer",
    ("behind the title", _Beside.behind_the_title, OUTRIGHT),
    ("before the verb", _Beside.before_the_verb, OUTRIGHT),
    ("above the verb", _Beside.above_the_verb, OUTRIGHT),
    ("in the line above", _Beside.in_the_line_above, OUTRIGHT),
    ("asks for comment", _Beside.asks_for_comment, LIKELY),
)
"""Where the issuer stands around a mention. A body that explains, hosts or is a source does not issue."""


class _Issued:
    """A document and the places of its text where its issuer may stand."""

    def __init__(self, paper: Paper, title: Title, home: HomePlace) -> None:
        self._paper = paper
        self._title = title
        self._home = home

    def in_its_title(self) -> Names:
        """国务院关于…的意见; 甲局等四部门关于…的意见: the other three sign at the end."""
        title = self._title.title
        about = title.find("关于")
        if about < 0 and (of_a_year := phrases.OF_A_YEAR.search(title)) is not None:
            about = of_a_year.start()
        about = 0 if title.startswith("〈") else about  # 〈国务院关于…的意见〉重点任务清单
        own = tuple(body.name for body in bodies_in(title, HomePlace(), 0, about)) if about > 1 else ()
        if own and "部门关于" in title:
            own += _signing_bodies(self._paper, self._home)
        return tuple(dict.fromkeys(own))

    def beside_a_mention(self) -> Names:
        """The bodies beside a mention of the title: the first that names any, or a later one that names those and more.

        甲部举行发布会，介绍《…》。近日，甲部、乙局联合印发《…》: the host is one of the two.
        """
        best: Names = ()
        surest = 0.0
        for line, at in islice(_mentions(self._paper, self._title.title), _MOST_MENTIONS):
            beside = _Beside(self._paper, line, at, at + len(self._title.title), self._home)
            if (placed := first_found(BESIDE, beside)) is None:
                continue
            rule, found = placed
            if beside.says_we:
                found = tuple(dict.fromkeys((*speakers_of(self._paper, self._home), *found)))
            self._paper.note(line.p, at, at + len(self._title.title), rule.title, "、".join(found))
            if rule.confidence > surest or (rule.confidence == surest and set(found) > set(best)):
                best, surest = found, rule.confidence
        told = self._by_its_alias
        return told if set(told) > set(best) else best

    @property
    def _by_its_alias(self) -> Names:
        """《意见》由甲部、乙局印发, where 《意见》 is what the text calls the title."""
        aliases = _aliases_of(self._paper, self._title.title)
        for line in self._paper.lines:
            plain = line.plain
            given = (_passive_issuing(plain, alias) for alias in aliases) if "由" in plain else ()
            if (by := next((match for match in given if match), None)) is not None:
                return _subject_by(plain, by, self._home)
            if (found := _issued_above(plain)) is not None:
                return subject_of(plain, *found.span(1), self._home)
        return ()

    def in_the_heading(self) -> Names:
        """The article's own title says who issues it."""
        heading = self._paper.title
        verb = _VERB.search(heading)
        if verb is None or phrases.PASSES.search(verb[0]) or "《" not in heading[verb.end() :]:
            return ()
        if _bare(self._title.title)[:_TELLING] not in _bare(heading):
            return ()
        return subject_of(heading, 0, verb.start(), self._home)

    def signs(self) -> Names:
        """The signature of a document printed whole."""
        title = self._title
        if title.p < 0:
            return ()
        text = self._paper.lines[title.p].text
        return _signing_bodies(self._paper, self._home) if "《" not in text or phrases.SENT_OUT.search(text) else ()


ISSUERS = places_of(
    "issuer",
    ("in the title", _Issued.in_its_title, OUTRIGHT),
    ("beside a mention", _Issued.beside_a_mention, OUTRIGHT),
    ("in the article's title", _Issued.in_the_heading, LIKELY),
    ("the signature", _Issued.signs, GUESS),
)
"""Where the issuers of a document are named; the first place that names any decides."""


def issuers_of(paper: Paper, title: Title, home: HomePlace) -> Names:
    """Who issues the document, in the order of the text; empty where the text does not say."""
    placed = first_found(ISSUERS, _Issued(paper, title, home))
    if placed is None:
        return ()
    rule, names = placed
    paper.note(title.p, title.start, title.end, rule.title, "、".join(names))
    return names


_TELLING = 12
"""Characters of a title that tell it from others."""


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _mentions(paper: Paper, key: str) -> Iterator[tuple[Line, int]]:
    """Every place of the title in the text."""
    for line in paper.lines:
        at = line.text.find(key)
        while at >= 0:
            yield line, at
            at = line.text.find(key, at + len(key))


def _aliases_of(paper: Paper, key: str) -> tuple[str, ...]:
    """The names that the text has for the title: 《key》（以下简称《意见》）, else its last word or two."""
    for line, at in _mentions(paper, key):
        if (called := phrases.CALLED.match(line.text, at + len(key))) is not None:
            return (called[1],)
    kind = phrases.KIND_OF.search(key)
    return tuple(dict.fromkeys((kind[0], kind[0][-2:], "该文件"))) if kind else ()


_ABOVE_NAMED = re.compile(rf"(?:^|(?<=[。，]))([^；，。]{{2,120}}?){ISSUES}了?{phrases.THAT.pattern}")


def _issued_above(plain: str) -> re.Match[str] | None:
    named = "该" in plain or "上述" in plain or "这" in plain  # few paragraphs have 该方案: 0.1 µs instead of 0.8
    return _ABOVE_NAMED.search(plain) if named and phrases.THAT.search(plain) else None


def _passive_issuing(plain: str, alias: str) -> re.Match[str] | None:
    """《意见》由甲部、乙局印发; 意见近日由… at the head of a clause."""
    at = plain.find(alias)
    while at >= 0:
        by = phrases.PASSIVE.match(plain, at + len(alias))
        opens = plain[at - 1 : at] in ("《", "该", "。", "，", "") or alias[0] == "该"
        if by is not None and opens and (found := _BY.match(plain, by.end())) is not None:
            return found
        at = plain.find(alias, at + 1)
    return None


_SIGNS = 60
"""Characters of a line that a signature fills at most."""


def _signing_bodies(paper: Paper, home: HomePlace) -> Names:
    """A body alone in its paragraph, or the head 国务院关于印发…的通知."""
    names: dict[str, None] = {}
    for line in paper.lines:
        if len(line.text) > _SIGNS:
            continue
        text = line.plain.strip()
        bodies = bodies_in(text, home)
        if not bodies or bodies[0].start:
            continue
        ends = bodies[-1].end == len(text)
        if ends or text.startswith("关于", bodies[0].end):
            names.update(dict.fromkeys(body.name for body in bodies if body.start == 0 or ends))
            if line.p < 3:
                break
    return tuple(names)
