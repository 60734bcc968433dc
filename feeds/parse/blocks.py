"""The walk: a tame tree to lines of text with their kind, in document order, each element visited once.

What is foreign by its place in the page (advert, QR code, player, quote fill, tools, related links) is left out here;
what is foreign by what it says is judged afterwards, line by line, in `bylines`.
"""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from feeds.model import BlockKind
from feeds.parse.safety import PARAGRAPH_LIMIT, visible

LINES_LIMIT = 5_000
# A table cell with more text than this places columns on a page; it holds no datum.
_LAYOUT_CELL = 400

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
_CAPTION_WORD = re.compile(r"(?:^|\s)(?:img_descr|legend|img-caption|pic-desc|caption)(?:$|\s)")
_UNSEEN = re.compile(r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s{0,4}:\s{0,4}(?:bold|[6-9]00)", re.IGNORECASE)
_PROMOTION = re.compile(r"guba|(?:^|_)ad(?:_|$)|ad_content|recommend|share", re.IGNORECASE)

_BLOCKS = frozenset({"div", "p", "ul", "ol", "table", "tbody", "html", "body"})
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_SKIPPED = frozenset({"nav", "aside", "footer", "title", "meta", "img", "hr", "-comment", "head"})


@dataclass(slots=True)
class Line:
    """One line as the page gives it: not yet judged. `linked` says that all of it is a link."""

    text: str
    kind: BlockKind = "text"
    level: int = 0
    strong: list[tuple[int, int]] = field(default_factory=list)
    linked: bool = False

    @property
    def bold(self) -> bool:
        """Whether every letter of it is bold."""
        return bool(self.strong) and self.strong[0][0] == 0 and self.strong[-1][1] == len(self.text)


@dataclass(slots=True)
class Harvest:
    """What the walk brings home: the lines of the text and, apart, what the page marks as editors' lines."""

    lines: list[Line] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)


def harvest_of(root: LexborNode) -> Harvest:
    """The lines below `root`, which is itself not judged."""
    walk = _Walk()
    walk.children(root)
    walk.flush()
    return walk.harvest


