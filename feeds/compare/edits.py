"""Whether a later text of an article is an edit that a reader cares for. Pure.

The archive asks here whether it keeps a revision, marks the article as changed and reports it. Blanks, width, letter
case, marks between clauses, adverts and editors' lines make no edit, and a short line that moves makes none. A word, a
figure or an item that is new, gone, changed or moved makes one.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from feeds.compare.matching import equal_pairs, moved_of
from feeds.compare.wording import plain_of
from feeds.model import Article, Block, Group, Item, Plan, Span

_INVISIBLE = re.compile("[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff]+")
_DASHES = re.compile("[-\u2010-\u2015\u2212\ufe63]+")
_DOTS = re.compile(r"\.{2,}|\u22ef+")
_MIDDLE = re.compile("[\u2022\u2027\u30fb\uff65]")
_MARKS = re.compile(r"(?<!\d)[,，.。;；!！?？:：、…]+|[,，.。;；!！?？:：、…]+(?!\d)")
_LETTER = re.compile(r"[^\W_]")
_LONGEST_LINE = 60  # letters of a line that may stand elsewhere: adverts and links are short
_NUMBERED = re.compile(r"\(?[\d一二三四五六七八九十]{1,3}(?:\)|是|、|,)|\d|第[一二三四五六七八九十]")
_LABELLED = re.compile(r"[\[【(]?(?:广告|推广|赞助内容|特别推广|商业推广|热门推荐|本文为广告)(?:[\]】):丨|·].*|$)")
_ASIDE = re.compile(
    r"(?:责任编辑|责编|编辑|校对|审核|值班编委|更新时间|发布时间|阅读量|阅读|阅读数|浏览量|点击量|点击数|评论数|打印本页|字号)[:(丨|].*"
    r"|.*(?:扫码|扫一扫|二维码|公众号|微信号|视频号).*|(?:点击|下载|安装|打开|登录|进入).*(?:app|客户端|查看|专题|详情|更多).*"
    r"|(?:更多|海量|精彩).*(?:资讯|内容|新闻|报道|尽在).*|.*(?:不构成投资建议|投资需谨慎|风险自担|仅供参考)"
    r"|.*(?:立即|马上|限时)(?:抢购|申购|开户|下载|报名|领取|咨询).*"
    r"|(?:相关|延伸|推荐|热门)(?:阅读|报道|新闻|链接|文章|推荐)(?::.*)?|end|阅读全文|分享到.*"
)
_LONGEST_ASIDE = 80


class TextVersion(Protocol):
    """A title with its text: an article, or an earlier text of it."""

    @property
    def title(self) -> str:
        """The title."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The clean text."""


def last_edit(article: Article) -> datetime | None:
    """When the article was last edited in a way that a reader cares for; None if it never was."""
    texts: list[TextVersion] = [*article.earlier, article]
    for number in reversed(range(len(article.earlier))):
        if is_edit(texts[number], texts[number + 1]):
            return article.earlier[number].replaced
    return None


def is_edit(before: TextVersion, after: TextVersion) -> bool:
    """Whether a reader cares for the difference of two texts."""
    if not _is_one_title(before.title, after.title):
        return True
    if before.blocks == after.blocks:
        return False
    left, right = _lines_of(before.blocks), _lines_of(after.blocks)
    if "".join(left) == "".join(right):
        return False
    if Counter(left) != Counter(right):
        return True
    lasting = _lasting_lines(before) | _lasting_lines(after)
    return not any(lasting.isdisjoint(moved) for moved in (_moved_lines(left, right), _moved_lines(right, left)))


def _is_one_title(before: str, after: str) -> bool:
    """Whether two titles say the same. A list may cut a title, which then ends with dots."""
    left, right = _plain(before), _plain(after)
    return left == right or any(
        one.endswith("…") and len(one) > 1 and other.startswith(one.rstrip("…"))
        for one, other in ((left, right), (right, left))
    )


def _plain(text: str) -> str:
    """The text as it is compared, without invisible characters, and with one form of dashes and dots."""
    plain = _INVISIBLE.sub("", plain_of(text))
    return _MIDDLE.sub("·", _DOTS.sub("…", _DASHES.sub("-", plain)))


def _lines_of(blocks: Sequence[Block]) -> list[str]:
    """The text of each paragraph as it is compared, without adverts, editors' lines and lines of marks alone."""
    found = [_line_of(block) for block in blocks if not _is_aside(block.text)]
    return [line for line in found if _LETTER.search(line)]


def _line_of(block: Block) -> str:
    """A paragraph as it is compared: without marks, except those inside a figure."""
    return _MARKS.sub("", _plain(block.text))


def _is_aside(text: str) -> bool:
    """Whether a paragraph is an advert or says something about its page."""
    if len(text) > 2 * _LONGEST_ASIDE:
        return False
    plain = _plain(text).strip(".。!?")
    return len(plain) <= _LONGEST_ASIDE and bool(_LABELLED.match(plain) or _ASIDE.fullmatch(plain))


def _moved_lines(left: Sequence[str], right: Sequence[str]) -> set[str]:
    """The lines that must move to make one order of the other."""
    return {left[first] for first, _second in moved_of(equal_pairs(left, right))}


def _lasting_lines(version: TextVersion) -> set[str]:
    """The lines whose place means something: sentences, long or numbered lines, and lines with a part of the plan."""
    in_plan = _paragraphs_of_plan(getattr(version, "plan", None))
    found: set[str] = set()
    for number, block in enumerate(version.blocks):
        line = _line_of(block)
        is_sentence = block.text.rstrip("”’」』）) ").endswith(("。", "；", ";"))
        if number in in_plan or is_sentence or len(line) > _LONGEST_LINE or _NUMBERED.match(_plain(block.text)):
            found.add(line)
    return found


def _paragraphs_of_plan(plan: Plan | None) -> set[int]:
    """The paragraphs that have a part of a plan."""
    if plan is None:
        return set()
    spans: list[Span] = [goal.span for goal in plan.goals] + [target.span for target in plan.targets]
    waiting: list[Group | Item] = list(plan.groups)
    while waiting:
        part = waiting.pop()
        spans.append(part.span)
        waiting += part.items
        waiting += part.groups if isinstance(part, Item) else ()
    return {span.p for span in spans}
