"""A document that the page prints whole: its title is the page's own, or stands in the first lines."""

from feeds.plan.clauses import Paper
from feeds.plan.documents.titles import Title
from feeds.plan.lexicon import phrases


def printed_whole(paper: Paper) -> list[Title]:
    """A document printed whole: its title stands in the first lines, broken where the page broke it."""
    lines = paper.lines[:12]
    for line in lines:
        if (match := phrases.NOW.search(line.plain)) is not None:
            start, end = match.span(match.lastindex or 0)
            return [Title(line.text[start:end], line.p, start, end)]
    heading = phrases.WHOLE.sub("", phrases.ABOVE.sub("", paper.title.strip()))
    if any(phrases.TO_WHOM.match(line.plain.strip()) for line in lines):
        for line in lines[:4]:
            if phrases.UNSIGNED.match(line.plain.strip()):
                return [Title(line.text.strip(), line.p, 0, len(line.text))]
        if phrases.UNSIGNED.match(heading):
            return [Title(heading, -1, 0, 0)]
    if phrases.OPENING.match(heading) and "《" not in heading:
        # 甲部 乙局关于…的通知 as the page's own title, the text under it.
        return [Title(heading, -1, 0, 0)]
    for first in lines[:4]:
        title = ""
        for line in lines[first.p : first.p + 4]:
            title += line.text.strip()
            if len(title) > 80 or "。" in title or "，" in title[:6]:
                break
            if phrases.OPENING.match(title) and "《" not in title:
                return [Title(title, first.p, 0, len(first.text))]
    return _above_chapters(paper)


def _above_chapters(paper: Paper) -> list[Title]:
    """某市教育局2024年工作要点 as the first line, with 一、 and 二、 below it."""
    first = next((line for line in paper.lines[:2] if phrases.TITLED.fullmatch(line.plain.strip())), None)
    if first is None or sum(phrases.CHAPTER.match(line.plain) is not None for line in paper.lines[:_HEAD]) < _CHAPTERS:
        return []
    return [Title(first.text.strip(), first.p, 0, len(first.text))]


_HEAD = 80
"""Paragraphs in which a document's chapters begin."""
_CHAPTERS = 2
"""Chapters that show that a page prints the document that its first line names."""
