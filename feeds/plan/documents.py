"""Which documents the article is about: 《titles》 that are issued, passed, published for comment or explained in it.

A title that is only cited (根据《…》, 落实《…》, 《…》（GB/T 4754）) is none. What tells them apart is the verb
beside the title and whether the text gives it an alias (以下简称《规划》), which nobody does for a document in
passing.
"""

import re
from datetime import date
from typing import NamedTuple

from feeds.model import Span
from feeds.plan.clauses import Line, Paper
from feeds.plan.grammar.times import times_in


class Title(NamedTuple):
    """A document's title in the text: its stretch inside 《》, or the joined lines of a document quoted in full."""

    title: str
    p: int
    start: int
    end: int
    number: str | None = None
    told: bool = False
    """The text only speaks of it and does not say that it has come out."""

    @property
    def span(self) -> Span | None:
        """Where the title stands, None when only the article's own title has it."""
        return Span(self.p, self.start, self.end) if self.p >= 0 else None


ISSUES = (
    r"(?:正式|联合|共同|同[日时步期]|一[并同]|随后|配套|近日|日前|今日|今天|近期|现|已|对外|公开|首次|专门|先后|制定|研究|重新|修订|全文)*"
    r"(?:印发|发布(?!会)|出台|公布|下发|发出|颁布|制定|签署|公开征求|对外公布|公开(?!征求)|发文|转发|联合发文|推出|通过|"
    r"审议通过|批准|原则同意|同意|编制形成|编制|起草)"
)
_BEFORE = re.compile(
    ISSUES + r"(?:实施|形成|完成|出台)?了?(?:关于|题为|一份|新版|新修订的|修订后的|最新的?|有关|以下)*$"
    # 转发甲局《…》, 转发甲局制定的《…》
    r"|转发[^，。；《》]{2,40}$"
)
_EXPLAINS = re.compile(r"(?:部署|解读|[读看]懂|图解|审议|介绍|召开|举行|就|关于印发|关于发布|现将|公布)(?:了|的)?$")
# 解读此前印发的《甲》, 就近日发布的《甲》答问: what is explained is the news, however old.
_EXPLAINED = re.compile(r"(?:解读|介绍|就)[^。；《》]{0,60}(?:印发|发布|出台|公布|制定|修订)的$")
# 日前印发的《甲》明确…: what is named as just issued is the news.
_JUST = re.compile(
    r"(?:近日|日前|今天|今日|昨日|昨天|近期|新近|最近|刚刚?|最新|\d日)[^，。；《》]{0,20}(?:印发|发布|出台|公布|下发)的$"
)
# 国家药监局印发的《甲规范》明确，…: who rules by it has issued it.
_ISSUED_BY = re.compile(r"^[^，。；《》]{2,40}?(?:印发|发布|出台|公布|制定|修订|下发)的$")
_RULES = re.compile(r"(?:（[^）]{0,40}）)?[^，。；]{0,4}(?:明确|规定|提出|要求)")
_WHEN = (
    r"(?:的通知》?|全文|[也则亦]|同[日时步期]|一[并同]|随[后之]|今日|今天|近日|日前|正式|已经?|于|在|\d{1,2}月|"
    r"\d{1,2}日|联合|共同|对外|\ue000){0,6}"
)
_AFTER = re.compile(
    rf"(?:（[^）]{{0,60}}）)?{_WHEN}(?:由[^，。]{{2,60}}?(?:制定|编制|起草)，)?(?:由[^，。]{{2,40}}?|经[^，。]{{2,20}}?)?{_WHEN}[，、]?"
    r"(?:正式|联合|共同|对外|公开){0,3}(?:印发|发布|出台|公布|下发|颁布|获通过|审议通过|征求意见|公开征求|施行|实施|提请[^，。]{0,30}审议|"
    r"新闻发布会|政策例行吹风会|有关情况|亮相|落地)"
)
_COMES = re.compile(
    r"(?:（[^）]{0,60}）)?(?:已|即)?将(?:正式)?(?:[于自从在])?(?:20\d\d年|明年|今年)?(?:\d{1,2}月)?(?:\d{1,2}日)?起?(?:正式)?(?:施行|实施)"
)
_ALIAS = re.compile(r"（?(?:以下|下)?(?:统|简)?称[：为]?[“”]?《([^《》]{2,12})》[”“]?")
_CITES = re.compile(
    r"(?:根据|按照|依据|依照|遵照|落实|贯彻|执行|遵守|违反|符合|对标|参照|参考|结合|围绕|涉及|列入|"
    r"修改|废止|衔接|对照|加快|推动|推进|抓好|做好|促进|基于|此前|曾|实施)"
    r"(?:了|好)?[^，。；《》]{0,12}$"
)
KINDS_ALONE = re.compile(
    r"^(?:规划|方案|意见|办法|通知|纲要|条例|计划|行动计划|规划纲要|指导意见|实施意见|实施方案|"
    r"若干措施|措施|决定|报告|规定|政策|通告|公告|细则|总体方案|行动方案|指南|目录|清单|若干意见|"
    r"工作方案|纲领|白皮书|管理办法|要点|政策措施|若干政策|倡议|批复|指引|准则|建议|征求意见稿|决议)$"
)
_KIND = re.compile(
    r"(?:规划|方案|意见|办法|通知|纲要|条例|计划|措施|举措|决定|报告|规定|政策|通告|公告|细则|指南|目录|"
    r"清单|要点|批复|指引|准则|建议|征求意见稿|稿|法|标准|白皮书|函|决议|制度|规则|名单|细则|倡议|"
    r"导则|大纲|试行|战略|行动|蓝图|路线图|预案|章程|规范|规程|守则|公约|宣言|安排|(?:技术|安全|通用|基本)要求|技术条件|[）)])(?:20\d\d)?$"
)
_PRESS = re.compile(r"(?:日报|时报|晚报|电讯报|周刊|杂志|新闻联播|经济报|证券报|记者|商报|都市报|早报|新京报|焦点访谈)")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}[〔\[（](?:19|20)\d\d[〕\]）]\s*第?\d{1,4}号")
_EARLIER = re.compile(r"前期|此前|曾|早在|去年|早前|先前")
_LATELY = re.compile("近日|日前|今天|今日|昨日|近期")
_STALE_DAYS = 45
_MOST = 40
"""Documents an article may have; a page with more is a list of titles."""
_IN_A_ROW = 12


