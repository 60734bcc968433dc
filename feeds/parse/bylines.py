"""The kind of a line by its words: text, a line about the text (原标题, 来源, 记者, 责任编辑), or a foreign line.

The language of Chinese newspapers decides here, not the structure of the page. A line about the text gives its facts
and is removed. A foreign line is removed. Lines of reporters are first or last, so only the ends of an article are
searched for them.
"""

import re
from dataclasses import dataclass

from feeds.parse.blocks.lines import TextLine

_SEP = r"\s{0,3}[:：丨|｜/／︱┃]\s{0,3}"
_MARK = r"[■●◎□▲○⊙◆]?\s{0,2}"
_OPEN, _CLOSE = r"[（(【\[［]?\s{0,2}" + _MARK, r"\s{0,2}[）)】\]］]?$"


def _spellings(words: str) -> str:
    """An alternation of words whose characters may have blanks between them: 作 者, 来　源."""
    return "|".join(r"\s{0,3}".join(word) for word in words.split())


_HOUSE = (
    r"(?:[^\s，。、：；:（）()《》“”]{0,16}(?:社|报|网|台|刊|号|杂志|在线|新闻|财经|经济|导报|报道|客户端|中国|总台|央视"
    r"|央广|融媒体?|频道|传媒|资讯|头条|广播|电视)|本报|本刊|本网|本社|每经)"
)
_RANK = r"(?:首席|见习|实习|特约|驻\S{1,6}|全媒体|新媒体|高级|资深)?"
_ROLE = _RANK + r"(?:记者|通讯员|特派员|评论员|编辑|校对|摄影|研究员|实习生)"
_ORIGINAL_TITLE = re.compile(r"[（(【]?原\s{0,2}(?:标\s{0,2})?题" + _SEP + r"(?P<rest>.{0,400}?)[）)】]?$")
_SOURCE = re.compile(
    f"{_OPEN}(?:(?:文章|稿件|新闻|内容|信息|资料|本文)?(?:{_spellings('来源 来自 源自 转自 摘自 出处')})|转载自){_SEP}"
    rf"(?P<origin>[^。；！？]{{1,60}}?){_CLOSE}"
)
_TRAILING_SOURCE = re.compile(r"\s来源[:：]\s{0,2}(?P<origin>[^\s。；]{2,30})$")
_NEXT_MATTER = re.compile(rf"\s{{1,4}}(?:(?:{_HOUSE})?{_ROLE}|{_spellings('作者 来源 责编 审核')}){_SEP}")
_EDITOR_KIND = "本期|责任|责|值班|执行|见习|实习|助理|图文|新媒体|视频|文字|版面|网络|总"
_EDITORS = re.compile(
    rf"{_OPEN}(?:{_HOUSE})?(?:{_EDITOR_KIND})?\s{{0,2}}(?:{_spellings('编辑 主编 编审 编委 责编')})"
    rf"(?:{_SEP}(?P<name>[^。；，！？]{{1,80}}?)|\s{{1,3}}(?P<names>[^。；！？：:]{{2,60}}?)){_CLOSE}"
)
_TASKS = (
    "海报设计 美术设计 视觉设计 文案 出品 校对 审核 监制 制作 策划 统筹 排版 "
    "美编 终审 复审 初审 签发 审读 审校 设计 制图 海报 剪辑 摄像"
)
_MAKERS = re.compile(rf"{_OPEN}(?:{_spellings(_TASKS)}){_SEP}[^。；，！？]{{1,40}}?{_CLOSE}")
_AUTHOR = re.compile(
    f"{_OPEN}(?:{_spellings('作者 撰文 撰稿 文字 采写 编译 原创 供稿 整理 文')}){_SEP}"
    rf"(?P<author>[^。；！？]{{1,60}}?){_CLOSE}"
)
_REPORTERS = re.compile(
    rf"{_OPEN}(?:[文图]{{1,2}}\s{{0,2}}[/／丨|]\s{{0,2}})?(?:{_HOUSE}(?:·\S{{2,8}}?)?\s{{0,3}})?{_ROLE}(?:{_SEP}|\s{{0,3}})"
    rf"(?P<author>[^。；！？]{{2,80}}?){_CLOSE}"
)
_BETWEEN_NAMES = re.compile(r"[\s、，,/:：丨|○⊙●■□▲◆]+")
_ROLE_OF_NAME = re.compile(rf"(?:{_HOUSE})?{_ROLE}")
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,6}·[\u3400-\u9fff]{1,8}")
_CREDIT = re.compile(r"[\u4e00-\u9fff]{0,4}报道|摄影?|[文图]")
_COMMENTATOR = re.compile(rf"{_OPEN}(?P<author>{_HOUSE}(?:特约)?评论员){_CLOSE}")
_NOT_A_NAME = re.compile(
    r"(?:记者|员)\s{0,3}(?:调查|观察|手记|提问|获悉|了解|注意|采访|走访|发现|探访|实探|从|在|问|见面|招待|会|表示|看到"
    r"|梳理|查询|站|证|协会|节)"
)
_PLACE_OF_REPORT = re.compile(r"\s{1,3}[\u4e00-\u9fff]{0,4}报道$")
_AGENCY = r"\S{1,8}(?:社|网|报)"
_AGENCY_HEAD = re.compile(r"\S{1,8}(?:社|网|报|台)\s{0,2}(?:[（(][^（）()]{1,40}[）)])?\s{0,2}(?:讯|电|消息)$")
_DATELINE_TITLE = re.compile(_AGENCY + r"[^。，；]{0,12}\d{1,2}月\d{1,2}日(?:电|讯)\s{0,3}题[:：]")
_DATELINE = re.compile(
    _OPEN + _AGENCY + r"[^。，；]{0,12}\d{1,2}月\d{1,2}日(?:电|讯|消息)?\s{0,3}(?:[（(][^（）()]{0,40}[）)])?" + _CLOSE
)
# A date with a clock comes from the site. A date alone is the signature of a document and belongs to it.
_CLOCK = re.compile(
    r"(?:(?:发布)?(?:时间|日期)[:：]\s{0,3})?(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?"
    r"\s{0,3}\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s{1,3}[^。！？；]{0,40})?$"
)
_BODY_NAME = "中心|联合会|协会|学会|研究院|研究所|局|部|委员会|委|署|办公室|银行"
_ORGANISATION = re.compile(rf"[\u4e00-\u9fff（）]{{2,24}}(?:{_BODY_NAME})$")
_SENTENCE = re.compile(r"[。！？；]")
_ABOUT = re.compile(r"(?:印发|关于|发布|《|公告|令|通知|通告)")
_NOTICE = re.compile(
    r"[（(【]?(?:(?:免责|特别|郑重|新浪|重要|版权|本站|转载)\s{0,2}(?:声\s{0,2}明|免责条款)[:：]"
    r"|\S{0,8}声\s{0,2}明[:：].{0,240}?(?:不构成|仅供参考|不代表|不承担|风险自担|投资建议|侵权|转载)"
    r"|\S{0,12}(?:不构成(?:任何)?投资建议|据此(?:操作|入市)，?风险自[担负])|(?:文中|文章)\S{0,8}(?:仅供参考|仅代表|不代表|不构成)"
    r"|风险提示[:：].{0,80}(?:不构成|仅供参考|风险自担|谨慎)|[（(]编辑[^）)]{2,12}[）)]本文仅供参考|(?:投资|股市|市场)有风险|本文(?:不构成|仅供参考|仅代表|系转载|为转载|内容仅供)|以上(?:内容|观点)仅供"
    r"|本文首发于|文章内容属作者)"
)
# Sentences of a text also begin with these words, so a promotion must be short and not a sentence.
_PROMOTION = re.compile(
    r"[（(【]?(?:\S{0,40}尽在\S{0,12}(?:APP|客户端)|24小时滚动播报|进入【\S{1,20}】讨论|(?:相关|延伸|推荐)(?:报道|阅读|新闻|链接)[:：]\S{2,60}|炒股就看\S{4,60}|股市回暖\S{0,40}开户\S{0,40}|欢迎关注\S{0,20}(?:公众号|微信)"
    r"|(?:更多|海量|扫描|扫一扫|长按)\S{0,24}(?:二维码|扫描|关注\S{0,16}(?:公众号|微信|APP|客户端))"
    r"|更多\S{0,12}(?:请)?(?:下载|关注|登录|打开)\S{0,24}|点个?“?(?:在看|赞|关注)\S{0,24}|(?:点击|下载|安装)\S{0,40}(?:APP|客户端|查看|下载地址|专题)|\S{0,12}点击(?:查看|进入|下载|阅读原文)\S{0,20}$"
    r"|(?:点击|长按)\S{0,12}(?:名片|卡片|蓝字)\S{0,40}$|新浪财经(?:公众号|APP)$|[-—\s]{0,6}END[-—\s]{0,6}$)",
    re.IGNORECASE,
)
_PROMOTION_LIMIT = 80
_RELATED = re.compile(
    r"[【\[（(>》▶■]{0,3}(?:相关|延伸|推荐|更多|热点|往期|精彩|关联|点击)"
    r"(?:新闻|阅读|报道|链接|专题|文章|推荐|回顾|资讯|内容|视频|精彩)[】\]）):：>》]{0,3}$"
)
_CORRECTION = re.compile(r"[【\[]\s{0,2}(?:纠错|打印|关闭|收藏|分享)\s{0,2}[】\]]$")
_MARK_ALONE = re.compile(r"[^\w\s]{1,3}$")
_TAIL_MARK = re.compile(r"[:：。，；、！？…）》”]+$")

