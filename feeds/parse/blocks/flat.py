"""The lines of a text that is nothing but paragraphs, read without a tree.

Many feeds and posts have paragraphs without markup inside. For these the tree and the walk over it take 240 µs an
article, this takes 50. The lines are those of the walk (tests/parse/test_flat.py compares them).
"""

import re

from feeds.parse.blocks.lines import TextLine, line_of
from feeds.parse.safety import PARAGRAPH_LIMIT

_PARAGRAPH = re.compile(r"<p>([^<]*)</p>")
# lexbor changes a character 0 and cannot be given half of a pair.
_TEXT = "[^<>&\0\ud800-\udfff]"
_FLAT = re.compile(rf"\s*(?:<p>{_TEXT}*+</p>\s*)++")
_OPEN, _CLOSE = "<div>", "</div>"
_MOST = 2000  # paragraphs; the walk knows what to do with more


def flat_lines(markup: str) -> list[TextLine] | None:
    """The lines of paragraphs that stand alone or in one `div`; None for any other markup."""
    inside = markup.strip()
    if inside.startswith(_OPEN) and inside.endswith(_CLOSE):
        inside = inside[len(_OPEN) : -len(_CLOSE)]
    if _FLAT.fullmatch(inside) is None:
        return None
    texts = _PARAGRAPH.findall(inside)
    if len(texts) > _MOST or max(map(len, texts)) > PARAGRAPH_LIMIT:
        return None
    return [line for text in texts if (line := line_of([(text, False, False)])).text]
