"""Whether the text of a page belongs to the article, or to a wall or an empty frame in front of it.

There are three tests: how long the text is, whether it fits the title and summary of the feed, and whether its words
are those of a wall. A text that fits its title is the article, whatever its length. If text and title have nothing in
common, the words decide, and then most of the text must consist of words of a wall.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

from feeds.answers import terms
from feeds.answers.terms import late
from feeds.folding import folded_text
from feeds.model import Article, Block, Entry, Instead

_LONGEST = 700  # words; a longer page is not a wall; each Chinese character is a word
_LONGEST_ALONE = 350  # the same if there is no title to compare with
_FEW = 90  # words; in a text up to this length the words of a wall need not be the majority
_HARDLY_ANY = 40  # words; up to this length the page's markup alone may show a wall
_SHORT = 200  # words; a text up to this length is short
_STATUS = 20  # words of an error that does not address the reader
_SHARED = 1500  # words; a text up to this length is compared with those of other addresses
_FOOTER_LINE, _MENU_LINE, _MENU = 120, 12, 120  # words of a line of a footer, of a line of a menu, of a menu
_PAGER = 3  # links to other pages that a list of articles has at least
_LOOK = 300  # characters at the beginning, which show a wall clearly
_SENTENCES = 3  # full stops; no footer has so many
_word = late(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_run = late(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]{3,}")
_sentence_end = late(r"[。！？!?；;]|\.(?:\s|$)")
_part = late(r"[。！？!?；;\n]+|\.\s")
_between_menu_words = late(r"[\s|｜·>»/]+")
_COMMON = frozenset(
    {"关于", "印发", "发布", "通知", "公告", "工作", "the", "and", "for", "with", "from", "that", "this"}
)
_FITTING, _ENOUGH = 0.25, 4  # share, or number, of the title's pairs that a fitting text has
# Pairs that occur in titles and in walls. In a text with clear words of a wall they are not enough.
_VAGUE = frozenset(
    re.findall(
        r"\w+",
        "网络 安全 系统 服务 访问 页面 验证 登录 信息 用户 账号 浏览 内容 网站 检测 环境 拦截 请求 异常 操作 注册 会员"
        " 平台 刷新 稍后 继续 security verify login access page account cookies browser",
    )
)
_NONE: frozenset[str] = frozenset()


def instead_of(entry: Entry, blocks: Sequence[Block], markup: str = "", heading: str = "") -> Instead | None:
    """The kind of page that came instead of the article; None if it is the article.

    `markup` is the page, `heading` its own title; both are "" for the body of a feed.
    """
    if not blocks:
        return Instead("player" if terms.player().search(markup) else "frame")
    text = text_of(blocks)
    if _is_long(text, _LONGEST):
        return None
    if entry.title:
        text = text.replace(f"{entry.title}\n", "")
    if len(text) > _FEW and "。" in text and fits(text, entry, without=_VAGUE):
        return None  # true for most articles, so the slower tests are skipped
    found = _instead_of_few(entry, _without_title(blocks, entry.title), markup)
    if found is None and _is_strange(entry, heading, text):
        kind = max(terms.kinds(), key=lambda words: len(set(words[1].findall(text))))[0]
        found = Instead(kind if terms.plain().search(text) else "frame")
    return found


def _is_strange(entry: Entry, heading: str, text: str) -> bool:
    """Whether a page with very few words has another title than the entry, and no pair of words from it."""
    pairs = _pairs(entry.title) | _pairs(entry.summary[:400])
    if not pairs or not _pairs(heading) or _size(text) > _HARDLY_ANY:
        return False
    found = folded_text(f"{heading}\n{text}")  # the page may have traditional characters
    return not any(folded_text(pair) in found for pair in pairs)


def clearly_fits(text: str, title: str) -> bool:
    """Whether a text clearly belongs to a title: it is long, has sentences and fits the title."""
    return len(text) > 2 * _FEW and "。" in text and fits(text, Entry(source="", title=title), without=_VAGUE)


def _instead_of_few(entry: Entry, own: Sequence[Block], markup: str) -> Instead | None:
    """The same for a short text, or one that does not fit its title. `own` are the blocks without the title."""
    text = text_of(own)
    if entry.title:
        text = text.replace(entry.title, "")
    size, known = _size(text), bool(_pairs(entry.title) or _pairs(entry.summary[:400]))
    if size > (_LONGEST if known else _LONGEST_ALONE):
        return None
    if text.count("。") < _SENTENCES and _is_frame(own, entry):
        return Instead("frame")
    if any(block.kind == "row" for block in own):
        return None
    if fits(text, entry) and (fits(text, entry, without=_VAGUE) or not terms.plain().search(text[:_LOOK])):
        return None
    kind = _wall_of(text, size, known=known)
    if kind is None and known and size <= _HARDLY_ANY and terms.gate().search(markup):
        kind = "check"
    if kind is None and known and (_is_bare_list(own) or len(terms.pager().findall(text)) >= _PAGER):
        kind = "frame"
    return Instead(kind) if kind else None


def instead_of_article(article: Article) -> Instead | None:
    """The same for a stored article, by the words of its text."""
    if not article.blocks or article.flash or not article.url:
        return None
    return instead_of(Entry(source="", title=article.title, summary=article.summary), article.blocks)


def digest_of_stray(article: Article) -> str:
    """A digest of a text that does not fit its title and summary; "" for a text that fits, or a long text.

    If other addresses give the same text, it is a wrong text.
    """
    if not article.blocks or article.flash or not article.url:
        return ""
    text = text_of(article.blocks)
    if _is_long(text, _SHARED) or fits(text, Entry(source="", title=article.title, summary=article.summary)):
        return ""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def text_of(blocks: Sequence[Block]) -> str:
    """The text, one line for each paragraph."""
    return "\n".join(block.text for block in blocks)


def fits(text: str, entry: Entry, *, without: frozenset[str] = _NONE) -> bool:
    """Whether the text has enough pairs of the entry's title or summary. Pairs in `without` do not count."""
    lower = text.lower()
    for given in (entry.title, entry.summary[:400]):
        pairs = _pairs(given) - without
        found = sum(pair in lower for pair in pairs)
        if found and found >= min(_FITTING * len(pairs), _ENOUGH):
            return True
    return False


