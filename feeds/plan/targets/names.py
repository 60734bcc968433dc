"""The name of an indicator inside its clause, without what leads it in and without what only measures it."""

import re

from feeds.plan.clauses import trimmed

_LEAD = re.compile(
    r"(?:[^，、]{0,12}目标(?:任务)?(?:是|为|：)|我们(?:将|要)?|[^，、]{2,6}将(?=力争|确保|努力)|[^，、]{2,8}要(?=实现|完成|确保|保持|力争)|[^，、]{2,8}则(?:将|把|计划|拟|力争|要)|全年(?=[^，、]{4})|全[国省市县区州](?=将|计划|拟|要|力争|新[建增]|改造)|计划|拟|还|其中|同时|并且?|且|以及|和|及|使|让|(?:推动|促进|支持|引导|指导|鼓励|督促)(?:各地(?:区)?)?|力争|确保|争取|实现|努力|预计|预期|即|将|要|"
    r"(?:省级?|市级?|县级?|中央|地方|各级)?财政(?:将|要)?(?:每年)?(?:统筹)?(?:支持|安排)|每年(?:安排)?|为[^，、]{2,20}(?=培养|培训)|到时|届时|全面|主要是|一是|二是|三是|四是|五是|六是|进一步|包括|也就是|另外|此外|目标是|"
    r"通过[^，]{2,20}，)+[，：]?"
)
_DOING = (
    r"(?:实施|引进|培育|建设|建成|打造|完成|形成|安排|"
    r"发展|创建|开展|支持|组织|引育|集聚|孵化|选育|筹建|修复|增设|建立|储备|配置|落实|实现|推广|培养|培训|招引|集聚|打通|开通|运行|新建|改建|扩建|改扩建|集中开工|提升改造|改造提升|启动|筹集|认定|遴选|选树|布局|开发|攻克|开行|改造建设|新建改建|建成投用)"
)
_HEAD_VERB = re.compile(
    r"(?:全[国省市县区州]|各地|常态化|将|计划|拟|要|还|继续|累计|总共|共(?!享))*(?:在[^，、]{2,14}?(?=建设|打造|开展|培育|布局)|统筹[^，、]{1,6}(?=安排))?(?:从[^，。]{1,4}外)?"
    rf"(?:{_DOING}[和并与、]?)*{_DOING}(?:了|好)?(?!、)"
)
ADDED = re.compile(
    r"(?:全[国省市县区军]|各地|每年|年均|累计|将|计划|再|预计|共|力争)*(?:新增|净增|增设|新建|新改建|新改扩建)(?:[和、](?:改造|改建|扩建|提升|改造提升|续建|恢复|翻新|修缮)){0,2}(?=[\u4e00-\u9fff]{2})"
)
"""新增污水处理能力2000万立方米: what is added is named without the verb, and rises."""


def bare_name(plain: str, start: int, end: int, *, money: bool = False, share: bool = False) -> tuple[int, int]:
    """The indicator without what leads it in and without adverbs at its end.

    累计建成|加氢站20座 are things that are made, 累计引进外资20亿元 is one sum (`money`). `share`: the figure is in %.
    """
    if (date := _DATED.search(plain, max(start, end - 16), end)) is not None and date.start() > start:
        end = date.start()
    if (lead := _LEAD.match(plain, start, end)) is not None:
        start = lead.end()
    if not share and (added := ADDED.match(plain, start, end)) is not None and end - added.end() >= 2:
        start = added.end()
    made = _HEAD_VERB.match(plain, start, end)
    if made is not None and _MEASURED.match(plain, made.end(), end):
        made = None
    if made is not None and end - made.end() >= 2 and not (share and _NEW.fullmatch(made[0])):
        start = start if money and "累计" in made[0] else made.end()
    if (per := _PER.search(plain, max(start, end - 12), end)) is not None and per.start() > start:
        end = per.start()
    if (based := _ON_BASE.search(plain, max(start, end - 24), end)) is not None and based.start() > start:
        end = based.start()
    if (risen := _FROM.search(plain, max(start, end - 24), end)) is not None and risen.start() > start:
        end = risen.start()
    if (whole := _SHARE_OF.search(plain, max(start, end - 24), end)) is not None and whole.start() - start >= 4:
        end = whole.start()
    tail = _ADVERBS.search(plain, max(start, end - 16), end)
    if tail is not None and tail.start() > start:
        end = tail.start()
    end -= plain.startswith("的", end - 1)  # 完成任务的60%
    return trimmed(plain, start, end)


_NEW = re.compile("(?:全[国省市县区州])?(?:新建|改建|扩建|新增|在建|改扩建)+")
"""新建住宅达标率达到90%: of a rate's name 新建 is a part."""
_MEASURED = re.compile("(?:面积|规模|数量|总量|能力|长度|里程|任务|比例|比重)")
"""修复面积, 培训规模: the verb is a part of the name."""
_PER = re.compile(
    r"(?:达到|达|为|提高到|增加到)?每(?:百|千|万|十万|百万)?(?:名?[人户]|名\w{2}|辆车|平方公里|[亩天日年月]|小时|公顷|吨)$"
)
"""密度达到每万人500台: what it is measured by."""
_SHARE_OF = re.compile("(?:达到|达|为|相当于|提高到)[^，、]{2,14}的$")
"""收入达到全省平均水平的95%: what it is a share of is no part of its name."""
_ON_BASE = re.compile("(?:要|将)?在(?:现有|原有|此|上年|去年|目前)[^，、]{0,6}基础上$")
_FROM = re.compile(r"(?:由|从)(?:目前|现在|当前|去年|20\d\d年(?:底|末)?)?的?[\d.,]+[^\d，、]{0,6}$")
"""达标率由77%提高到85%: where a thing stands now is no part of its name."""
_DATED = re.compile(
    r"(?:力争|争取|确保)?(?:到|至|于|在)?(?:(?:20\d\d年|今年|明年|全年)(?:年?[底末内]|\d{1,2}月)?|年[底末内]|\d{1,2}月)(?:[底末])?(?:之?前|以前)?$"
)
"""覆盖率今年底前达到90%: a date between the thing and its verb is no part of its name."""
_ADVERBS = re.compile(
    r"(?:分别|均|都|各|力争|年均|预期|累计|要|将|应|也|已|再|进一步|总体|全部|基本|平均|目标|还要|约|"
    r"实际|“|计划|[一二三四五六七八九十]年|回升并|并|稳步|全年)+$"
)
