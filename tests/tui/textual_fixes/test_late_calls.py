"""What is called while the app ends, after it has removed its widgets, must not fail."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

from tests.tui.sample import dashboard_of
from tui.app import DashboardApp
from tui.textual_fixes.late_calls import DropsLateCalls
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.key_line import KeyLine

Late = Callable[[DashboardApp], Awaitable[object] | object]


def from_a_thread(app: DashboardApp) -> object:
    return app.main_screen.run_worker(
        lambda: app.call_from_thread(app.main_screen.counts.look_again), thread=True, exit_on_error=True
    )


LATE: dict[str, Late] = {
    "thread": from_a_thread,
    "timer": lambda app: app.main_screen.set_timer(0.001, app.main_screen.counts.update),
    "timer of a part": lambda app: app.main_screen.set_timer(0.001, app.main_screen.poller_news._show_arrivals),
    "command": lambda app: app.main_screen.set_timer(0.001, partial(app.main_screen.run_command, "read-on")),
}


@pytest.mark.parametrize("late", LATE.values(), ids=LATE)
async def test_a_late_call_is_dropped(archive_path: Path, late: Late, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = []
    async with dashboard_of(archive_path) as (app, _pilot):
        lowest = app.main_screen.query_one(KeyLine)
        leave = lowest._message_loop_exit

        async def call_late() -> None:
            panes = app.main_screen.query_one("#panes")._task
            assert panes
            await panes
            assert not app.main_screen.query(ArticleList)
            reached.append(late(app))
            await asyncio.sleep(0.1)
            await leave()

        monkeypatch.setattr(lowest, "_message_loop_exit", call_late)
    assert reached


async def test_a_running_app_hides_no_failure() -> None:
    class Plain(DropsLateCalls):
        def on_mount(self) -> None:
            self.query_one("#missing")

    with pytest.raises(Exception, match="missing"):
        async with Plain().run_test() as pilot:
            await pilot.pause()
