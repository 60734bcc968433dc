"""Known edits of real and invented plans: the comparison finds them and nothing else."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.compare import Comparison, Pairing, compare, compare_texts
from feeds.model import Document, Goal, Group, Item, Plan, Span, Target
from tests.compare.conftest import demo_articles, gold_articles

T = TypeVar("T")
HERE = Span(0, 0, 1)
INVENTED = (
    "完善县域总分馆体系", "推进古籍数字化", "建设智慧书房", "发展无障碍阅读", "补齐服务区快充短板", "改造低效老桩",
    "规范充电价格公示", "盘活闲置用地", "更新老旧器材", "推行智慧管理", "壮大指导员队伍", "夯实种业根基", "疏浚入海河",
    "培育链主企业", "压减审批时限", "守牢耕地红线", "畅通退役渠道", "严查虚假广告", "修复盐碱湿地", "普及冰雪运动",
    "试点长期护理", "联通跨省线路", "降低仓储成本", "统一接口标准",
)  # fmt: skip
KINDS = ("重点任务", "保障措施", "专项行动", "基本原则", "重大工程")
INDICATORS = ("快充覆盖率", "书房座位数", "人均场地面积", "产地低温处理率", "营业收入", "再生水利用率")
NEW = "鼓励民间收藏旧船票"  # shares nothing with what the plans say

names = st.permutations(INVENTED)


@st.composite
def invented_plans(draw: st.DrawFn) -> Plan:
    titles = list(draw(names))
    groups = []
    for kind in draw(st.permutations(KINDS))[: draw(st.integers(1, 4))]:
        count = draw(st.integers(1, 5))
        taken, titles = titles[:count], titles[count:]
        groups.append(
            Group(f"{'零一二三四五'[count]}项{kind}", count, HERE, tuple(Item(title, HERE) for title in taken))
        )
    targets = tuple(
        Target(
            name, "ge", "level", str(draw(st.integers(2, 99))), "%", draw(st.sampled_from(("2028", "2030"))), None, HERE
        )
        for name in draw(st.permutations(INDICATORS))[: draw(st.integers(0, 4))]
    )
    goals = tuple(Goal("2030", text, HERE) for text in draw(st.sampled_from(((), ("监管体系基本建成",)))))
    return Plan((Document("某地读书规划"),), tuple(groups), goals, targets)


def known_plans() -> st.SearchStrategy[Plan]:
    """Plans of the demo and of the labelled posts, as far as there are any."""
    articles = [*demo_articles().values(), *gold_articles().values()]
    return st.sampled_from([article.plan for article in articles if article.plan.groups or article.plan.targets])


plans = st.one_of(invented_plans(), st.deferred(known_plans))


def without(parts: Sequence[T], number: int) -> tuple[T, ...]:
    return tuple(part for place, part in enumerate(parts) if place != number)


def with_part(parts: Sequence[T], number: int, part: T) -> tuple[T, ...]:
    return (*parts[:number], part, *parts[number + 1 :])


def moved(parts: Sequence[T], number: int, to: int) -> tuple[T, ...]:
    rest = without(parts, number)
    return (*rest[:to], parts[number], *rest[to:])


def with_items(plan: Plan, number: int, edit: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Plan:
    group = plan.groups[number]
    return replace(plan, groups=with_part(plan.groups, number, replace(group, items=edit(group.items))))


def group_to_edit(data: st.DataObject, plan: Plan, least: int = 1) -> int:
    """The number of a group whose items stand once in the plan."""
    titles = [item.title for group in plan.groups for item in every_item(group)]
    fit = [
        number
        for number, group in enumerate(plan.groups)
        if len(group.items) >= least and all(titles.count(item.title) == 1 for item in group.items)
    ]
    assume(fit)
    return data.draw(st.sampled_from(fit))


def every_item(group: Group) -> list[Item]:
    found: list[Item] = []
    for item in group.items:
        found += [item, *(deeper for inner in item.groups for deeper in every_item(inner))]
        found += [deeper for inner in item.items for deeper in every_item(Group("", None, HERE, (inner,)))]
    return found


def found_in(comparison: Comparison) -> list[tuple[str, str, bool]]:
    return [(pairing.kind, pairing.change, pairing.moved) for pairing in comparison.differences]


def the_one(comparison: Comparison) -> Pairing:
    assert len(comparison.differences) == 1, found_in(comparison)
    return comparison.differences[0]


@given(plans)
def test_a_plan_beside_itself_has_no_difference(plan: Plan) -> None:
    comparison = compare(plan, plan)
    assert comparison.differences == ()
    assert comparison.counts["same"] == len(comparison.pairings)


@given(plans, plans)
def test_the_other_direction_is_the_mirror(before: Plan, after: Plan) -> None:
    there, back = compare(before, after), compare(after, before)
    assert back == there.mirror()
    assert back.mirror() == there
    assert (there.counts["new"], there.counts["gone"]) == (back.counts["gone"], back.counts["new"])
    assert (there.counts["changed"], there.counts["moved"]) == (back.counts["changed"], back.counts["moved"])


@given(plans, plans)
def test_each_part_of_both_plans_stands_in_one_pairing(before: Plan, after: Plan) -> None:
    comparison = compare(before, after)
    for side, plan in (("before", before), ("after", after)):
        parts = [getattr(pairing, side) for pairing in comparison.pairings if getattr(pairing, side) is not None]
        for kind, wanted in ((Document, plan.documents), (Goal, plan.goals), (Target, plan.targets)):
            assert sorted(map(id, wanted)) == sorted(id(part) for part in parts if isinstance(part, kind))
        items = [item for group in plan.groups for item in every_item(group)]
        assert sorted(map(id, items)) == sorted(id(part) for part in parts if isinstance(part, Item))


@given(plans, st.data())
def test_an_item_is_dropped_or_added(plan: Plan, data: st.DataObject) -> None:
    number = group_to_edit(data, plan, 2)
    group = plan.groups[number]
    place = data.draw(st.integers(0, len(group.items) - 1))
    less = with_items(plan, number, lambda items: without(items, place))
    gone = the_one(compare(plan, less))
    assert (gone.kind, gone.change, gone.before) == ("item", "gone", group.items[place])
    new = the_one(compare(less, plan))
    assert (new.kind, new.change, new.after) == ("item", "new", group.items[place])
    more = with_items(plan, number, lambda items: (*items[:place], Item(NEW, HERE), *items[place:]))
    added = the_one(compare(plan, more))
    assert (added.kind, added.change, added.after) == ("item", "new", Item(NEW, HERE))


@given(plans, st.data())
def test_an_item_gets_another_name(plan: Plan, data: st.DataObject) -> None:
    number = group_to_edit(data, plan)
    group = plan.groups[number]
    place = data.draw(st.integers(0, len(group.items) - 1))
    title = group.items[place].title
    assume(len(title) >= 4)
    cut = data.draw(st.integers(0, len(title)))
    renamed = title[:cut] + data.draw(st.sampled_from(("甬", "甬潟"))) + title[cut:]
    other = with_items(plan, number, lambda items: with_part(items, place, replace(items[place], title=renamed)))
    changed = the_one(compare(plan, other))
    assert (changed.kind, changed.change, changed.moved) == ("item", "changed", False)
    assert "".join(run.after for run in changed.fields[0].wording) == renamed
    assert "".join(run.before for run in changed.fields[0].wording) == title
    assert sum(len(run.after) for run in changed.fields[0].wording if not run.same) <= 12


@given(plans, st.data())
def test_an_item_is_moved_in_its_group(plan: Plan, data: st.DataObject) -> None:
    number = group_to_edit(data, plan, 2)
    group = plan.groups[number]
    place, to = data.draw(st.permutations(range(len(group.items))))[:2]
    other = with_items(plan, number, lambda items: moved(items, place, to))
    found = the_one(compare(plan, other))
    assert (found.kind, found.change, found.moved) == ("item", "same", True)
    if abs(place - to) > 1:
        assert found.before == group.items[place]


@given(plans, st.data())
def test_an_item_is_moved_to_another_group(plan: Plan, data: st.DataObject) -> None:
    number = group_to_edit(data, plan, 3)
    others = [place for place, group in enumerate(plan.groups) if place != number and len(group.items) >= 3]
    assume(others)
    to = data.draw(st.sampled_from(others))
    item = plan.groups[number].items[0]
    assume(len(item.title) >= 4)
    other = with_items(with_items(plan, number, lambda items: items[1:]), to, lambda items: (*items, item))
    found = the_one(compare(plan, other))
    assert (found.kind, found.change, found.moved, found.before, found.after) == ("item", "same", True, item, item)


@given(plans, st.data())
def test_two_groups_are_swapped(plan: Plan, data: st.DataObject) -> None:
    assume(len(plan.groups) >= 2)
    assume(len({(group.label, tuple(item.title for item in group.items)) for group in plan.groups}) == len(plan.groups))
    first, second = sorted(data.draw(st.permutations(range(len(plan.groups))))[:2])
    groups = with_part(with_part(plan.groups, first, plan.groups[second]), second, plan.groups[first])
    comparison = compare(plan, replace(plan, groups=groups))
    swapped = {id(plan.groups[first]), id(plan.groups[second])}
    found = {id(pairing.before) for pairing in comparison.differences}
    assert all(pairing.moved and pairing.change == "same" for pairing in comparison.differences)
    assert found == swapped if second - first > 1 else len(found) == 1 and found < swapped


@given(plans, st.data())
def test_a_group_is_dropped(plan: Plan, data: st.DataObject) -> None:
    number = group_to_edit(data, plan)
    gone = the_one(compare(plan, replace(plan, groups=without(plan.groups, number))))
    assert (gone.kind, gone.change, gone.before) == ("group", "gone", plan.groups[number])


@given(plans, st.data())
def test_a_figure_or_a_year_of_a_target_changes(plan: Plan, data: st.DataObject) -> None:
    names = [target.indicator for target in plan.targets]
    fit = [number for number, name in enumerate(names) if name and names.count(name) == 1]
    assume(fit)
    number = data.draw(st.sampled_from(fit))
    target = plan.targets[number]
    value = replace(target, value=data.draw(st.sampled_from(("3.1415", "7777"))))
    year = replace(target, deadline=data.draw(st.sampled_from(("2049", "2044-06"))))
    for edited, field in ((value, "value"), (year, "deadline")):
        changed = the_one(compare(plan, replace(plan, targets=with_part(plan.targets, number, edited))))
        assert (changed.kind, changed.change, changed.before, changed.after) == ("target", "changed", target, edited)
        assert [found.name for found in changed.fields] == [field]
    gone = the_one(compare(plan, replace(plan, targets=without(plan.targets, number))))
    assert (gone.kind, gone.change, gone.before) == ("target", "gone", target)
    more = Target(NEW, "ge", "level", "5", "艘", "2031", None, HERE)
    new = the_one(compare(plan, replace(plan, targets=(more, *plan.targets))))
    assert (new.kind, new.change, new.after) == ("target", "new", more)


@given(plans, st.data())
def test_the_year_of_a_goal_changes(plan: Plan, data: st.DataObject) -> None:
    texts = [goal.text for goal in plan.goals]
    fit = [number for number, text in enumerate(texts) if texts.count(text) == 1]
    assume(fit)
    number = data.draw(st.sampled_from(fit))
    edited = replace(plan.goals[number], deadline="2049")
    changed = the_one(compare(plan, replace(plan, goals=with_part(plan.goals, number, edited))))
    assert (changed.kind, changed.change, changed.after) == ("goal", "changed", edited)
    assert [found.name for found in changed.fields] == ["deadline"]


@given(st.data())
def test_a_text_loses_gains_and_moves_a_clause(data: st.DataObject) -> None:
    articles = [article for article in (*demo_articles().values(), *gold_articles().values()) if article.blocks]
    before = data.draw(st.sampled_from(articles)).paragraphs
    number = data.draw(st.integers(0, len(before) - 1))
    more = [*before[:number], f"{NEW}，", *before[number:]]
    new = the_one(compare_texts(before, more))
    assert (new.change, new.after.text if new.after else "") == ("new", f"{NEW}，")  # type: ignore[union-attr]
    assert compare_texts(more, before) == compare_texts(before, more).mirror()
    assert compare_texts(before, before).differences == ()
    to = data.draw(st.integers(0, len(before)))
    again = [*before[:to], f"{NEW}，", *before[to:]]
    found = compare_texts(more, again).differences
    assert all(pairing.moved and pairing.change == "same" for pairing in found)


@given(st.lists(st.text(alphabet="一是，。；：123.%“”() \n甲乙", max_size=30), max_size=6))
@example(["a: b, c"])
@example(["，，，", "", "。"])
def test_the_clauses_are_the_whole_text(paragraphs: list[str]) -> None:
    clauses = [pairing.after for pairing in compare_texts([], paragraphs).pairings]
    for number, paragraph in enumerate(paragraphs):
        mine = [clause for clause in clauses if clause is not None and clause.span.p == number]  # type: ignore[union-attr]
        assert "".join("".join(clause.text.split()) for clause in mine) == "".join(paragraph.split())  # type: ignore[union-attr]
        for clause in mine:
            assert paragraph[clause.span.start : clause.span.end] == clause.text  # type: ignore[union-attr]


PAIRS = (
    ("ministries/charging-draft", "ministries/charging-final", {"changed": 6, "new": 2, "gone": 1, "moved": 1}),
    ("ministries/reading-2021", "ministries/reading-2026", {"changed": 7, "new": 4, "gone": 3, "moved": 0}),
    ("macro/fitness-state", "regions/fitness-anhui", {"changed": 7, "new": 1, "gone": 0, "moved": 1}),
)


@pytest.mark.parametrize(("before", "after", "counts"), PAIRS)
def test_the_pairs_of_the_demo_read_right(before: str, after: str, counts: dict[str, int]) -> None:
    articles = demo_articles()
    found = compare(articles[before].plan, articles[after].plan).counts
    assert {name: found[name] for name in counts} == counts
