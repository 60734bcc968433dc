"""What of a page is not its text, judged by where it stands: adverts, tools, related links, hidden parts.

A name is no proof. Where nearly all the prose stands in what a name or a style would leave out, that is the text:
WeChat hides an article until a script shows it, and a site may call its body `share-content`. So the walk keeps what it
leaves out as `Omission`s, and `restored` says which of them are the text after all.
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
# Readers' remarks and other articles hold prose too, and often more of it than a short text does.
_OTHERS_WORDS = re.compile(
    r"comment|cmnt|relat|relevent|recommend|tuijian|hotnews|nav|footer|video|popup", re.IGNORECASE
)
_LEFT_OUT = frozenset({"nav", "aside", "footer"})
_WITHHELD = frozenset({"noscript", "template", "textarea", "dialog"})

_PROSE = re.compile(r"[。！？；]|[.!?](?:\s|$)")
_LONG = 40  # characters of a line that is prose without a full stop
_HEAVIER = 3  # times the prose outside, for what a name or a style leaves out
_MUCH_HEAVIER = 8


@dataclass(frozen=True, slots=True)
class Omission:
    """An element that the walk leaves out; `reason` is the same for those that one cause leaves out together."""

    node: LexborNode
    reason: str


def omission_of(tag: str, attributes: Attributes, names: str) -> str:
    """Why an element is no part of the text; "" where nothing speaks against it. `names` are its class and id."""
    if tag in _LEFT_OUT:
        return tag
    if "data-is" in attributes:
        said = attributes["data-is"] or ""
        if said in _WITHHELD and not (said == "dialog" and "open" in attributes):
            return said
    if "hidden" in attributes or ((style := attributes.get("style")) and _UNSEEN.search(style)):
        return "unseen"
    inline = tag == "span"
    # A word inside a sentence is the sentence's, whatever its class (stock links are `keyword`).
    if names != " " and not inline and tag != "p" and (_FOREIGN_WORD.search(names) or _FOREIGN_AD.search(names)):
        return f"named {names}"
    if not inline and _PROMOTION.search(attributes.get("data-sudaclick") or ""):
        return "promotion"
    return ""


def is_quote_fill(names: str) -> bool:
    """Whether the element is filled with a stock's price by a script."""
    return "quote_" in names and _QUOTE_FILL.search(names) is not None


def editors_of(node: LexborNode, names: str) -> str | None:
    """The editors' line that the page marks as one, None for any other element."""
    if not _EDITOR_WORD.search(names):
        return None
    text = " ".join(node.text().split())
    return text if len(text) <= _EDITOR_LIMIT else None


def restored(
    lines: list[TextLine], omissions: list[Omission], lines_of: Callable[[LexborNode], list[TextLine]]
) -> list[LexborNode]:
    """The omitted elements that hold nearly all the prose; `lines` are what is left without them."""
    visible = sum(len(line.text) for line in lines if not line.linked)
    groups: dict[str, list[LexborNode]] = {}
    for omission in omissions:
        groups.setdefault(omission.reason, []).append(omission.node)
    outside: int | None = None
    for reason, nodes in groups.items():
        if sum(len(node.text()) for node in nodes) <= visible // 2:
            continue
        if outside is None:
            outside = prose(lines)
        held = [line for node in nodes for line in lines_of(node)]
        if reason == "noscript" and any(_NEEDS_SCRIPT.search(line.text) for line in held[:3]):
            continue
        others = _OTHERS_WORDS.search(reason) is not None
        if prose(held) > outside * (_MUCH_HEAVIER if others else _HEAVIER):
            return nodes
        if not visible and not others and sum(len(line.text) for line in held if not line.linked) > _LONG:
            return nodes
    return []


def is_richer(lines: list[TextLine], others: list[TextLine]) -> bool:
    """Whether the lines hold more prose than the others, or anything where the others are none."""
    return prose(lines) > prose(others) or not others


def prose(lines: Iterable[TextLine]) -> int:
    """Characters of sentences; a link is none, nor is a short line without a stop."""
    return sum(
        len(line.text) for line in lines if not line.linked and (len(line.text) >= _LONG or _PROSE.search(line.text))
    )
