"""Who: the bodies that issue a document or speak, in the State Council's short forms.

The lexicon folds names (工信部 → 工业和信息化部); provincial and city bodies are made by rule, since
江苏省政府 is 江苏省人民政府 everywhere. A body that only agreed (经国务院同意), that passed a document or is told to
do something does not issue it.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from feeds.plan.clauses import Line, Paper
from feeds.plan.documents import ISSUES, Title, line_above
from feeds.plan.lexicon import rows


class Body(NamedTuple):
    """A body named in a text, in its official short form."""

    start: int
    end: int
    name: str


@cache
def _names() -> dict[str, list[tuple[str, str]]]:
    """Names by their first two characters, the longest first: (name, official form)."""
    table: dict[str, list[tuple[str, str]]] = {}
    for row in rows("agencies.tsv"):
        for name in row:
            table.setdefault(name[:2], []).append((name, row[0]))
    for names in table.values():
        names.sort(key=lambda pair: -len(pair[0]))
    return table


@cache
def _opening_pattern() -> re.Pattern[str]:
    """Where a name may begin, by its first character and its second."""
    first, second = (re.escape("".join({opening[i : i + 1] for opening in _names()})) for i in (0, 1))
    return re.compile(f"[{first}](?=[{second}])")


@cache
def _provinces() -> dict[str, str]:
    return {name: row[0] for row in rows("provinces.tsv") for name in row}


@cache
def _province_pattern() -> re.Pattern[str]:
    return re.compile("|".join(_provinces()))


@cache
def _local_pattern() -> re.Pattern[str]:
    names = sorted(_provinces(), key=len, reverse=True)
    # Their first characters first: a name may begin at any character, and few of these begin one.
    provinces = f"(?=[{''.join(sorted({name[0] for name in names}))}])(?:{'|'.join(names)})"
    organ = (
        r"(?:人民政府|政府)(?:办公厅|办公室|新闻办公室|新闻办)?|人大常委会|党委|"
        r"(?:发展和改革|卫生健康|发展改革|住房城乡建设|住房和城乡建设|经济和信息化|科学技术|"
        r"国有资产监督管理)委(?:员会)?|发改委|经信委|住建委|卫健委|国资委|"
        r"(?:工业和信息化|财政|商务|教育|科学技术|科技|民政|司法|农业农村|交通运输|生态环境|自然资源|水利|"
        r"文化和旅游|人力资源社会保障|人力资源和社会保障|应急管理|"
        r"住房和城乡建设|住房城乡建设|市场监管|市场监督管理|医疗保障|医保|税务|地方金融监管|"
        r"地方金融监督管理|能源|药品监督管理|药监|统计|经济和信息化|工信|人社|"
        r"住建|文旅|公安|林业|体育|粮食和物资储备|知识产权)(?:厅|局)"
        r"|(?:(?![由又的和与及省市将了在对为各])[\u4e00-\u9fff]){2,7}?(?:局|厅|委员会)(?![长面势部级])"
    )
    return re.compile(
        rf"(?P<place>{provinces}|[\u4e00-\u9fff]{{2,3}}?市|省|市|自治区)(?P<organ>{organ})|"
        rf"(?:中共)?(?P<region>{provinces}|[\u4e00-\u9fff]{{2,3}}?市|省|市|自治区党)委"
        r"(?P<office>办公厅|办公室)?(?=[、，和与印发办 ]|近日|日前|联合|召开)"
    )


def bodies_in(plain: str, home: str, start: int = 0, end: int | None = None) -> list[Body]:
    """The bodies named in the stretch; `home` is the province that 省政府 means."""
    end = len(plain) if end is None else end
    found: list[Body] = []
    names = _names()
    done = start
    for opening in _opening_pattern().finditer(plain, start, end):
        i = opening.start()
        if i < done:
            continue
        for name, official in names.get(plain[i : i + 2], ()):
            if plain.startswith(name, i, end):
                done = i + len(name)
                found.append(Body(i, done, official))
                break
    taken = [(body.start, body.end) for body in found]
    found += [
        Body(match.start(), match.end(), _local(match, _home_at(plain, match.start(), home)))
        for match in _local_pattern().finditer(plain, start, end)
        if not any(a <= match.start() < b for a, b in taken)
    ]
    return _longest(found)


def _longest(found: list[Body]) -> list[Body]:
    """Without those that lie in another: 北京市发展改革委 is no 国家发展改革委."""
    kept: list[Body] = []
    for body in sorted(found, key=lambda b: (b.start, -b.end)):
        if not kept or body.start >= kept[-1].end:
            kept.append(body)
    return kept


_LOOK_BACK = 60


def _home_at(plain: str, position: int, home: str) -> str:
    """The province that 省政府 means: the one named just before it (冰雪大省吉林，由省政府印发), else the article's."""
    near = [(plain.rfind(name, max(0, position - _LOOK_BACK), position), full) for name, full in _provinces().items()]
    at, full = max(near)
    return full if at >= 0 else home


