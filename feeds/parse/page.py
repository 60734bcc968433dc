"""From an article page, or a text in a feed, to a `Reading`: tame the markup, build the tree, walk it once.

Sina has had four layouts since 2014, and all are still online. In a page of another site, the text is the element with
the most text in paragraphs. The metadata of a page come before the facts in its lines.
"""

import re
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feeds.attachments import ATTACHMENTS_LIMIT
from feeds.identity import docid_of
from feeds.marks import BULLETS, DIGITS, ORDINAL
from feeds.model import Block, Page, Reading
from feeds.parse.attachments import attachments_of_links, is_file_address, is_named_attachment, may_name_attachments
from feeds.parse.blocks import walk_tree
from feeds.parse.blocks.flat import flat_lines
from feeds.parse.blocks.inline import node_text
from feeds.parse.blocks.lines import TextLine
from feeds.parse.blocks.pictures import caption_of
from feeds.parse.bylines import Facts, article_lines, learn_editor
from feeds.parse.dates import time_of
from feeds.parse.encoding import text_of
from feeds.parse.markup import tame_html, verbatim_html
from feeds.parse.safety import TITLE_LIMIT, clean, link_of

# First Sina's four layouts, then the names that WeChat and government sites use.
_BODIES = (
    "#artibody",
    "#article",
    "div.article",
    ".art_content",
    "#js_content",
    "#UCAP-CONTENT",
    ".TRS_Editor",
    "#zoom",
)
_BODY_FALLBACK = (".article-content", "#content", ".content", "#main")
_TITLES = ("h1.main-title", "h1#artibodyTitle", "h1.art_tit_h1", "h1")
_CLOCKS = (".date-source .date", "#pub_date", ".time-source", ".weibo_time", ".article-time", ".pub-time", ".date")
_ORIGINS = (".date-source .source", "#media_name", ".weibo_user", "[data-sudaclick=media_name]", ".ent-source")
_KEYWORDS = ("#keywords span[href]", ".keywords span[href]", ".article-keywords span[href]", ".art_keywords span[href]")
_SITE_NAME = re.compile(r"(?:[_|\-－—]\s{0,3}(?:手机)?(?:新浪|东方财富|网易|搜狐|凤凰)\w{0,8}){1,3}\s{0,3}$")
_RUNS_ON = re.compile(r"[。；…，、：:;]\W{0,3}$")
_OUTLINE = (
    (re.compile(f"{ORDINAL}、"), 1),
    (re.compile(f"[（(]{ORDINAL}[）)]"), 2),
    (re.compile(f"第[{DIGITS}百]{{1,4}}[章节编篇]"), 1),
)
_BULLET = re.compile(rf"[{BULLETS}]\s{{0,3}}\S")
_HEADING_LIMIT = 40
_HTML = re.compile(r"<(?:!doctype|html|head|body|meta|div|p|br|table|span)\b", re.IGNORECASE)
_HEAD = 2_000
Links = list[tuple[str, str]]
"""Addresses as written, each with the words of its link."""


def reading_of_page(page: Page) -> Reading:
    """The reading of an article page. `blocks` is empty if it has no text."""
    markup = tame_html(_markup(page))
    tree = LexborHTMLParser(markup)
    metas = _metas(tree)
    facts = Facts()
    root = _body(tree)
    blocks, files = _blocks(root, facts) if root is not None else ((), [])
    if may_name_attachments(markup):
        files += _named_files(tree)
    for node in tree.css(".article-editor, .show_author"):
        learn_editor(clean(node.text()), facts)
    for node in tree.css(".date-source .date")[1:]:
        if shown := clean(node.text(), TITLE_LIMIT).partition("作者：")[2]:
            facts.learn(author=shown)
    url = _address(metas, page)
    published = _publication_time(tree, metas, page.fetched)
    updated = time_of(_first(metas, "weibo: article:update_at", "article:modified_time"), page.fetched)
    return Reading(
        blocks=blocks,
        title=_title(tree, metas),
        origin=_origin(tree, metas) or clean(facts.origin, TITLE_LIMIT),
        author=clean(facts.author, TITLE_LIMIT),
        editor=clean(facts.editor, TITLE_LIMIT),
        keywords=_keywords(tree, metas),
        published=published,
        updated=updated if updated and (published is None or updated >= published) else None,
        headimg=link_of(_first(metas, "og:image")),
        docid=docid_of(f"comos:{_first(metas, 'publishid')}", url),
        url=url,
        attachments=attachments_of_links(files, page.url or url),
    )


