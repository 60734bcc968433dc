"""Ordinals: series, what is none, and sections inside sections."""

from collections.abc import Callable

import pytest

from feeds.model import Item, Plan

Planned = Callable[..., Plan]
SAID = "商务部召开会议，部署推进集市建设。"

Tree = list[tuple[str, "Tree"]]


def tree(items: tuple[Item, ...]) -> Tree:
    return [(item.title, tree(item.items)) for item in items]


def titles(plan: Plan) -> list[list[str]]:
    return [[item.title for item in group.items] for group in plan.groups]


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("一是", "二是", "三是"),
        ("一要", "二要", "三要"),
        ("第一，", "第二，", "第三，"),
        ("第一是", "第二是", "第三是"),
        ("首先，", "其次，", "最后，"),
        ("首先是", "第二是", "第三是"),
        ("（一）", "（二）", "（三）"),
        ("(1)", "(2)", "(3)"),
        ("①", "②", "③"),
        ("其一，", "其二，", "其三，"),
    ],
)
@pytest.mark.parametrize("mark", ["；", "。"])
def test_a_series_is_read_in_every_dress(plan: Planned, first: str, second: str, third: str, mark: str) -> None:
    found = plan(f"{SAID}会议要求：{first}修好村道，配齐路灯{mark}{second}搭建凉棚{mark}{third}接通水电。")
    assert titles(found) == [["修好村道，配齐路灯", "搭建凉棚", "接通水电"]]
    assert found.groups[0].status == "undeclared"


@pytest.mark.parametrize("dress", ["{}、", "（{}）", "{}是"])
def test_a_series_may_run_over_paragraphs(plan: Planned, dress: str) -> None:
    marks = [dress.format(n) for n in "一二三"]
    found = plan(SAID, marks[0] + "修路。", "钱由县里出。", marks[1] + "建棚。", marks[2] + "通水电。")
    assert titles(found) == [["修路", "建棚", "通水电"]]


def test_a_new_first_begins_a_new_series(plan: Planned) -> None:
    found = plan(SAID + "一是修路；二是建棚。", "下一步，一是招商；二是办节。")
    assert titles(found) == [["修路", "建棚"], ["招商", "办节"]]


@pytest.mark.parametrize(
    "text",
    [
        "口径统一是前提，第二是要快。",
        "一是一，二是二，账目要清楚。",
        "公司一、二级市场都要管，三、四线城市也要管。",
        "目标之一是修路。",
        "一是修路。",
        "二是建棚；三是通水电。",
        "第一产业和第二产业都要发展，第三产业要提速。",
        "水温1.5度，面积2.5亩。",
    ],
)
def test_what_only_looks_like_a_marker_is_none(plan: Planned, text: str) -> None:
    assert plan(SAID + text).groups == ()


def test_sections_lie_in_sections(plan: Planned) -> None:
    found = plan(
        "商务部办公厅关于开展集市整修的通知",
        "一、工作目标",
        "二、重点任务",
        "（一）整修场地。先易后难。",
        "1．铺平地面。用防滑砖。",
        "2．翻新棚顶。",
        "（二）配齐设施。",
        "三、工作要求",
        "（三）加强领导。",
        "（四）按月报告。",
    )
    assert len(found.groups) == 1
    assert tree(found.groups[0].items) == [
        ("工作目标", []),
        ("重点任务", [("整修场地", [("铺平地面", []), ("翻新棚顶", [])]), ("配齐设施", [])]),
        ("工作要求", [("加强领导", []), ("按月报告", [])]),
    ]


def test_an_introducing_noun_is_the_label(plan: Planned) -> None:
    assert plan(SAID + "会议明确以下具体任务，一是修路。二是建棚。").groups[0].label == "以下具体任务"
    assert plan(SAID + "《意见》要求：一是修路。二是建棚。").groups[0].label == ""
    assert plan(SAID + "抓好以下几方面工作：", "一是修路。二是建棚。").groups[0].label == "以下几方面"


def test_a_report_after_the_last_item_is_not_its_text(plan: Planned) -> None:
    found = plan(
        "商务部印发《集市规划》。《集市规划》部署两项任务。一是修路。二是建棚。围绕上述任务，《集市规划》安排了九项重点工程。"
    )
    assert [(g.label, len(g.items)) for g in found.groups] == [("两项任务", 2), ("九项重点工程", 0)]


@pytest.mark.parametrize("heading", ["主要任务", "重点工作", "保障措施"])
def test_a_sections_own_title_is_no_name_of_a_list_in_it(plan: Planned, heading: str) -> None:
    found = plan(SAID, "一、工作目标。摆正夜市。", f"二、{heading}。（一）改造集市。（二）培训摊主。", "三、附则。")
    assert tree(found.groups[0].items) == [
        ("工作目标", []),
        (heading, [("改造集市", []), ("培训摊主", [])]),
        ("附则", []),
    ]