def _local(match: re.Match[str], home: str) -> str:
    """A provincial or city body in full; of the Party's committees the name is 中共…委员会, in short 中共江苏省委."""
    if match["organ"]:
        return _official(match["place"], match["organ"], home)
    region = _placed(match["region"].removesuffix("党"), home)
    return f"中共{region}{'党委' if region.endswith('区') else '委'}{match['office'] or ''}"


def _placed(place: str, home: str) -> str:
    """A province by its full name; 省 alone is the home."""
    if place in ("省", "市", "自治区") and home:
        place = home
    return _provinces().get(place, place)


def _official(place: str, organ: str, home: str) -> str:
    if organ.startswith("政府"):
        organ = "人民" + organ
    for short, full in _LOCAL_SHORT:
        organ = organ.replace(short, full)
    return _placed(place, home) + organ


_LOCAL_SHORT = (
    ("发改委", "发展改革委"),
    ("经信委", "经济和信息化委"),
    ("住建", "住房城乡建设"),
    ("卫健委", "卫生健康委"),
    ("工信厅", "工业和信息化厅"),
    ("工信局", "工业和信息化局"),
    ("人社", "人力资源社会保障"),
    ("文旅", "文化和旅游"),
)


def home_of(paper: Paper) -> str:
    """The province that the article is about, "" when it is about none: what 省政府 and 我省 mean."""
    head = paper.title + "".join(line.plain for line in paper.lines[:3])[:400]
    named = _province_pattern().search(head)
    return _provinces()[named[0]] if named is not None else ""


_AGREES = re.compile(r"(?:经|报|报经|贯彻|落实|按照|根据|关于|遵照|经报|受|对|向|提请|习近平|贯彻落实|在)$")
_MORE = re.compile(
    r"(?:、|和|与|及|以及|会同|联合|，会同|，联合|，| |等|\d+|[一二三四五六七八九十]+|个|部门|单位|"
    r"部委|有关|相关|家|近日|日前|同|共同|牵头|今日|今天|昨日|正式|已|昨天|经国务院同意)*"
)
_REACH = 400
"""Characters that a subject may fill: a list of forty bodies fits."""
# Who holds the 发布会 on a document of its own; a press office holds it for others.
_HOSTS = re.compile(
    r"(?:今天|今日|昨日|近日|\d{1,2}日)?(?:上午|下午)?(?:召开|举行|举办)[^，。]{0,30}(?:发布会|吹风会|通气会)，?(?:对|就)?(?:介绍|解读|发布)"
)
_PASSES = re.compile("通过|批准|同意")
_VERB = re.compile(ISSUES)
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{2,10}?(?:司|局|处|中心)(?:司长|局长|负责人|有关负责人|发布|印发)")


def issuers_of(paper: Paper, title: Title, home: str) -> tuple[str, ...]:
    """Who issues the document, in the order of the text; empty where the text does not say."""
    if own := _in_title(title.title):
        # 甲局等四部门关于…的意见: the other three sign at the end.
        return tuple(dict.fromkeys((*own, *_signed(paper, home)))) if "部门关于" in title.title else own
    if found := _named(paper, title.title, home):
        return found
    if found := _in_heading(paper, title, home):
        return found
    if title.p >= 0 and ("《" not in paper.lines[title.p].text or _SENT_OUT.search(paper.lines[title.p].text)):
        return _signed(paper, home)
    return ()


