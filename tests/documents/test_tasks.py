"""How many tasks a plan sets, and the year in which it ends."""

import pytest

from feeds.documents.tasks import end_year, tasks_in
from feeds.model import Goal, Group, Item, Plan, Span, Target

HERE = Span(0, 0, 1)


def items(*titles: str, groups: tuple[Group, ...] = ()) -> tuple[Item, ...]:
    return tuple(Item(title, HERE, groups=groups) for title in titles)


def group(label: str, *titles: str, declared: int | None = None) -> Group:
    return Group(label, declared, HERE, items(*titles))


def target(deadline: str) -> Target:
    return Target("造林面积", "ge", "up", "90", "万亩", deadline, None, HERE)


@pytest.mark.parametrize("label", ["三大任务", "重点工程", "三项措施", "“三大行动”", "三件实事", "三条", ""])
def test_the_items_of_a_list_of_works_are_tasks(label: str) -> None:
    assert tasks_in(Plan(groups=(group(label, "修渠", "补网", "育种"),))) == 3


@pytest.mark.parametrize("label", ["三大目标", "基本原则", "两步走", "三重压力", "三个行业", "三种倾向", "三大高地"])
def test_the_items_of_another_list_are_none(label: str) -> None:
    assert tasks_in(Plan(groups=(group(label, "甲", "乙", "丙"),))) == 0


def test_lists_inside_a_part_count_and_a_list_without_items_does_not() -> None:
    inner = group("两项措施", "减费", "放权")
    parts = Group("两个部分", 2, HERE, items("上篇", "下篇", groups=(inner,)))
    assert tasks_in(Plan(groups=(parts, group("十二项政策", declared=12)))) == 4


def test_the_chapters_of_a_document_count_by_their_clauses() -> None:
    def chapter(title: str, *clauses: str) -> Item:
        return Item(title, HERE, items(*clauses))

    chapters = (
        chapter("总体要求", "指导思想", "工作目标"),
        chapter("夯实粮食生产基础", "修渠", "补网", "育种"),
        chapter("完善收储体系", "建库", "轮换"),
        chapter("附则"),
        chapter("加强督查"),
    )
    assert tasks_in(Plan(groups=(Group("", None, HERE, chapters),))) == 6


@pytest.mark.parametrize(
    ("deadlines", "goals", "year"),
    [
        (["2027", "2030-06", ""], ["2035"], 2030),
        (["2026/2031", "2028-12-31"], [], 2031),
        ([""], ["2029", "2025"], 2029),
        ([], ["每年"], 0),
        ([], [], 0),
    ],
)
def test_a_plan_ends_in_the_latest_year_of_its_targets_else_of_its_goals(
    deadlines: list[str], goals: list[str], year: int
) -> None:
    plan = Plan(targets=tuple(map(target, deadlines)), goals=tuple(Goal(day, "见效", HERE) for day in goals))
    assert end_year(plan) == year
