"""Public bodies named in a text, in the State Council's short forms, each with its place.

The lexicon folds names (工信部 → 工业和信息化部); provincial, city and county bodies are made by rule, since 江苏省政府
is 江苏省人民政府 everywhere. 省政府 and 市财政局 are those of the place that was named last, or of the article's.
"""

import re
from functools import cache
from typing import NamedTuple

from feeds.agencies import LOCAL_SHORT_FORMS, agency_rows, province_rows
from feeds.plan.clauses import Paper
from feeds.plan.lexicon import any_of, expand, late, matches_at, phrases, rows
from feeds.plan.lexicon.lists import opening_of


class Body(NamedTuple):
    """A body named in a text, in its official short form."""

    start: int
    end: int
    name: str


class HomePlace(NamedTuple):
    """The province and the city that an article is about, each "" where it is about none."""

    province: str = ""
    city: str = ""


@cache
def _names() -> dict[str, str]:
    """The official form of each name."""
    table: dict[str, str] = {}
    for row in agency_rows():
        for name in row:
            table.setdefault(name, row[0])
    return table


@cache
def _provinces() -> dict[str, str]:
    return {name: row[0] for row in province_rows() for name in row}


@cache
def _cities() -> dict[str, str]:
    """Each city and prefecture with its province."""
    return {name: row[0] for row in rows("cities.tsv") for name in row[1:]}


_name_pattern = late(lambda: any_of(_names()))
_opening_pattern = late(lambda: opening_of(_names()))
"""Where a name may begin."""
_city_pattern = late(lambda: f"(?:{any_of(_cities())})(?:市|(?<=[\\u4e00-\\u9fff]{{2}}[州盟区]))")
"""A city with its 市, a prefecture with its 州: the bare names are words too (白银, 朝阳)."""
_city_opening = late(lambda: opening_of(_cities()))
"""Where a city may begin: an opening is searched for four times as fast as a name."""
_department_pattern = late(
    lambda: (
        "[、和]县?(?P<organ>"
        + expand("(?:<commission>)(?:委(?:员会)?|局)|(?:<department>|大数据|能源|粮食和物资储备)(?:厅|局))")
    )
)


_OFFICE = "(?:办公厅|办公室)?"


_PLAIN = r"(?:城市|(?![由又的和与及省市将了在对为各委])[\u4e00-\u9fff])"
_ACTS_NEXT = (
    "(?=[、，和与及 会等（]|联合|印发|发布|出台|公布|制定|下发|起草|召开|今[天日]|昨[天日]|近日|日前|正式|共同|$)"
)


_NO_NAME = "[该全我本各两三外由经从对向在为与及将和同了的有含]"
_UNKNOWN_PROVINCE = (
    r"(?=..省)(?:^|(?<=[，。、；：“”（《 ])|(?<=近日)|(?<=日前)|(?<=会同)|(?<=联合))"
    rf"(?!会同|联合|{_NO_NAME}|.{_NO_NAME})[\u4e00-\u9fff]{{2}}省"
)
"""云泽省, where no list has it: two characters behind a boundary."""
_unknown_province = late(lambda: _UNKNOWN_PROVINCE)
_unknown_city = late(
    lambda: rf"(?:^|(?<=[，。、；：“”（《 ]))(?:近日|日前)?(?P<city>(?!{_NO_NAME}|.{_NO_NAME})[\u4e00-\u9fff]{{2,3}}市)"
)


