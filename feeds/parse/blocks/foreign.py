"""Elements of a page that are not its text: adverts, tools, related links, hidden parts.

The name of an element is not proof. If nearly all sentences are in elements that a name or a style would leave out,
these elements are the text: WeChat hides an article until a script shows it, and a site may call its text
`share-content`. So the walk keeps a list of what it leaves out (`Omission`), and `omissions_with_text` finds those that
are the text.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from feeds.parse.blocks.inline import Attributes
from feeds.parse.blocks.lines import TextLine

# Whole words of an element's class and id. Sina's own: appendQr_wrap and app-kaihu-qr (QR adverts), tech-quotation and
# new_style_article (promotion before the text), hqimg and ct_hqimg (quote charts), BSHARE and page-tools (sharing),
# a-p-* (player), article-bottom, keywords; left_hzh_ad and sinaads.
_FOREIGN_WORD = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w{0,12}|sinaads|adbox|banner|qr|qrcode|appendqr|kaihu|erweima|ewm|weixin|wechat|guba"
    r"|share|bshare|bdshare|tools?|toolbar|quotation|hqimg|player|video|videolist\d{0,3}|comments?|cmnt|relat\w{1,8}|relevent"
    r"|recommend\w{0,8}|tuijian|hotnews|keywords?|tags?|copyright|disclaimer|statement|breadcrumbs?|nav|footer|popup|subscribe"
    r"|new_style_article|article-bottom|tonglan|promo\w{0,8}|hidden|hide)(?=$|[\s_-])",
    re.IGNORECASE,
)
_FOREIGN_AD = re.compile(r"(?:^|[\s_-])(?:left_hzh_ad|a-p-\w{1,8}|J_Play\w{0,16}|artical-player-wrap)", re.IGNORECASE)
_QUOTE_FILL = re.compile(r"quote_\w{1,24}$")
_EDITOR_WORD = re.compile(r"(?:^|\s)(?:article-editor|show_author|article_editor)(?:$|\s)")
_EDITOR_LIMIT = 200  # characters of a line that names an editor
_UNSEEN = re.compile(
    r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden|opacity\s{0,4}:\s{0,4}0(?:\.0{1,4})?\s{0,4}(?:;|!|$)"
    r"|font-size\s{0,4}:\s{0,4}0(?:px|em|pt|rem)?\s{0,4}(?:;|!|$)",
    re.IGNORECASE,
)
_PROMOTION = re.compile(r"guba|(?:^|_)ad(?:_|$)|ad_content|recommend|share", re.IGNORECASE)
_NEEDS_SCRIPT = re.compile(r"java\s?script|浏览器|脚本|browser", re.IGNORECASE)
# Comments and other articles also have sentences, often more than a short text.
_OTHERS_WORDS = re.compile(
    r"comment|cmnt|relat|relevent|recommend|tuijian|hotnews|nav|footer|video|popup", re.IGNORECASE
)
_LEFT_OUT = frozenset({"nav", "aside", "footer"})
_WITHHELD = frozenset({"noscript", "template", "textarea", "dialog"})

_PROSE = re.compile(r"[。！？；]|[.!?](?:\s|$)")
_LONG = 40  # characters; so long a line counts as a sentence without a full stop
_HEAVIER = 3  # times the sentences outside; then an omitted element is the text
_MUCH_HEAVIER = 8


@dataclass(frozen=True, slots=True)
class Omission:
    """An element that the walk leaves out. Elements that are left out for one cause have the same `reason`."""

    node: LexborNode
    reason: str


def omission_of(tag: str, attributes: Attributes, names: str) -> str:
    """The reason to leave out an element, or "" if it must not be left out. `names` are its class and id."""
    if tag in _LEFT_OUT:
        return tag
    if "data-is" in attributes:
        meaning = attributes["data-is"] or ""
        if meaning in _WITHHELD and not (meaning == "dialog" and "open" in attributes):
            return meaning
    if "hidden" in attributes or ((style := attributes.get("style")) and _UNSEEN.search(style)):
        return "unseen"
    inline = tag == "span"
    # A word inside a sentence belongs to it, whatever its class is (links to stocks are `keyword`).
    if names != " " and not inline and tag != "p" and (_FOREIGN_WORD.search(names) or _FOREIGN_AD.search(names)):
        return f"named {names}"
    if not inline and _PROMOTION.search(attributes.get("data-sudaclick") or ""):
        return "promotion"
    return ""


def is_quote_fill(names: str) -> bool:
    """Whether a script fills the element with the price of a stock."""
    return "quote_" in names and _QUOTE_FILL.search(names) is not None


def editors_of(node: LexborNode, names: str) -> str | None:
    """The line of an element that the page marks as the editors' line, None for other elements."""
    if not _EDITOR_WORD.search(names):
        return None
    text = " ".join(node.text().split())
    return text if len(text) <= _EDITOR_LIMIT else None


def omissions_with_text(
    lines: list[TextLine], omissions: list[Omission], lines_of: Callable[[LexborNode], list[TextLine]]
) -> list[LexborNode]:
    """The omitted elements that contain nearly all sentences. `lines` are the lines without them."""
    visible = sum(len(line.text) for line in lines if not line.linked)
    groups: dict[str, list[LexborNode]] = {}
    for omission in omissions:
        groups.setdefault(omission.reason, []).append(omission.node)
    outside: int | None = None
    for reason, nodes in groups.items():
        if sum(len(node.text()) for node in nodes) <= visible // 2:
            continue
        if outside is None:
            outside = prose_length(lines)
        inner = [line for node in nodes for line in lines_of(node)]
        if reason == "noscript" and any(_NEEDS_SCRIPT.search(line.text) for line in inner[:3]):
            continue
        others = _OTHERS_WORDS.search(reason) is not None
        if prose_length(inner) > outside * (_MUCH_HEAVIER if others else _HEAVIER):
            return nodes
        if not visible and not others and sum(len(line.text) for line in inner if not line.linked) > _LONG:
            return nodes
    return []


def is_richer(lines: list[TextLine], others: list[TextLine]) -> bool:
    """Whether the lines have more sentences than the others, or the others are empty."""
    return prose_length(lines) > prose_length(others) or not others


def prose_length(lines: Iterable[TextLine]) -> int:
    """The number of characters in sentences. Links and short lines without a full stop do not count."""
    return sum(
        len(line.text) for line in lines if not line.linked and (len(line.text) >= _LONG or _PROSE.search(line.text))
    )
