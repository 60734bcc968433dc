"""A document that the page prints whole: its title is the page's own, or stands in the first lines."""

import re

from feeds.plan.clauses import Paper
from feeds.plan.documents.titles import Title
from feeds.plan.lexicon import pattern

_OPENING = pattern(
    r"^(?:[\u4e00-\u9fff、 ]{2,60}?"
    r"(?:等(?:<number>|\d){1,3}个?部门|部|委|局|院|厅|府|行|会|署|办|室|总局|中央|社|法院|集团|联|"
    r"银监会))(?:关于.+(?:的)?(?:<kind>|函))(?:（[^（）]{1,12}）)?$"
)
# A notice whose head leaves its body to the signature; the salutation below shows that it is printed whole.
_UNSIGNED = pattern(r"^关于[^。，]{4,60}的(?:<kind_of>?<kind>|函)(?:（[^（）]{1,12}）)?$")
_TO_WHOM = re.compile(r"^各[^。]{2,80}：$")
_ABOVE = re.compile(r"^[^｜|丨：]{1,8}[｜|丨]\s*")
_WHOLE = re.compile(r"[（(【]全文[）)】]$|全文$")
_NOW = re.compile(
    r"现将《([^。]{4,80}?)》(?:印发|发布|予以|公布|发给|转发)|《([^。《》]{4,80})》已[^。]{2,40}?，现(?:予)?(?:印发|发布|公布|转发)"
)


def printed_whole(paper: Paper) -> list[Title]:
    """A document printed whole: its title stands in the first lines, broken where the page broke it."""
    lines = paper.lines[:12]
    for line in lines:
        if (match := _NOW.search(line.plain)) is not None:
            start, end = match.span(match.lastindex or 0)
            return [Title(line.text[start:end], line.p, start, end)]
    heading = _WHOLE.sub("", _ABOVE.sub("", paper.title.strip()))
    if any(_TO_WHOM.match(line.plain.strip()) for line in lines):
        for line in lines[:4]:
            if _UNSIGNED.match(line.plain.strip()):
                return [Title(line.text.strip(), line.p, 0, len(line.text))]
        if _UNSIGNED.match(heading):
            return [Title(heading, -1, 0, 0)]
    if _OPENING.match(heading) and "《" not in heading:
        # 甲部 乙局关于…的通知 as the page's own title, the text under it.
        return [Title(heading, -1, 0, 0)]
    for first in lines[:4]:
        title = ""
        for line in lines[first.p : first.p + 4]:
            title += line.text.strip()
            if len(title) > 80 or "。" in title or "，" in title[:6]:
                break
            if _OPENING.match(title) and "《" not in title:
                return [Title(title, first.p, 0, len(first.text))]
    return []