def titles_in(paper: Paper) -> list[Title]:
    """The documents of the article, in the order in which they are named."""
    found: dict[str, Title] = {}
    cited: dict[str, Title] = {}
    for line in paper.lines:
        if len(found) >= _MOST:
            break
        for start, end in line.titles:
            title = line.text[start:end]
            if title in found or not 4 <= len(title) <= 90 or KINDS_ALONE.match(title) or _PRESS.search(title):
                continue
            told = _told(paper, line, start, end)
            if told is not None:
                (found if told else cited)[title] = Title(title, line.p, start, end)
    # 为落实《甲》（以下简称《甲》），制定《乙》: an alias makes no news of what is cited, unless there is nothing else.
    titles = (
        list(found.values()) or _full_text(paper) or list(cited.values()) or _from_heading(paper) or _spoken_of(paper)
    )
    return _numbered(paper, _chosen(paper, titles))


def _told(paper: Paper, line: Line, start: int, end: int) -> bool | None:
    """True when the text is about the document, False when it cites it but gives it an alias, None when it cites it."""
    plain = line.plain
    before = plain[max(0, start - 240) : start - 1] or line_above(paper, line)
    # 《甲》和《乙》印发: the verb of the second is the verb of the first.
    tail = re.sub(r"(?:《[^《》]*》(?:（[^（）]*）)?[、和及以及与，]*)+$", "", before)
    following = end + 1
    for _ in range(_IN_A_ROW):
        joined = _JOINED.match(plain, following)
        if joined is None:
            break
        following = joined.end()
    clause = re.split("[。；！？]", tail)[-1]
    if _ALIAS.match(plain, end + 1):
        return _BEFORE.search(clause) is not None or _CITES.search(clause) is None
    if _KIND.search(plain[start:end]) is None:
        return None
    if _EXPLAINED.search(clause) or (_JUST.search(clause) and _CITES.search(clause[: clause.rfind("的")]) is None):
        return True
    named = _ISSUED_BY.search(clause) is not None and _RULES.match(plain, end + 1) is not None
    if (
        _BEFORE.search(clause)
        or (named and _CITES.search(clause[: clause.rfind("的")]) is None)
        or _EXPLAINS.search(clause)
        or _AFTER.match(plain, following)
        or _COMES.match(plain, following)
    ):
        if _PLANNED.search(clause):
            return False
        cited = _CITES.search(clause) and not _BEFORE.search(clause) and not named
        return None if cited or is_stale(paper, line, start) else True
    return None