def _named(paper: Paper, key: str, home: str) -> tuple[str, ...]:
    """The bodies beside a mention of the title: the first that names any, or a later one that names those and more.

    甲部举行发布会，介绍《…》。近日，甲部、乙局联合印发《…》: the host is one of the two.
    """
    best: tuple[str, ...] = ()
    for line, at in islice(_mentions(paper, key), _MOST_MENTIONS):
        found = _beside(line, at, at + len(key), home)
        if not found and at <= 1 and (verb := _VERB.search(above := line_above(paper, line))) is not None:
            found = _subject(above, 0, verb.start(), home)
        if found and _WE.search(line.plain, max(0, at - _NEAR), at):
            # 我委会同甲局印发《…》, said by the body that holds the press conference
            found = tuple(dict.fromkeys((*speakers_of(paper, home), *found)))
        if found and set(found) > set(best):
            best = found
    told = _by_alias(paper, key, home)
    return told if set(told) > set(best) else best


_WE = re.compile("我[委部局行会办](?:近日|日前|已)?(?:会同|联合|和|与|、)")
_NEAR = 60


_THAT = "(?:上述|该|这份|这一)(?:规划|方案|意见|办法|通知|计划|措施|文件)"
_ABOVE_NAMED = re.compile(rf"(?:^|(?<=[。，]))([^。；，]{{2,120}}?){ISSUES}了?{_THAT}")
"""介绍《甲方案》。近日，甲部、乙局联合印发了上述方案。"""
_NAMES_ABOVE = re.compile(_THAT)  # few paragraphs do, and only these are searched for who issued it
_MOST_MENTIONS = 20


def _mentions(paper: Paper, key: str) -> Iterator[tuple[Line, int]]:
    """Every place of the title in the text."""
    for line in paper.lines:
        at = line.text.find(key)
        while at >= 0:
            yield line, at
            at = line.text.find(key, at + len(key))


def _by_alias(paper: Paper, key: str, home: str) -> tuple[str, ...]:
    """《意见》由甲部、乙局印发, where 《意见》 is what the text calls the title."""
    alias = _alias_of(paper, key)
    for line in paper.lines:
        found = _issued_above(line.plain) if alias is None else _given(line.plain, f"《{alias}》")
        if found is not None:
            return _subject(line.plain, found.start(1), found.end(1), home)
    return ()


_CALLED = re.compile("》（(?:以下|下)?简?称《([^《》]{2,12})(?=》)")


def _alias_of(paper: Paper, key: str) -> str | None:
    """What the text calls the title: 《key》（以下简称《意见》）."""
    for line in paper.lines:
        for called in _CALLED.finditer(line.text):
            if line.text.endswith(key, 0, called.start()):
                return called[1]
    return None


def _issued_above(plain: str) -> re.Match[str] | None:
    return _ABOVE_NAMED.search(plain) if _NAMES_ABOVE.search(plain) else None


def _given(plain: str, title: str) -> re.Match[str] | None:
    """《意见》由甲部、乙局印发."""
    at = plain.find(f"{title}由")
    while at >= 0:
        if (found := _by(120).match(plain, at + len(title))) is not None:
            return found
        at = plain.find(f"{title}由", at + 1)
    return None


@cache
def _by(most: int) -> re.Pattern[str]:
    """由甲部、乙局印发, with up to `most` characters for those who do."""
    return re.compile(rf"由([^，。；]{{2,{most}}}?){ISSUES}")


_SENT_OUT = re.compile("现[将予]|，现(?:印发|发布|公布|转发)")


def _in_title(title: str) -> tuple[str, ...]:
    """国务院关于…的意见 names its issuer."""
    about = title.find("关于")
    if about <= 1:
        return ()
    return tuple(dict.fromkeys(body.name for body in bodies_in(title, "", 0, about)))