EDGE = 5


@dataclass(slots=True)
class Facts:
    """The facts from lines about the text."""

    origin: str = ""
    author: str = ""
    editor: str = ""

    def learn(self, origin: str = "", author: str = "", editor: str = "") -> None:
        """Keep the first value of each fact. One line may have two facts: 来源：… 作者：…."""
        self.origin = self.origin or _NEXT_MATTER.split(origin.strip())[0]
        self.author = self.author or " ".join(_PLACE_OF_REPORT.sub("", _NEXT_MATTER.split(author)[0]).split())
        self.editor = self.editor or _NEXT_MATTER.split(editor.strip())[0]


def article_lines(lines: list[TextLine], facts: Facts) -> list[TextLine]:
    """The lines that belong to the article. `facts` gets the facts of the others."""
    kept: list[TextLine] = []
    related = False
    count = len(lines)
    for index, line in enumerate(lines):
        text = line.text
        if line.kind == "row":
            kept.append(line)
            continue
        if related and (line.linked or not text):
            continue
        related = bool(len(text) < 16 and _RELATED.match(text)) and all(link.linked for link in lines[index + 1 :][:1])
        if related or _is_notice(text) or _is_about(text, facts):
            continue
        edge = not _has_sentence_before(kept) or index >= count - EDGE
        if edge and len(text) < 90 and _is_byline(text, facts):
            continue
        if not _has_sentence_before(kept) and _is_issuing_byline(text, lines[index + 1 :]):
            facts.learn(author=text)
            continue
        kept.append(line)
    return _join_marks(kept)