def _named_files(tree: LexborHTMLParser) -> Links:
    """The files of a page that are named as attachments (附件1：…): many sites put them below the text, not into it."""
    links = ((node.attributes["href"] or "", node) for node in tree.css("span[href]"))
    named = ((address, node.text()) for address, node in links if is_file_address(address))
    return list(islice(((address, words) for address, words in named if is_named_attachment(words)), ATTACHMENTS_LIMIT))


def _markup(page: Page) -> str:
    """The page as HTML. Plain text becomes HTML that keeps its line ends."""
    text = text_of(page.body, page.content_type)
    plain = page.content_type.partition(";")[0].strip().lower() in ("text/plain", "text/markdown")
    return verbatim_html(text) if plain and not _HTML.search(text[:_HEAD]) else text


def reading_of_body(html: str, url: str = "") -> Reading:
    """The reading of a text in a feed: its blocks and files, and origin, author and editor from its lines.

    `url` is the article's address, which completes those in the text.
    """
    facts = Facts()
    files: Links = []
    if (lines := flat_lines(html)) is not None:
        blocks = _blocks_of(lines, facts)
    else:
        tree = LexborHTMLParser(tame_html(html))
        root = tree.css_first("#artibody") or tree.body
        blocks, files = _blocks(root, facts) if root is not None else ((), [])
    return Reading(
        blocks=blocks,
        origin=clean(facts.origin, TITLE_LIMIT),
        author=clean(facts.author, TITLE_LIMIT),
        editor=clean(facts.editor, TITLE_LIMIT),
        attachments=attachments_of_links(files, url),
    )


def _blocks(root: LexborNode, facts: Facts) -> tuple[tuple[Block, ...], Links]:
    """The blocks below an element, and its links to files."""
    walked = walk_tree(root)
    for text in walked.editors:
        learn_editor(clean(text), facts)
    return _blocks_of(walked.lines, facts), walked.files


def _blocks_of(lines: list[TextLine], facts: Facts) -> tuple[Block, ...]:
    return tuple(_block(line) for line in _without_repeated_descriptions(article_lines(lines, facts)))


def _without_repeated_descriptions(lines: list[TextLine]) -> list[TextLine]:
    """The lines without descriptions of pictures that another line, such as the caption, repeats."""
    if not any(line.picture for line in lines):
        return lines
    captions = [line.text for line in lines if line.kind == "caption" and not line.picture]
    kept = []
    for number, line in enumerate(lines):
        if line.picture:
            around = (beside.text for beside in lines[max(number - 2, 0) : number + 3] if not beside.picture)
            if any(line.text in text or text in line.text for text in (*captions, *around) if text):
                continue
            captions.append(line.text)
        kept.append(line)
    return kept


def _block(line: TextLine) -> Block:
    kind, level = line.kind, line.level
    if line.picture:
        return Block(caption_of(line.text), kind, level)
    if kind == "text" and len(line.text) <= _HEADING_LIMIT and not _RUNS_ON.search(line.text):
        if line.bold:
            kind, level = "heading", 2
        for pattern, depth in _OUTLINE:
            if pattern.match(line.text):
                kind, level = "heading", depth
    if kind == "text" and _BULLET.match(line.text):
        kind, level = "item", 1
    return Block(line.text, kind, level, tuple(line.strong))


