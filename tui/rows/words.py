"""A row in words: its plan in numbers, its signs, its agency by the short name. Pure.

`任务8 指标3 →2030` are the tasks and targets of the plan and the year in which it ends. Each sign is a character of its
own, so that they differ without colours.
"""

from feeds.agencies import short_name
from feeds.query.results import Row
from tui.words import _

PLAN = "§"


def tasks_of(row: Row) -> str:
    """The number of its tasks in words; "" without one."""
    return _("tasks {n}").format(n=row.tasks) if row.tasks else ""


def targets_of(row: Row) -> str:
    """The number of its targets in words; "" without one."""
    return _("targets {n}").format(n=row.targets) if row.targets else ""


def end_of(row: Row) -> str:
    """The year in which its plan ends; "" if no time is given."""
    return f"→{row.end_year}" if row.end_year else ""


def badge_of(row: Row) -> str:
    """Its plan in numbers; a sign for a plan without any, "" without a plan."""
    return " ".join(filter(None, (tasks_of(row), targets_of(row), end_of(row)))) or (PLAN if row.has_plan else "")


def signs_of(row: Row) -> str:
    """Its signs: edited by its publisher, a note of the reader, an attachment."""
    signs = ((row.changed, _("E")), (row.noted, _("N")), (row.files, _("A")))
    return "".join(sign for is_so, sign in signs if is_so)


def agency_of(row: Row) -> str:
    """Its leading agency by the shortest of its names."""
    return short_name(row.agency) if row.agency else ""