class _Walk:
    """One walk down one tree; the tree is shallow (see `markup`), so it may recurse."""

    def __init__(self) -> None:
        self.harvest = Harvest()
        self.pieces: list[tuple[str, bool, bool]] = []
        self.kind: BlockKind = "text"
        self.level = 0
        self.strong = False
        self.linked = False
        self.lists = 0

    def children(self, node: LexborNode) -> None:
        child = node.child
        while child is not None:
            tag = child.tag
            if tag == "-text":
                self.pieces.append((child.text_content or "", self.strong, self.linked))
            elif tag == "br":
                self.flush()
            elif tag not in _SKIPPED:
                self.element(child, tag or "")
            child = child.next

    def element(self, node: LexborNode, tag: str) -> None:
        attributes = node.attributes
        if attributes and self._foreign(node, attributes):
            return
        if tag == "span":
            self._inline(node, attributes)
        elif tag == "tr":
            self._row(node)
        elif tag == "li":
            self._block(node, "item", max(self.lists, 1))
        elif tag in _HEADINGS:
            self._block(node, "heading", _HEADINGS[tag])
        elif tag in ("figcaption", "caption"):
            self._block(node, "caption", 0)
        elif tag in ("ul", "ol"):
            self.lists += 1
            self._block(node, "text", 0)
            self.lists -= 1
        else:
            self._block(node, self.kind, self.level, attributes)

    def _foreign(self, node: LexborNode, attributes: dict[str, str | None]) -> bool:
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        inline = node.tag == "span"
        if names != " ":
            if "quote_" in names and _QUOTE_FILL.search(names):
                return True
            if _EDITOR_WORD.search(names):
                self.harvest.editors.append(" ".join(node.text().split()))
                return True
            # A word inside a sentence is the sentence's, whatever its class (stock links are `keyword`).
            if not inline and node.tag != "p" and (_FOREIGN_WORD.search(names) or _FOREIGN_AD.search(names)):
                return True
        if "hidden" in attributes or _UNSEEN.search(attributes.get("style") or ""):
            return True
        return not inline and bool(_PROMOTION.search(attributes.get("data-sudaclick") or ""))

    def _inline(self, node: LexborNode, attributes: dict[str, str | None]) -> None:
        if _CAPTION_WORD.search(attributes.get("class") or ""):
            self._block(node, "caption", 0)
            return
        before = self.strong, self.linked
        self.strong = self.strong or _is_bold(attributes)
        self.linked = self.linked or "href" in attributes
        self.children(node)
        self.strong, self.linked = before

    def _block(
        self, node: LexborNode, kind: BlockKind, level: int, attributes: dict[str, str | None] | None = None
    ) -> None:
        self.flush()
        before = self.kind, self.level, self.strong, self.linked
        if attributes:
            if _CAPTION_WORD.search(f"{attributes.get('class') or ''} {attributes.get('cms-style') or ''}"):
                kind = "caption"
            self.strong = self.strong or _is_bold(attributes)
        self.kind, self.level = kind, level
        self.children(node)
        self.flush()
        self.kind, self.level, self.strong, self.linked = before

    def _row(self, row: LexborNode) -> None:
        """One line a table row. A row that only places columns is read as ordinary text."""
        self.flush()
        cells = []
        child = row.child
        while child is not None:
            if child.tag in ("td", "th"):
                cells.append(child)
            child = child.next
        if len(cells) == 1:
            self._block(cells[0], self.kind, self.level)
            return
        contents = [harvest_of(cell).lines for cell in cells]
        texts = [" ".join(line.text for line in lines) for lines in contents]
        if max(map(len, texts), default=0) > _LAYOUT_CELL:
            for lines in contents:
                for line in lines:
                    self._keep(line)
        elif any(texts):
            self._keep(Line(" | ".join(texts)[:PARAGRAPH_LIMIT].rstrip(), "row"))

    def flush(self) -> None:
        """Ends the line that is being gathered."""
        if self.pieces:
            line = _line_of(self.pieces)
            self.pieces = []
            if line.text:
                line.kind, line.level = self.kind, self.level
                self._keep(line)

    def _keep(self, line: Line) -> None:
        if len(self.harvest.lines) < LINES_LIMIT:
            self.harvest.lines.append(line)


def _is_bold(attributes: dict[str, str | None]) -> bool:
    return (
        "data-b" in attributes
        or "strong-Bold" in (attributes.get("cms-style") or "")
        or bool(_BOLD_STYLE.search(attributes.get("style") or ""))
    )


def _line_of(pieces: list[tuple[str, bool, bool]]) -> Line:
    """Joins pieces: white space collapses across their borders, and offsets of bold stretches follow."""
    line = Line("", linked=True)
    words: list[str] = []
    strong = line.strong
    size = 0
    linked = False
    spaced = True  # no space at the start
    for raw, bold, link in pieces:
        text = visible(raw)
        body = " ".join(text.split())
        if text and not spaced and text[0].isspace():
            words.append(" ")
            size += 1
            spaced = True
        if not body:
            continue
        words.append(body)
        if bold and strong and strong[-1][1] == size:
            strong[-1] = (strong[-1][0], size + len(body))
        elif bold:
            strong.append((size, size + len(body)))
        size += len(body)
        linked = linked or link
        line.linked = line.linked and (link or not any(map(str.isalnum, body)))
        spaced = text[-1].isspace()
        if spaced:
            words.append(" ")
            size += 1
    line.linked = line.linked and linked
    line.text = "".join(words).rstrip()[:PARAGRAPH_LIMIT]
    if strong:
        end = len(line.text)
        line.strong = [(start, min(stop, end)) for start, stop in strong if start < end]
    return line