def line_above(paper: Paper, line: Line) -> str:
    """What a poster breaks off before a title: 某市印发 and 《…》 in the next line; "" where a sentence ends there."""
    above = paper.lines[line.p - 1].plain.strip() if line.p else ""
    return above if len(above) <= _BROKEN and not above.endswith(("。", "！", "？", "；", "：")) else ""


_BROKEN = 60
# 下一步将推动出台《甲》: a document to come, beside one that has come.
_PLANNED = re.compile(
    r"(?:还|也)?(?:将|拟|计划)[^，。；]{0,12}?(?:制定|修订|研究|起草)(?:出台|印发|发布)?$|"
    r"(?:推动|抓紧|加快|适时|尽快|研究|计划|拟|争取|筹备)(?:研究|制定|修订|尽快)?(?:出台|印发|发布|制定|修订|起草)$"
)
_JOINED = re.compile(r"[、和及以及与]{1,2}《[^《》]*》|（(?:以下|下)?简?称[^（）]*）")


def is_stale(paper: Paper, line: Line, position: int) -> bool:
    """Whether what is told there is old: 今年3月，…印发了《…》 in an article of November: background, not news."""
    start, _ = line.sentence_at(position)
    if _EARLIER.search(line.plain, start, position):
        return True
    times = [
        t for t in times_in(line.plain, paper.published, start, position) if not t.period and "/" not in t.deadline
    ]
    if not times or _LATELY.search(line.plain, times[-1].end, position):
        return False
    year, *rest = map(int, times[-1].deadline.split("-"))
    month, day = (*rest, 28)[:2] if rest else (12, 31)
    told = date(year, month, day)
    return (paper.published.date() - told).days > _STALE_DAYS


def _chosen(paper: Paper, titles: list[Title]) -> list[Title]:
    """Without 关于印发《甲》的通知 beside 甲 itself, and without a title that another only shortens."""
    kept = []
    for title in titles:
        if _is_a_base(paper, title, titles):
            continue
        if any(other is not title and other.title != title.title and title.title in other.title for other in titles):
            continue
        kept.append(title)
    return kept


_BASED = re.compile(r"》[^。；，《》]{0,8}(?:形成|制定|起草|编制|拟订|拟定)[^。；，《》]{0,8}《")
_BASE = re.compile("(?:根据|依据|按照|依照)《$")
_SENT = re.compile("(?:印发|发布|出台|公布|下发|颁布)了?《$")


def _is_a_base(paper: Paper, title: Title, titles: list[Title]) -> bool:
    """会议通过《甲》，现将根据《甲》形成的《乙》提请审议: 甲, which nobody sends out here, is what 乙 is made from."""
    if len(titles) == 1:
        return False
    based = False
    at = paper.body.find(title.title)
    while at >= 0:
        end = at + len(title.title)
        if _SENT.search(paper.body, max(0, at - 4), at):
            return False
        made = _BASED.match(paper.body, end) if _BASE.search(paper.body, max(0, at - 4), at) else None
        based = based or (made is not None and any(paper.body.startswith(other.title, made.end()) for other in titles))
        at = paper.body.find(title.title, end)
    return based