def _body(tree: LexborHTMLParser) -> LexborNode | None:
    for selector in _BODIES:
        if (node := tree.css_first(selector)) is not None and len(node.text(strip=True)) > 0:
            return node
    for selector in _BODY_FALLBACK:
        if (node := tree.css_first(selector)) is not None and len(node.css("p")) > 1:
            return node
    return _densest(tree)


def _densest(tree: LexborHTMLParser) -> LexborNode | None:
    """The element whose own paragraphs have the most text; the whole body if there are no paragraphs."""
    weights: dict[int, int] = {}
    best, most = tree.body, 0
    for paragraph in tree.css("p"):
        parent = paragraph.parent
        if parent is None:
            continue
        weight = weights[parent.mem_id] = weights.get(parent.mem_id, 0) + len(paragraph.text(strip=True))
        if weight > most:
            best, most = parent, weight
    return best


def _address(metas: dict[str, str], page: Page) -> str:
    """The address that the page gives as its own, unless it is on another site."""
    own, claimed = link_of(page.url), link_of(_first(metas, "og:url"), page.url)
    return claimed if claimed and (not own or _site_of(claimed) == _site_of(own)) else own


def _site_of(url: str) -> str:
    """The registered domain of a host, as well as it can be found without a list of suffixes."""
    labels = (urlsplit(url).hostname or "").split(".")
    return ".".join(labels[-3:] if labels[-2:-1] in (["com"], ["gov"], ["org"], ["net"]) else labels[-2:])


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """The content of each `meta` by its name. If a name is repeated, the first counts."""
    metas: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or ""
        metas.setdefault(name.strip().lower(), (attributes.get("content") or "").strip())
    return metas


def _first(metas: dict[str, str], *names: str) -> str:
    return next((metas[name] for name in names if metas.get(name)), "")


def _text_at(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        node = tree.css_first(selector)
        if node is not None and (text := clean(node_text(node, breaks=" "), TITLE_LIMIT)):
            return text
    return ""


def _title(tree: LexborHTMLParser, metas: dict[str, str]) -> str:
    if (
        title := _text_at(tree, _TITLES[:-1])
        or clean(_first(metas, "og:title"), TITLE_LIMIT)
        or _text_at(tree, ("h1",))
    ):
        return title
    # "标题|词|词_新浪财经_新浪网"
    return _SITE_NAME.sub("", _text_at(tree, ("title",))).split("|")[0].strip()


def _publication_time(tree: LexborHTMLParser, metas: dict[str, str], now: datetime | None) -> datetime | None:
    for name in ("article:published_time", "weibo: article:create_at", "og:release_date", "pubdate", "publishdate"):
        if moment := time_of(metas.get(name), now):
            return moment
    return time_of(_text_at(tree, _CLOCKS), now, field=False)


def _origin(tree: LexborHTMLParser, metas: dict[str, str]) -> str:
    if shown := _text_at(tree, _ORIGINS):
        return shown
    if author := clean(_first(metas, "article:author", "mediaid"), TITLE_LIMIT):
        return author
    # 2014–2016: text after the time, without an element.
    shown = _text_at(tree, (".time-source",))
    return re.sub(r"^\d{4}年\d{1,2}月\d{1,2}日\s?\d{1,2}[:：]\d{2}\s{0,3}", "", shown)


def _keywords(tree: LexborHTMLParser, metas: dict[str, str]) -> tuple[str, ...]:
    words = _first(metas, "keywords", "tags").replace("，", ",").split(",")
    for selector in _KEYWORDS:
        if nodes := tree.css(selector):
            words = [node.text() for node in nodes]
            break
    cleaned = dict.fromkeys(clean(word, 60) for word in words)
    title = _title(tree, metas)
    return tuple(word for word in cleaned if word and word not in (title, "sina.cn"))[:20]
