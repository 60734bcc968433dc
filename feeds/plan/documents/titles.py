"""A document's title in the text, and which of those that a text gives are its documents."""

from typing import NamedTuple

from feeds.model import Span
from feeds.plan.clauses import Paper
from feeds.plan.lexicon import phrases


class Title(NamedTuple):
    """A document's title in the text: its stretch inside 《》, or the joined lines of a document quoted in full."""

    title: str
    p: int
    start: int
    end: int
    number: str | None = None
    told: bool = False
    """The text only speaks of it and does not say that it has come out."""

    @property
    def span(self) -> Span | None:
        """Where the title stands, None when only the article's own title has it."""
        return Span(self.p, self.start, self.end) if self.p >= 0 else None


def without_shortened_names(paper: Paper, titles: list[Title]) -> list[Title]:
    """Without 关于印发《甲》的通知 beside 甲 itself, and without a title that another only shortens."""
    kept = []
    for title in titles:
        if _is_a_base(paper, title, titles):
            continue
        if any(other is not title and other.title != title.title and title.title in other.title for other in titles):
            continue
        kept.append(title)
    return kept


def _is_a_base(paper: Paper, title: Title, titles: list[Title]) -> bool:
    """会议通过《甲》，现将根据《甲》形成的《乙》提请审议: 甲, which nobody sends out here, is what 乙 is made from."""
    if len(titles) == 1:
        return False
    based = False
    at = paper.body.find(title.title)
    while at >= 0:
        end = at + len(title.title)
        if phrases.SENT.search(paper.body, max(0, at - 4), at):
            return False
        made = phrases.BASED.match(paper.body, end) if phrases.BASE.search(paper.body, max(0, at - 4), at) else None
        based = based or (made is not None and any(paper.body.startswith(other.title, made.end()) for other in titles))
        at = paper.body.find(title.title, end)
    return based


_HEAD = 40
"""Paragraphs in which a document's number may be printed."""


def with_its_number(paper: Paper, titles: list[Title]) -> list[Title]:
    """The first title with the 文号 that the text prints for it, not one that stands behind another title."""
    if not titles:
        return titles
    for line in paper.lines[:_HEAD]:
        if "号" in line.text and (match := phrases.NUMBER.search(line.text)) is not None:
            other = phrases.OF_ANOTHER.search(line.plain, 0, match.start())
            if other is None or other["title"] == titles[0].title:
                return [titles[0]._replace(number=match[0]), *titles[1:]]
    return titles