_OPENING = re.compile(
    r"^(?:[\u4e00-\u9fff、 ]{2,60}?"
    r"(?:等[一二三四五六七八九十\d]{1,3}个?部门|部|委|局|院|厅|府|行|会|署|办|室|总局|中央|社|法院|集团|联|"
    r"银监会))(?:关于.+(?:的)?(?:通知|意见|决定|办法|方案|规划|批复|公告|通告|措施|报告|规定|纲要|"
    r"计划|函|指导意见))(?:（[^（）]{1,12}）)?$"
)
# A notice whose head leaves its body to the signature; the salutation below shows that it is printed whole.
_UNSIGNED = re.compile(
    r"^关于[^。，]{4,60}的(?:通知|意见|决定|通告|公告|函|批复|指导意见|实施意见)(?:（[^（）]{1,12}）)?$"
)
_TO_WHOM = re.compile(r"^各[^。]{2,80}：$")
_ABOVE = re.compile(r"^[^｜|丨：]{1,8}[｜|丨]\s*")
_WHOLE = re.compile(r"[（(【]全文[）)】]$|全文$")
_NOW = re.compile(
    r"现将《([^。]{4,80}?)》(?:印发|发布|予以|公布|发给|转发)|《([^。《》]{4,80})》已[^。]{2,40}?，现(?:予)?(?:印发|发布|公布|转发)"
)


def _full_text(paper: Paper) -> list[Title]:
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


def _from_heading(paper: Paper) -> list[Title]:
    """国务院印发《…》 as a title above a text that speaks only of 规划."""
    for match in re.finditer(r"《([^《》]{4,80})》", paper.title):
        title = match[1]
        before, following = paper.title[: match.start()], paper.title[match.end() :]
        if KINDS_ALONE.match(title) or _KIND.search(title) is None:
            continue
        if _BEFORE.search(before) or _EXPLAINS.search(before) or _AFTER.match(following):
            for line in paper.lines:
                at = line.text.find(title)
                if at >= 0:
                    return [Title(title, line.p, at, at + len(title))]
            return [Title(title, -1, 0, 0)]
    return []


_SAYS = re.compile(
    r"》(?:（[^）]{0,30}）)?(?:共|还|主要|重点|系统|全面|首次|统筹|进一步|详细|分别|就|对[^，。；]{2,16})?"
    r"(?:(?:提出|明确|部署|确定|要求|聚焦|围绕|从|以|设置|规定|安排|包括|分为|谋划|规划|描绘|勾画|列出|阐述|布局)(?!了?的)|[一二三四五六七八九十\d]{1,3}[个大项章条])"
)
_SOURCE = re.compile("(?:获悉|了解到|介绍|透露|报道)，?")
"""记者从发布会上了解到，《甲》…: the title is still the subject."""
_OPENS = 3
"""Paragraphs in which an article comes to what it is about."""
_SUBJECT = 30
"""Characters before a title that is its sentence's subject (据介绍，《甲》…)."""


def _spoken_of(paper: Paper) -> list[Title]:
    """《甲方案》明确了三步走的路径, at the opening of an article in which none is said to have come out."""
    for line in [line for line in paper.lines[:8] if "。" in line.text][:_OPENS]:
        for start, end in line.titles:
            title = line.text[start:end]
            first, _ = line.sentence_at(start)
            if KINDS_ALONE.match(title) or not 4 <= len(title) <= 90 or _KIND.search(title) is None:
                continue
            before = line.plain[first : start - 1]
            is_subject = len(_SOURCE.split(before)[-1]) <= _SUBJECT and not _CITES.search(before)
            if is_subject and _SAYS.match(line.plain, end):
                return [] if is_stale(paper, line, start) else [Title(title, line.p, start, end, told=True)]
    return []


def _numbered(paper: Paper, titles: list[Title]) -> list[Title]:
    """The first title with the 文号 that the text prints for it."""
    if not titles:
        return titles
    for line in paper.lines[:40]:
        if "号" in line.text and (match := _NUMBER.search(line.text)) is not None:
            return [titles[0]._replace(number=match[0]), *titles[1:]]
    return titles