def is_short(blocks: Sequence[Block]) -> bool:
    """Whether a text is as short as most walls."""
    return _size(text_of(blocks)) <= _SHORT


def _is_long(text: str, limit: int) -> bool:
    """Whether a text clearly has more words than `limit`. Most texts have, so this is faster than to count."""
    return (len(text.encode("utf-8", "replace")) - len(text)) // 2 + text.count(" ") > 2 * limit


def _size(text: str) -> int:
    return len(_word().findall(text))


@lru_cache(64)
def _pairs(text: str) -> frozenset[str]:
    """Pairs of Chinese characters, and words in other letters, by which a text is compared with a title."""
    found: set[str] = set()
    for run in _run().findall(text.lower()):
        if "\u3400" <= run[0] <= "\u9fff":
            found.update(run[start : start + 2] for start in range(len(run) - 1))
        else:
            found.add(run)
    return frozenset(found - _COMMON)


def _without_title(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks that do not only repeat the title."""
    bare = "".join(_word().findall(title))
    return [block for block in blocks if not bare or "".join(_word().findall(block.text)) not in bare]


def _is_frame(blocks: Sequence[Block], entry: Entry) -> bool:
    """Whether there are only lines that every page of a site has: its footer and its menu."""
    lines = [block.text for block in blocks if _word().search(block.text)]
    if not lines:  # only the title; it is a frame if the summary is longer
        return len(entry.summary) > len(entry.title)
    rest = [line for line in lines if not _is_footer(line)]
    fitting = fits("\n".join(lines), entry)
    if not rest:
        return not fitting
    if any(_sentence_end().search(line) or _size(line) > _MENU_LINE for line in rest):
        return False
    words = [word for line in rest for word in _between_menu_words().split(line) if word]
    share = sum(terms.menu().fullmatch(word) is not None for word in words) / len(words) if words else 0.0
    return share > (0.8 if fitting else 0.5)


def _is_bare_list(blocks: Sequence[Block]) -> bool:
    """Whether there are only a few short lines without sentences and figures, as in the menu of a site."""
    text = text_of(blocks)
    lines = [block.text for block in blocks]
    if len(lines) <= 3 or _size(text) > _MENU or any(map(str.isdigit, text)):
        return False
    return all(_size(line) <= _MENU_LINE and not _sentence_end().search(line) for line in lines)


def _is_footer(line: str) -> bool:
    return terms.footer().search(line) is not None and "。" not in line and _size(line) <= _FOOTER_LINE


def _wall_of(text: str, size: int, *, known: bool) -> str | None:
    """The kind of wall, if a text consists of the words of one. `known`: there is a title, which it does not fit."""
    is_addressed = terms.address().search(text) is not None
    if size > _FEW and not is_addressed:
        return None
    counts = [(len({found[0].lower() for found in pattern.finditer(text)}), kind) for kind, pattern in terms.kinds()]
    most, kind = max(counts, key=lambda count: count[0])
    if not most:
        return None
    total = sum(count for count, _ in counts)
    plain = terms.plain().search(text[:_LOOK]) is not None
    if size <= _FEW:
        is_wall = plain and (known or is_addressed or size <= _STATUS)
        if kind == "error" and not is_addressed and "。" in text:
            return None  # a notice that an office is closed or has moved
        # Notices also ask people to log in or to register, but in sentences.
        speaks = known and is_addressed and total >= 2 and (kind != "login" or "。" not in text)
        return kind if is_wall or speaks else None
    parts = [part for part in _part().split(text) if _word().search(part)]
    speaking = sum(any(pattern.search(part) for _, pattern in terms.kinds()) for part in parts)
    is_wall = is_addressed and total >= 3 and speaking * 2 >= len(parts)
    return kind if is_wall and (known or plain) else None
