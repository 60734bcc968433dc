"""A plan in numbers, as a list shows them: how many tasks it sets, and the year in which it ends. Pure.

A task is an item of a list of works (四大任务, 十项措施, 一是…二是…). A list of something else (三大目标, 五个部分)
has no tasks of its own, but lists inside it may have.
"""

import re
from collections.abc import Iterable

from feeds.model import Goal, Group, Item, Plan, Target

_WORKS = re.compile(
    "(?:任务|措施|举措|举措清单|政策|工作|要求|重点|意见|工程|行动|专项|计划|改革|事项|安排|要点|抓手|部署|方面|硬招|实招|[招举条]|"
    '文章|[大实小好]事|攻坚战|战役|硬仗)[”’"）)》]*$'
)
"""The end of the label of a list of works."""

_NO_WORKS = re.compile(
    "(?:^|总体|基本|主要|工作|发展|重大|重要|指导|面临|预期|量化)(?:要求|目标|指标|原则|思想|思路|形势|背景|意义|现状|情况|基础|成效|成就)$|"
    "[总附]则$|^(?:现状|形势|背景|成效|成就|目标)[与和及、]"
)
"""A chapter of a document that sets no task."""

_DEADLINE_YEAR = re.compile(r"(?:.*/)?(\d{4})(?:-\d\d){0,2}", re.ASCII)


def tasks_in(plan: Plan) -> int:
    """The number of tasks in a plan."""
    return sum(map(_tasks_of_group, plan.groups))


def _tasks_of_group(group: Group) -> int:
    has_parts = any(item.items or item.groups for item in group.items)
    if not group.label and has_parts:
        return sum(_tasks_of_chapter(item) for item in group.items)
    if not group.label or _WORKS.search(group.label):
        return len(group.items)
    return sum(_tasks_of_part(item) for item in group.items)


def _tasks_of_chapter(item: Item) -> int:
    """The tasks of a chapter of a document: its clauses, or the chapter itself where it has none."""
    if _NO_WORKS.search(item.title):
        return 0
    return len(item.items) or sum(map(_tasks_of_group, item.groups)) or 1


def _tasks_of_part(item: Item) -> int:
    """The tasks of a part (五个部分): those of the lists inside it."""
    return sum(map(_tasks_of_group, item.groups))


def end_year(plan: Plan) -> int:
    """The latest year by which a target of the plan is to be reached, without targets a goal; 0 if none has a time."""
    return _latest_year(plan.targets) or _latest_year(plan.goals)


def _latest_year(parts: Iterable[Target | Goal]) -> int:
    years = (_DEADLINE_YEAR.fullmatch(part.deadline) for part in parts)
    return max((int(found[1]) for found in years if found), default=0)