def _beside(line: Line, start: int, end: int, home: str) -> tuple[str, ...]:
    """The bodies before the issuing verb in the title's sentence, or after 由 behind it."""
    plain = line.plain
    first, last = line.sentence_at(start)
    first = max(first, start - _REACH)
    first = max(first, plain.rfind("；", first, start) + 1)
    last = min(last, end + _REACH)
    verbs = [
        m
        for m in _VERB.finditer(plain, first, start)
        if not re.search("[《》]", plain[m.end() : max(m.end(), start - 1)])
    ]
    if plain.startswith("就", start - 2):
        # 证监会就《…》公开征求意见
        return _subject(plain, first, start - 2, home)
    verb = verbs[-1] if verbs else None
    if verb is None:
        held = _HOSTS.search(plain, first, start)
        bodies = _subject(plain, first, held.start(), home) if held is not None else ()
        if hosts := tuple(name for name in bodies if not name.endswith(_PRESS)):
            return hosts
    if verb is not None and _PASSES.search(verb[0]):
        return ()
    if verb is not None:
        bodies = _subject(plain, first, verb.start(), home)
        if bodies or verb.start() > first + 2:
            return bodies
    by = _by(80).search(plain, end, last)
    if by is not None:
        return _subject(plain, by.start(1), by.end(1), home)
    return ()


def _subject(plain: str, start: int, end: int, home: str) -> tuple[str, ...]:
    """The last run of bodies joined by 、 和 会同 联合 before `end`."""
    run: list[Body] = []
    start = max(start, end - _REACH)
    for body in bodies_in(plain, home, start, end):
        if run and not _MORE.fullmatch(plain, run[-1].end, body.start):
            run = []
        if _AGREES.search(plain, max(start, body.start - 5), body.start) and not run:
            continue
        if body.name.endswith(_PRESS) and plain.startswith("获悉", body.end):
            continue  # 记者从省政府新闻办公室获悉，该省印发…: it only tells
        run.append(body)
    if not run or end - run[-1].end > 30:
        return ()
    return tuple(dict.fromkeys(body.name for body in run))


_PRESS = ("新闻办公室", "新闻办")


def _in_heading(paper: Paper, title: Title, home: str) -> tuple[str, ...]:
    verb = _VERB.search(paper.title)
    if verb is None or _PASSES.search(verb[0]) or "《" not in paper.title[verb.end() :]:
        return ()
    bare = "".join(c for c in paper.title if c.isalnum())
    if "".join(c for c in title.title if c.isalnum())[:12] not in bare:
        return ()
    return _subject(paper.title, 0, verb.start(), home)


def _signed(paper: Paper, home: str) -> tuple[str, ...]:
    """The signature of a document printed whole: a body alone in its paragraph, or the head 国务院关于印发…的通知."""
    names: dict[str, None] = {}
    for line in paper.lines:
        if len(line.text) > 60:
            continue
        text = line.plain.strip()
        bodies = bodies_in(text, home)
        if (
            bodies
            and bodies[0].start == 0
            and (bodies[-1].end == len(text) or text[bodies[0].end :].startswith("关于"))
        ):
            names.update(dict.fromkeys(body.name for body in bodies if body.start == 0 or bodies[-1].end == len(text)))
            if line.p < 3:
                break
    return tuple(names)


_SPEAKS = re.compile(r"召开|举行|发布|表示|介绍|指出|印发|通知|提出|要求|明确|决定|部署|强调|获悉|回应|宣布")


def speakers_of(paper: Paper, home: str) -> tuple[str, ...]:
    """The body that the report lets speak first: the host of the 发布会, the meeting, the notice."""
    press: tuple[str, ...] = ()
    for line in paper.lines[:4]:
        for body in bodies_in(line.plain, home, 0, min(len(line.plain), 300)):
            if line.plain.startswith("政策例行", body.end):
                continue
            if _SPEAKS.search(line.plain, body.end, body.end + 40) and not _AGREES.search(line.plain, 0, body.start):
                if not body.name.endswith(_PRESS):
                    return (body.name,)
                press = press or (body.name,)
    if press:
        return press
    for body in bodies_in(paper.title, home):
        return (body.name,)
    return ()