def learn_editor(text: str, facts: Facts) -> None:
    """Learn the editor from a line that the page marks as the editor's line: `责任编辑：… SF014`."""
    found = _EDITORS.match(text)
    name = (found["name"] or found["names"]) if found else text.rpartition("：")[2]
    facts.learn(editor=name)


def _has_sentence_before(kept: list[TextLine]) -> bool:
    return len(kept) >= EDGE or any(_SENTENCE.search(line.text) for line in kept)


def _is_notice(text: str) -> bool:
    if len(text) < _PROMOTION_LIMIT and "。" not in text and (_PROMOTION.match(text) or _CORRECTION.match(text)):
        return True
    return len(text) < 400 and _NOTICE.match(text) is not None


def _is_about(text: str, facts: Facts) -> bool:
    """Whether a line is about the text (原标题, 来源, 编辑). Such lines may be anywhere. `facts` learns from them."""
    if len(text) > 420:
        return False
    if found := _ORIGINAL_TITLE.match(text):
        if source := _TRAILING_SOURCE.search(found["rest"]):
            facts.learn(origin=source["origin"])
        return True
    if len(text) > 90:
        return False
    if found := _SOURCE.match(text):
        facts.learn(origin=found["origin"])
        return True
    found = _EDITORS.match(text)
    if found is None or (found["names"] and not _are_names(found["names"])):
        return False
    facts.learn(editor=found["name"] or found["names"])
    return True


def _is_byline(text: str, facts: Facts) -> bool:
    """Whether a line names reporters or authors, or is a dateline. `facts` learns from it."""
    if any(pattern.match(text) for pattern in (_DATELINE_TITLE, _DATELINE, _AGENCY_HEAD, _CLOCK, _MAKERS)):
        return True
    found = _AUTHOR.match(text) or _COMMENTATOR.match(text)
    if found is None and not _NOT_A_NAME.search(text):
        found = _REPORTERS.match(text)
        if found and not _are_names(found["author"]):
            return False
    if found:
        facts.learn(author=found["author"])
    return found is not None


def _are_names(text: str) -> bool:
    """Whether this is only a list of people: two to four characters each, also with a blank as in 张 三."""
    names, half = 0, False
    for word in _BETWEEN_NAMES.split(text.strip()):
        rest = _ROLE_OF_NAME.sub("", word, count=1)
        if half and len(rest) == 1:
            half = False
        elif half:
            return False
        elif len(rest) == 1 and not _CREDIT.fullmatch(rest):
            half = True
            names += 1
        elif _CREDIT.fullmatch(rest):
            continue
        elif _NAME.fullmatch(rest):
            names += 1
        elif rest:
            return False
    return 0 < names < 10 and not half


def _is_issuing_byline(text: str, following: list[TextLine]) -> bool:
    """Whether a line names the bodies that issue a report. A heading goes on with 关于 or 印发 and stays."""
    if not _ORGANISATION.match(text):
        return False
    for line in following[:3]:
        if _ORGANISATION.match(line.text):
            continue
        return not _ABOUT.match(line.text)
    return False


def _join_marks(lines: list[TextLine]) -> list[TextLine]:
    """Join a line that is only a mark to its neighbour: 「：」 to the line before, a bullet (▷) to the line after."""
    joined: list[TextLine] = []
    bullet = ""
    for line in lines:
        text = line.text
        if _MARK_ALONE.match(text) and line.kind != "row":
            if not _TAIL_MARK.match(text):
                bullet = text
            elif joined and joined[-1].kind != "row":
                joined[-1].text += text
            continue
        if bullet and not _MARK_ALONE.match(text[:1]):
            shift = len(bullet) + 1
            line.text = f"{bullet} {text}"
            line.strong = [(start + shift, end + shift) for start, end in line.strong]
        bullet = ""
        joined.append(line)
    return joined
