"""Tasks of a reader with the keys that they take, from the list of articles on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.sample import dashboard_of, made, screen_text, until
from tui.app import DashboardApp
from tui.screens.compare import CompareScreen
from tui.screens.targets import TargetsScreen
from tui.widgets.article_list import ArticleList

Check = Callable[[DashboardApp], object]


def finds(query: str) -> Check:
    """Whether this filter is in force."""
    return lambda app: str(app.main_screen.state.query) == query


def is_in(pane: str) -> Check:
    """Whether this pane has the keys."""
    return lambda app: app.main_screen.state.pane == pane


TASKS: dict[str, tuple[list[str], Check]] = {
    "targets of an agency, this week": (
        ["slash", "工", "tab", "t", "a", "r", "tab", "enter", "T"],
        finds("agency:工业和信息化部 has:targets date:week"),
    ),
    "goals of an agency, in Chinese": (
        ["slash", "工", "tab", "目", "tab", "enter"],
        finds("agency:工业和信息化部 has:goals"),
    ),
    "a category": (["slash", "部", "委", "tab", "enter"], finds("cat:金融/新浪财经/部委动态")),
    "read": (["enter"], is_in("reader")),
    "the plan's first list": (["2", "j", "E"], is_in("plan")),
    "a word in the text": (["enter", "slash", "新", "闻", "enter"], lambda app: "1/" in screen_text(app)),
    "all read, and undone": (["A", "u"], lambda app: not app.archive.flags(made(1).id).read),
    "star": (["j", "f"], lambda app: app.archive.flags(made(1).id).starred),
    "tag": (["j", "number_sign", "制", "enter"], lambda app: app.archive.flags(made(1).id).tags == ("制",)),
    "the starred ones": (["asterisk"], finds("is:starred")),
    "sources": (["s"], lambda app: "国内滚动" in screen_text(app) and app.screen is not app.main_screen),
    "targets of all articles": (["L"], lambda app: isinstance(app.screen, TargetsScreen)),
    "two plans side by side": (["2", "j", "x", "k", "x"], lambda app: isinstance(app.screen, CompareScreen)),
    "the twelfth": (["1", "2", "G"], lambda app: app.main_screen.query_one(ArticleList).cursor == 11),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("task", TASKS)
async def test_a_task_takes_these_keys(archive_path: Path, language: str, task: str) -> None:
    keys, check = TASKS[task]
    async with dashboard_of(archive_path, language=language) as (app, pilot):
        for key in keys:
            await pilot.press(key)
        await until(pilot, lambda: check(app), f"{task}: {app.main_screen.state.query}")
