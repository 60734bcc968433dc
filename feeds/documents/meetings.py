"""Reports of meetings that deal with several matters, of which a document is only one.

国务院常务会议 研究稳就业举措，听取汇报，讨论通过《流通条例（草案）》: the paragraphs behind are not of this document,
except those that name it. A meeting that deals with a document alone is as any other article about it.
"""

import re

from feeds.model import Article, Document

_MEETING = re.compile(
    "(?:常务|部务|局务|办公|全体|党组|政治局|委员会|主席团)[^，。；]{0,6}会议?|会议[^，。；]{0,12}召开"
)
_MATTER = re.compile("研究|听取|讨论|审议|部署|通报|传达")
_FIRST = 2  # paragraphs in which a report says what the meeting dealt with


def is_of_several_matters(article: Article) -> bool:
    """Whether the article reports a meeting that dealt with two matters or more."""
    opening = [article.title, *article.paragraphs[:_FIRST]]
    return any(len(set(_MATTER.findall(_agenda_of(text)))) > 1 for text in opening)


def _agenda_of(text: str) -> str:
    """The sentence that names a meeting, from there on; "" if none does."""
    found = _MEETING.search(text)
    return text[found.start() :].partition("。")[0] if found else ""


def is_named_in(document: Document, paragraph: str) -> bool:
    """Whether a paragraph of such a report speaks of the document."""
    return document.title in paragraph or ("草案" in document.title and "草案" in paragraph)
