"""A filter finds what reading every article one by one would find, whatever signs are in it."""

import operator
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

import pytest
from msgspec import structs

from feeds.agencies import names_of
from feeds.archive import Archive
from feeds.folding import folded_text
from feeds.model import Article, Flags, Goal, Plan, Span, Target
from feeds.query import parse
from feeds.query.completion import completions
from feeds.query.results import Row
from feeds.query.terms import And, Dates, Due, Groups, Has, Is, LabelTerm, Node, Not, Or, TextTerm, TitleTerm
from tests.archive.conftest import NOON, small
from tests.archive.corpus import articles

TODAY = date(2024, 3, 1)
FILTERS = """
绿色船舶 | 绿 | 色 | 覆盖 | 绿色船舶 氢能重卡 | gdp | ＧＤＰ增 | 增长5% | 长 | 。 | ，关键在于 | 发展行动方案》，编号
m2 | fi | 单 | 字 | -绿 | -绿色船舶 -工信部 | (绿色船舶 or 冷链) -第 | 绿色船舶 cat:制造 | 绿色 agency:工信部 is:unread
cat:金融 | cat:要闻 | cat:金融/要闻 | cat:要闻/国内 | cat:国内 | cat:内 | cat:nothing | cat:部委动态 -is:read
agency:人民银行 | source:7X24 | source:国内滚动 star | is:read | is:starred | is:plan | -is:plan | has:goals
has:targets | groups:>=1 | groups:1 | groups:<1 | date:2024-01 | date:2023-12-15..2024-01-15 cat:产业 | date:..2023-12
date:2024-02-20.. | date:today | date:yesterday | title:工信部 | title:第1 | title:覆盖 绿色 | -title:覆盖 | 下一段 | ﬁ
(cat:金融 or cat:产业) (is:unread or star) | -(cat:金融 or 绿色船舶) | 绿色船舶 date:2024-02 is:unread cat:金融
"""
FILTERS_LIST = [text.strip() for line in FILTERS.strip().splitlines() for text in line.split(" | ")]
SIGNS = [
    "'",
    '"',
    "%",
    "_",
    "*",
    "?",
    "; DROP TABLE article; --",
    "' OR 1=1 --",
    '" OR "',
    "a* NEAR b",
    "x AND y",
    "NOT",
]
SIGNS += [
    "^",
    "{word}: a",
    "word : a",
    "-",
    "\\",
    "\x00",
    "%s",
    "{0}",
    "50%_off 'x' OR 1=1; --",
    '他说"好"',
    "\ud800",
    "“",
]
MORE = """
tag:制造 | tag:制 | tag:重点 -tag:制造 | tag:nothing | -tag:重点 绿色船舶 | due:2027 | due:<=2027 | due:<2027
due:>2033 | due:>=2033 | due:2028..2030 绿色船舶 | due:2025-06 | due:2025-12 | due:2024-02-29
due:..2026 cat:金融 | -due:<=2034 | due:1999 | due:>2025-05 due:<2026 | 標準體系 | 绿色船舶 or 冷链
(绿色船舶 or 标准体系) 融资 | 绿 or 第9 | -第 | 5增长 | (绿色船舶 or cat:能源) is:unread | title:第1 title:9期
绿色船舶 -冷链 star | groups:>=9 | groups:>=1 -has:targets | cat:要闻 tag:制造 date:2024 | 中国 | 關於 | 於 | 著
覆蓋 title:覆盖 | 绿 title:第1 | (绿 -色) or 单 | agency:部 tag:制
"""
FILTERS_LIST += [text.strip() for line in MORE.strip().splitlines() for text in line.split(" | ")]
COMPARED: dict[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
SEEN: dict[str, tuple[Article, Flags]] = {}


@cache
def whole_of(name: str) -> str:
    """Title and paragraphs as they are searched."""
    article = SEEN[name][0]
    return folded_text("\n".join((article.title, *article.paragraphs)))


@cache
def ends_of(name: str) -> list[date]:
    """The last days of a plan's deadlines, found by trying one day after another."""
    ends = []
    article = SEEN[name][0]
    for deadline in [aim.deadline for aim in (*article.plan.goals, *article.plan.targets)]:  # type: ignore[attr-defined]
        given = deadline.split("/")[-1]
        begin = date.fromisoformat(given + "-01-01"[len(given) - 4 :])
        day = begin
        while (day + timedelta(days=1)).isoformat().startswith(given):
            day += timedelta(days=1)
        ends.append(day)
    return ends


def _names(name: str, field: str) -> tuple[str, ...]:
    article, flags = SEEN[name]
    return {"source": article.sources, "agency": article.plan.agencies, "tag": flags.tags}[field]


def _all_names(name: str, field: str) -> tuple[str, ...]:
    return names_of(name) if field == "agency" else (name,)


@cache
def _known_names(name: str, field: str) -> frozenset[str]:
    return frozenset(folded_text(known) for label in _names(name, field) for known in _all_names(label, field))


@cache
def _every_name(field: str) -> frozenset[str]:
    return frozenset().union(*(_known_names(name, field) for name in SEEN))


def _named(article: Article, term: LabelTerm) -> bool:
    wanted = folded_text(term.value)
    if term.field == "cat":
        paths = [path[:depth] for path in article.categories for depth in range(1, len(path) + 1)]
        return any(("/" + folded_text("/".join(path))).endswith("/" + wanted) for path in paths)
    mine = _known_names(article.id, term.field)
    return wanted in mine if wanted in _every_name(term.field) else any(wanted in name for name in mine)


def holds(node: Node, article: Article, flags: Flags) -> bool:
    """The filter asked of one article, without any index."""
    day = article.published.date()
    plan = article.plan
    answers: dict[type, Callable[..., bool]] = {
        And: lambda n: all(holds(part, article, flags) for part in n.nodes),
        Or: lambda n: any(holds(part, article, flags) for part in n.nodes),
        Not: lambda n: not holds(n.node, article, flags),
        TextTerm: lambda n: folded_text(n.value) in whole_of(article.id),
        TitleTerm: lambda n: folded_text(n.value) in folded_text(article.title),
        LabelTerm: lambda n: _named(article, n),
        Dates: lambda n: (n.first or day) <= day <= (n.last or day),
        Due: lambda n: any((n.first or end) <= end <= (n.last or end) for end in ends_of(article.id)),
        Is: lambda n: {"unread": not flags.read, "read": flags.read, "starred": flags.starred, "plan": bool(plan)}[
            n.state
        ],
        Has: lambda n: bool(getattr(plan, n.part)) if n.part != "plan" else bool(plan),
        Groups: lambda n: COMPARED[n.comparison](len(plan.groups), n.number),
    }
    return answers[type(node)](node)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Some hundreds of articles, some odd ones among them, some marked."""
    odd = [
        small(
            "ａ", "ＧＤＰ增长５％；“十四五”规划（草案）", title="Q&A：50%_off 'x' OR 1=1; --", category=("部委动态",)
        ),
        small("b", "单字", title='他说"好"', source="a\"b'c", agencies=("中国人民银行",)),
        small("c", "㎡与㎞，ﬁ", "下一段", published=NOON - timedelta(days=300)),
        small("d", "", title="*"),
        small("e", "關於標準體系的覆蓋", title="繁體字於此"),
    ]
    aims = (Goal("2025-06", "甲", Span(0, 0, 1)), Goal("2021/2025", "乙", Span(0, 0, 1)))
    figure = Target("甲", "ge", "up", "5", "%", "2024-02", None, Span(0, 0, 1))
    odd.append(structs.replace(small("f", published=NOON), plan=Plan(goals=aims, targets=(figure,))))
    odd.append(structs.replace(small("g"), plan=Plan(goals=(Goal("2025-06-15", "甲", Span(0, 0, 1)),))))
    with Archive.open(tmp_path_factory.mktemp("full"), write=True) as archive:
        archive.store_many([*articles(500, every=timedelta(hours=5)), *odd])
        names = archive.listing().ids()
        archive.set_flags(names[::3], read=True)
        archive.set_flags(names[::10], starred=True)
        archive.set_flags(names[::7], tag=("制造",))
        archive.set_flags(names[::21], tag=("重点",), untag=("制造",))
        SEEN.update({name: (archive.get(name), archive.flags(name)) for name in names})
        yield archive


def found(archive: Archive, text: str) -> list[Row]:
    listing = archive.listing(parse(text, TODAY))
    rows = listing.window(0, 10_000)
    assert (listing.total, listing.exact) == (len(rows), True)
    return rows


@pytest.mark.parametrize("text", FILTERS_LIST)
def test_a_filter_finds_what_reading_everything_finds(full: Archive, text: str) -> None:
    root = parse(text, TODAY).root
    expected = {name for name, (article, flags) in SEEN.items() if holds(root, article, flags)}
    assert {row.id for row in found(full, text)} == expected


def test_mixed_filters_find_what_reading_everything_finds(full: Archive) -> None:
    dice = random.Random(11)  # noqa: S311 -- choices, no secrets
    pieces = [
        "绿色船舶",
        "冷链",
        "工",
        "cat:金融",
        "cat:产业",
        "agency:工信部",
        "is:unread",
        "star",
        "has:plan",
        "date:2024-01",
        "title:市县",
        "tag:重点",
        "due:<=2029",
        "groups:>=1",
        "有限",
    ]
    for _ in range(60):
        chosen = [dice.choice(["", "-"]) + leader for leader in dice.sample(pieces, dice.randint(1, 4))]
        text = " ".join(chosen) if dice.random() < 0.6 else f"({' or '.join(chosen)}) {dice.choice(pieces)}"
        root = parse(text, TODAY).root
        expected = {name for name, (article, flags) in SEEN.items() if holds(root, article, flags)}
        assert {row.id for row in found(full, text)} == expected, text


def test_articles_that_name_an_agency_are_found_and_the_others(full: Archive) -> None:
    named = {name for name, (article, _flags) in SEEN.items() if article.plan.agencies}
    assert {row.id for row in found(full, "has:agency")} == {row.id for row in found(full, "有:机构")} == named
    assert {row.id for row in found(full, "-has:agency")} == SEEN.keys() - named


@pytest.mark.parametrize("signs", SIGNS)
@pytest.mark.parametrize("field", ["text", "title", "cat", "agency", "source", "tag"])
def test_signs_are_text_and_nothing_else(full: Archive, field: str, signs: str) -> None:
    query = parse("", TODAY).with_term(field, signs)
    node = query.root.nodes[0]
    expected = {name for name, (article, flags) in SEEN.items() if holds(node, article, flags)}
    assert {row.id for row in full.listing(query).window(0, 10_000)} == expected
    assert full.listing().total == len(SEEN)


def test_every_exact_piece_of_a_text_finds_its_article(full: Archive) -> None:
    dice = random.Random(5)  # noqa: S311 -- places, no secrets
    for name in dice.sample(sorted(SEEN), 60):
        article = SEEN[name][0]
        line = dice.choice([article.title, *article.paragraphs])
        start = dice.randrange(len(line) or 1)
        leader = line[start : start + dice.randint(1, 9)].strip()
        if leader:
            query = parse("", TODAY).with_term("text", leader)
            assert full.listing(query).index_of(name) is not None, leader


def test_facets_count_what_the_filter_leaves(full: Archive) -> None:
    query = parse("绿色船舶", TODAY)
    rows = full.listing(query).window(0, 10_000)
    agencies = {facet.path[0]: facet.total for facet in full.facets(query, "agency")}
    assert agencies == {name: sum(row.agency == name for row in rows) for name in {row.agency for row in rows} - {""}}
    finance = next(facet for facet in full.facets(query, "category") if facet.path == ("金融",))
    assert finance.total == len(found(full, "绿色船舶 cat:金融"))
    assert finance.unread == len(found(full, "绿色船舶 cat:金融 is:unread"))
    assert [facet.path[0] for facet in full.facets(query, "day")] == sorted(
        {row.published.date().isoformat() for row in rows}, reverse=True
    )


def test_an_agency_or_source_is_meant_whole_before_it_is_meant_in_part(archive: Archive) -> None:
    archive.store_many([small("a", agencies=("财政部",)), small("b", agencies=("财政部税政司",))])
    assert len(found(archive, "agency:财政部")) == 1
    assert len(found(archive, "agency:税政")) == 1
    assert len(found(archive, "agency:财政")) == 2


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("工业和信息化部", "工信部"),
        ("国家发展改革委", "发改委"),
        ("国家发展改革委", "國家發改委"),
        ("国务院办公厅", "国办"),
        ("中国人民银行", "央行"),
        ("市场监管总局", "国家市场监督管理总局"),
        ("国家林草局", "国家林业和草原局"),
        ("江苏省人民政府", "江苏省政府"),
        ("广东省发展改革委", "广东发改委"),
        ("苏州市住房城乡建设局", "苏州市住建局"),
        ("工信部", "工业和信息化部"),  # as a plan of an earlier version has it
        ("工业和信息化部", "工信"),
        ("国家发展改革委", "发改"),
    ],
)
def test_an_agency_is_found_by_any_of_its_names(archive: Archive, stored: str, asked: str) -> None:
    archive.store(small("甲", "正文。", title="题目其一", agencies=(stored,)))
    archive.store(small("乙", "正文二。", title="题目其二", agencies=("国家数据局",)))
    query = parse(f"agency:{asked}", TODAY)
    assert [row.title for row in archive.listing(query).window(0, 9)] == ["题目其一"]
    assert parse(str(query), TODAY) == query
    assert [one.text for one in completions(f"agency:{asked}", len(f"agency:{asked}"), archive.names)] == [stored]