@cache
def _local_pattern() -> re.Pattern[str]:
    provinces, cities = any_of(_provinces()), any_of(_cities())
    prefecture = f"(?:{cities})市?"
    commissions, departments = expand("<commission>"), expand("<department>")
    # 会同市财政局 names no city 会同, 日前成都市 no city 前成都.
    other = (
        r"(?=...?市)"
        r"(?!会同|联合|[一和市同前日近经由将对向在为省各及与其该]|[\u4e00-\u9fff]?[两三]省)[\u4e00-\u9fff]{2,3}?市"
    )
    organ = (
        rf"(?:人民政府|政府)(?:办公厅|办公室|新闻办公室|新闻办)?|人大常委会|(?:高级|中级)?人民法院|人民检察院|(?:党?委)[\u4e00-\u9fff]{{2,12}}?(?:领导小组|委员会)办公室|党委{_OFFICE}|{_PLAIN}{{2,12}}?(?:领导小组|联席会议|指挥部){_OFFICE}|"
        rf"(?:{commissions})委(?:员会)?(?![办托派任])|(?:{departments})(?:厅|局)"
        r"|(?:(?![由又的和与及省市将了在对为各委])[\u4e00-\u9fff]){2,7}?(?:局|厅|委员会)(?![长面势部级])"
        # 市委金融办, 市城市管理委: shortened names end where the next body or the verb begins
        rf"|委(?!办|[和与及]){_PLAIN}{{1,10}}?(?:办公室|[办部室]|[法工]委){_ACTS_NEXT}|{_PLAIN}{{2,8}}?(?:委|办|办公室|[理务]中心){_ACTS_NEXT}"
        rf"|{_PLAIN}{{2,4}}和{_PLAIN}{{2,6}}(?:局|厅|委|委员会){_ACTS_NEXT}"
    )
    county = (
        r"(?:^|(?<=[，。、；：“” （])|(?<=会同)|(?<=联合))(?:近日|日前|近期|今日|昨日|记者从)?"
        r"(?P<county>中关村|(?![经报由对向受据从在按将为把与和及省各该全本]|有关|相关|所在)(?:(?![的，由委局厅署]|会同)[\u4e00-\u9fff]){2,10}?(?:自治州|自治县|新区|园区|开发区|高新区|"
        r"示范区|试验区|合作区|县|区|旗|市))"
        rf"(?P<rule>(?:人民)?政府{_OFFICE}|管委会|管理委员会|(?:{commissions}|{departments})局(?![长面势部])|{_PLAIN}{{2,6}}?局{_ACTS_NEXT})"
    )
    return re.compile(
        rf"(?:中共)?(?P<place>{provinces}|{prefecture}|{other}|{_UNKNOWN_PROVINCE}|省|市(?!场)|自治区)(?:[两三四][省市地]{{1,2}})?(?:(?P<organ>{organ})|"
        r"(?P<party>委(?:办公厅|办公室)?)"
        r"(?=[、，和与印发办 省市今昨已]|近日|日前|联合|召开|政府|出台|公布|正式|下发|$)|"
        r"(?P<customs>海关|[\u4e00-\u9fff]{0,2}边检总站)(?!总署))|"
        rf"(?<=委)[、和]?(?P<bare>(?:人民)?政府{_OFFICE})|{county}"
    )


def bodies_in(plain: str, home: HomePlace, start: int = 0, end: int | None = None) -> list[Body]:
    """The bodies named in the stretch; `home` is the place that 省政府 and 市政府 mean."""
    end = len(plain) if end is None else end
    found: list[Body] = []
    done = start
    for opening in _opening_pattern().finditer(plain, start, end):
        i = opening.start()
        if i >= done and (named := _name_pattern().match(plain, i, end)) is not None:
            done, official = named.end(), _names()[named[0]]
            office = phrases.OFFICE_OF.match(plain, done, end) if not official.endswith("办公厅") else None
            done = office.end() if office is not None else done
            found += [Body(i, done, each + (office[0] if office else "")) for each in official.split("、")]
    found += _bodies_by_structure(plain, start, end, found)
    taken = [(body.start, body.end) for body in found]
    region = ""
    for match in _local_pattern().finditer(plain, start, end) if phrases.LOCAL.search(plain, start, end) else ():
        if not any(a <= match.start() < b for a, b in taken):
            name, region = _local(match, home, region)
            found += _sharing(plain, start, match, name)
            found.append(Body(match.start("county") if match["county"] else match.start(), match.end(), name))
            found += _following(plain, match, end, home)
    return _longest(found)


_NAME = r"(?:(?![的了在和与及由对将把从为、])[\u4e00-\u9fff])"
_STRUCTURE = re.compile(
    rf"(?:国务院|中共中央|中央|全国|国家|中国){_NAME}{{2,20}}?(?:领导小组|联席会议|委员会|委会|工作组|指挥部|工程)办公室|"
    rf"(?:国务院|中央|国家){_NAME}{{2,16}}?(?:领导小组|部际联席会议|委员会)(?!办|办公室|会议)|"
    rf"(?:中央)?军委{_NAME}{{2,8}}?(?:部|委员会|办公厅|局|署)(?![长门署])|"
    rf"全国人大(?:常委会)?{_NAME}{{1,6}}?(?:工作委员会|委员会|工委|委)(?![员托])|"
    rf"(?:中国|全国|中华全国){_NAME}{{2,14}}?(?:协会|联合会|总会|学会|商会|研究院|交易中心|总公司|基金会)(?![长员议展])"
)
"""国务院全民健身工作联席会议办公室: a body by the structure of its name, which no list need have."""


def _bodies_by_structure(plain: str, start: int, end: int, known: list[Body]) -> list[Body]:
    """The bodies that the lexicon lacks and whose name shows what they are."""
    if not phrases.SIGNS_OF_STRUCTURE.search(plain, start, end):
        return []
    spans = {(body.start, body.end) for body in known}
    matches = (m for m in _STRUCTURE.finditer(plain, start, end) if m.span() not in spans)
    return [Body(m.start(), m.end(), f"中央{m[0]}" if m[0].startswith("军委") else m[0]) for m in matches]


def _sharing(plain: str, start: int, match: re.Match[str], name: str) -> list[Body]:
    """上海市、江苏省、浙江省人民政府: the provinces before the last share its organ."""
    organ = match["organ"]
    if not organ or match["place"] not in _provinces():
        return []
    found = []
    at = match.start()
    while (place := phrases.PLACE_BEFORE.search(plain, max(start, at - _PLACE), at)) is not None:
        full = _provinces().get(place["name"])
        if full is None:
            break
        found.append(
            Body(place.start("name"), place.end("name"), full + name.removeprefix(_provinces()[match["place"]]))
        )
        at = place.start("name")
    return found


