"""Where the documents of an article are found: one ordered table, of which the first source that gives any decides."""

import re
from functools import cached_property

from feeds.plan.clauses import Paper
from feeds.plan.documents import bare
from feeds.plan.documents.mentions import BEFORE, Mention, is_stale, told_of
from feeds.plan.documents.titles import Title, with_its_number, without_shortened_names
from feeds.plan.documents.whole import printed_whole
from feeds.plan.lexicon import phrases
from feeds.plan.rule import GUESS, LIKELY, OUTRIGHT, first_found, places_of

_MOST = 40
"""Documents an article may have; a page with more is a list of titles."""
_TELLS = 12
"""Paragraphs in which an article tells of what it has named."""
_SHORTEST, _LONGEST = 4, 90
"""Characters of a title."""


class Sources:
    """The documents of an article, by where they are found; each is looked for when it is asked for."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    @cached_property
    def _inside_marks(self) -> dict[str, list[Title]]:
        """The titles inside 《》 by what is told of them, in the order in which they are named."""
        found: dict[str, dict[str, Title]] = {"news": {}, "cited": {}, "passing": {}}
        for line in self.paper.lines:
            if len(found["news"]) >= _MOST:
                break
            for start, end in line.titles:
                title = line.text[start:end]
                if title in found["news"] or not _is_title(title) or phrases.PRESS.search(title):
                    continue
                found[told_of(self.paper, line, start, end)][title] = Title(title, line.p, start, end)
        return {told: list(titles.values()) for told, titles in found.items()}

    def told_inside_marks(self) -> list[Title]:
        """Those inside 《》 that have come out, with those that stand bare beside them and those of other places."""
        news = self._inside_marks["news"]
        found: dict[str, Title] = {}
        for title in (*news, *bare.beside_marked(self.paper, news), *self.of_several_places()) if news else ():
            found.setdefault(title.title, title)
        return list(found.values())

    def of_several_places(self) -> list[Title]:
        """《甲省规划》提出…。《乙省规划》提出…: a round-up is about the documents of all its places."""
        news = self._inside_marks["news"]
        passing = [title for title in self._inside_marks["passing"] if _speaks(self.paper, title)]
        places = [place[0] for title in (*news, *passing) if (place := phrases.PROVINCE.match(title.title)) is not None]
        return passing if len(set(places)) > 1 else []

    def cited_with_alias(self) -> list[Title]:
        """Those inside 《》 that are cited, but have an alias."""
        return self._inside_marks["cited"]

    def unnamed_notice(self) -> list[Title]:
        """根据《甲部关于…的公告》, where 甲部 has just issued a notice that is not named."""
        if not any(phrases.UNNAMED.search(line.plain) for line in self.paper.lines[:_OPENS]):
            return []
        return [title for title in self._inside_marks["passing"] if phrases.NAMES_ITS_ISSUER.match(title.title)][:1]

    def taken_up(self) -> list[Title]:
        """以《甲规划》为引领，…。规划提出…: the one title of the opening whose kind says something later."""
        named = [title for title in self._inside_marks["passing"] if self._is_named_first(title)]
        for line in self.paper.lines[:_TELLS] if named else ():
            for match in phrases.TAKEN_UP.finditer(line.plain):
                fitting = [title for title in named if _ends_in(title, match["kind"])]
                if len(fitting) == 1 and (fitting[0].p, fitting[0].start) < (line.p, match.start()):
                    return fitting
        return []

    def _is_named_first(self, title: Title) -> bool:
        line = self.paper.lines[title.p]
        mention = Mention(self.paper, line, title.start, title.end)
        return title.p < _OPENS and mention.has_kind and not mention.is_cited and not mention.is_stale


SOURCES = places_of(
    "document",
    ("told inside 《》", Sources.told_inside_marks, OUTRIGHT),
    ("printed whole", lambda sources: printed_whole(sources.paper), OUTRIGHT),
    ("of several places", Sources.of_several_places, LIKELY),
    ("beside an unnamed notice", Sources.unnamed_notice, LIKELY),
    ("cited with an alias", Sources.cited_with_alias, LIKELY),
    ("the article's own title", lambda sources: _from_heading(sources.paper), LIKELY),
    ("subject of the opening", lambda sources: _spoken_of(sources.paper), GUESS),
    ("taken up by its kind", Sources.taken_up, GUESS),
    ("a full name beside a short one", lambda sources: bare.beside_a_short_name(sources.paper), OUTRIGHT),
    ("issued without 《》", lambda sources: bare.issued_bare(sources.paper), LIKELY),
    ("the government's report", lambda sources: bare.report_given(sources.paper), OUTRIGHT),
)
"""The first that gives a document decides. Where one has come out, a document that is only cited does not count."""


def titles_of(paper: Paper) -> list[Title]:
    """The documents of the article, in the order in which they are named."""
    placed = first_found(SOURCES, Sources(paper))
    if placed is None:
        return []
    rule, named = placed
    found = without_shortened_names(paper, named)
    for title in found:
        paper.note(title.p, title.start, title.end, rule.title, title.title)
    return with_its_number(paper, found)


def _speaks(paper: Paper, title: Title) -> bool:
    """A place's document is the subject of its sentence: 《甲省规划》提出."""
    line = paper.lines[title.p]
    opens = line.sentence_at(title.start)[0] == title.start - 1 and phrases.PROVINCE.match(title.title) is not None
    return (
        opens
        and phrases.SAYS.match(line.plain, title.end) is not None
        and phrases.TITLE_KIND.search(title.title) is not None
    )


def _ends_in(title: Title, kind: str) -> bool:
    return re.sub("[（(][^（()）]*[)）]$", "", title.title).endswith(kind)


def _is_title(text: str) -> bool:
    return _SHORTEST <= len(text) <= _LONGEST and phrases.KINDS_ALONE.match(text) is None


def _from_heading(paper: Paper) -> list[Title]:
    for match in re.finditer(r"《([^《》]{4,80})》", paper.title):
        title = match[1]
        before, following = paper.title[: match.start()], paper.title[match.end() :]
        if phrases.KINDS_ALONE.match(title) or phrases.TITLE_KIND.search(title) is None:
            continue
        if BEFORE.search(before) or phrases.EXPLAINS.search(before) or phrases.SENT_BEHIND.match(following):
            for line in paper.lines:
                at = line.text.find(title)
                if at >= 0:
                    return [Title(title, line.p, at, at + len(title))]
            return [Title(title, -1, 0, 0)]
    return []


_OPENS = 3
"""Paragraphs in which an article comes to what it is about."""
_SUBJECT = 30
"""Characters before a title that is its sentence's subject (据介绍，《甲》…)."""


def _spoken_of(paper: Paper) -> list[Title]:
    for line in [line for line in paper.lines[:8] if "。" in line.text][:_OPENS]:
        for start, end in line.titles:
            title = line.text[start:end]
            first, _ = line.sentence_at(start)
            if not _is_title(title) or phrases.TITLE_KIND.search(title) is None:
                continue
            before = line.plain[first : start - 1]
            is_subject = len(phrases.SOURCE.split(before)[-1]) <= _SUBJECT and not phrases.CITES.search(before)
            if is_subject and phrases.SAYS.match(line.plain, end):
                return [] if is_stale(paper, line, start) else [Title(title, line.p, start, end, told=True)]
    return []