_PLACE = 10


def _following(plain: str, match: re.Match[str], end: int, home: HomePlace) -> list[Body]:
    """自治区能源局、工信厅: the departments after the first share its place."""
    organ = match["organ"] or match["rule"]
    if not organ or not organ.endswith(("局", "厅", "委", "委员会")):
        return []
    place = match["county"] or _full_place(match, match["place"], home)
    found = []
    at = match.end()
    while (next_one := _department_pattern().match(plain, at, end)) is not None:
        found.append((next_one.start() + 1, next_one.end(), next_one["organ"]))
        at = next_one.end()
    return [Body(a, b, place + _official(organ)) for a, b, organ in found]


def _longest(found: list[Body]) -> list[Body]:
    """Without those that lie in another: 北京市发展改革委 is no 国家发展改革委. 国家税务总局浙江省税务局 is one."""
    kept: list[Body] = []
    for body in sorted(found, key=lambda b: (b.start, -b.end)):
        if kept and body.start == kept[-1].end and body.name.endswith(_BRANCHES):
            kept[-1] = Body(kept[-1].start, body.end, kept[-1].name + body.name)
        elif not kept or body.start >= kept[-1].end or (body.start, body.end) == kept[-1][:2]:
            kept.append(body)
    return kept


_BRANCHES = ("税务局", "监管局", "金融监管局", "海事局", "证监局")
_ALONE = ("省", "自治区", "市")
_LOOK_BACK = 60


def _local(match: re.Match[str], home: HomePlace, region: str) -> tuple[str, str]:
    """A local body in full, and the place whose Party committee was named last (江西省委、政府)."""
    if match["county"]:
        return match["county"] + _official(match["rule"]), region
    if match["customs"]:
        return match["place"].removesuffix("市") + match["customs"], region
    if match["bare"]:
        return region + ("人民" if match["bare"].startswith("政府") else "") + match["bare"], region
    organ, party = match["organ"], match["party"] or ""
    if organ and organ.startswith("委") and organ.endswith("办公室"):
        return _full_place(match, match["place"], home) + organ, region
    if organ and not organ.startswith("党委"):
        # 中国证监会上海监管局 has its place as printed
        printed = organ.endswith((*_BRANCHES, "中心")) and match["place"] not in _ALONE
        place = match["place"] if printed else _full_place(match, match["place"], home)
        return place + _official(organ), region
    # Of the Party's committees the name is 中共…委员会, in short 中共江苏省委.
    region = _full_place(match, match["place"], home)
    office = organ.removeprefix("党委") if organ else party.removeprefix("委")
    return f"中共{region}{'党委' if region.endswith('区') else '委'}{office}", region


def _full_place(match: re.Match[str], place: str, home: HomePlace) -> str:
    """A place by its full name.

    省 and 市 alone are those named just before (冰雪大省吉林，由省政府印发), else the article's.
    """
    if place in _ALONE:
        near = max(0, match.start() - _LOOK_BACK), match.start()
        named = [*phrases.PROVINCE.finditer(match.string, *near)]
        provinces = [(m.start(), _provinces()[m[0]]) for m in named]
        if place == "省" and not provinces:
            provinces = [(m.start(), m[0]) for m in _unknown_province().finditer(match.string, *near)]
        if place != "市":
            return max(provinces, default=(0, home.province))[1] or place
        cities = [(m.start(), m[0]) for m in _city_pattern().finditer(match.string, *near)]
        cities += [(at, name) for at, name in provinces if name.endswith("市")]
        if not cities:
            cities = [(m.start("city"), m["city"]) for m in _unknown_city().finditer(match.string, *near)]
        return (
            max(cities, default=(0, home.city or (home.province if home.province.endswith("市") else "")))[1] or place
        )
    if place in _cities() and (len(place) == len("苏州") or not place.endswith(("州", "盟", "地区"))):
        return place + "市"
    return _provinces().get(place, place)


def _official(organ: str) -> str:
    if organ.startswith("政府"):
        organ = "人民" + organ
    for short, full in LOCAL_SHORT_FORMS:
        organ = organ.replace(short, full)
    return organ


def home_of(paper: Paper) -> HomePlace:
    """The province that the article is about, and the city: what 省政府, 我省 and 市政府 mean."""
    head = paper.title + "\n" + "\n".join(line.plain for line in paper.lines[:8])[:400]
    first = phrases.PROVINCE.search(head)
    unknown = _unknown_province().search(head) if first is None and "省" in head else None
    province = _provinces()[first[0]] if first is not None else unknown[0] if unknown is not None else ""
    places = (opening.start() for opening in _city_opening().finditer(head))
    city = next(matches_at(places, _city_pattern(), head), None)
    if city is None:
        return HomePlace(province)
    return HomePlace(province or _cities()[city[0].removesuffix("市")], city[0])
