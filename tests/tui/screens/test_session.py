"""The session: what the reader had before him is there again after a restart, whatever ended the dashboard."""

from pathlib import Path

import msgspec
import pytest

from feeds.archive.state import Session, load_session, save_session
from tests.tui.sample import NOW, dashboard_of, made, screen_text, until
from tui.screens.main import session as session_module
from tui.widgets.article_list import ArticleList
from tui.widgets.plan_tree import PlanTree, nodes_of
from tui.widgets.reader import Reader


async def test_filter_selection_panes_theme_folds_and_places_come_back(archive_path: Path) -> None:
    async with dashboard_of(archive_path, since_you_left=False) as (app, pilot):
        main = app.main_screen
        await pilot.press("U", "right_square_bracket", "slash", *" 轻工", "enter", "enter", "1", "5", "j")
        share, row = main.state.layout.wide.share, main.state.selected_id
        await pilot.press("l", "g", "j", "h", "h")  # the first group is folded
        folded = [node.folded for node in nodes_of(main.query_one(PlanTree).roots)]
        place = main.query_one(Reader).cursor  # at the sentence of the group
        app.action_toggle_theme()
        assert (any(folded), main.state.pane) == (True, "reader")
        assert place > 1
    kept = load_session(archive_path)
    assert kept.left == NOW
    async with dashboard_of(archive_path, since_you_left=False) as (app, pilot):
        await until(pilot, lambda: app.main_screen.state.pane == "reader", "the pane")
        await until(pilot, lambda: bool(app.main_screen.query_one(PlanTree).roots), "the plan")
        state = app.main_screen.state
        assert str(state.query) == kept.query == "is:unread 轻工"
        # It was read, so the list of unread ones has it no more; it is still before the reader.
        assert (state.current_id, state.layout.wide.share, app.theme) == (row, share, "zhengwen-light")
        assert [node.folded for node in nodes_of(app.main_screen.query_one(PlanTree).roots)] == folded
        assert app.main_screen.query_one(Reader).cursor == place


async def test_what_changed_is_written_while_one_reads(archive_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "PAUSE", 0.02)
    async with dashboard_of(archive_path) as (_app, pilot):
        await pilot.press("7", "j", "t")
        await until(pilot, lambda: load_session(archive_path).query == "date:today", "the file")
        await pilot.press("c", "7", "j")
        await until(pilot, lambda: load_session(archive_path).selected == made(7).id, "the row")
        assert load_session(archive_path).left is None  # it has not ended
        written = (archive_path / "session.json").stat().st_mtime_ns
        await pilot.pause(0.2)
        assert (archive_path / "session.json").stat().st_mtime_ns == written
    assert not (archive_path / ".session.json.new").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", True), (b"{", True), (b"[1]", True), (b"\x00" * 40, True), (b'{"place": "x"}', True),
        (b'{"query": "is:(", "wide": 99999, "stacked": -3, "pane": "attic", "selected": "0000"}', False),
        (b'{"selected": "zz", "place": 99999999, "places": {"zz": [99, 99]}, "folded": {"zz": [-4]}}', False),
    ],
)  # fmt: skip
async def test_a_damaged_session_costs_nothing_but_itself(archive_path: Path, text: bytes, told: bool) -> None:  # noqa: FBT001
    (archive_path / "session.json").write_bytes(text)
    async with dashboard_of(archive_path, since_you_left=False) as (app, pilot):
        assert ("session.json cannot be read" in screen_text(app)) == told
        layout = app.main_screen.state.layout
        assert layout.wide.least <= layout.wide.share <= layout.wide.most
        assert app.main_screen.query_one(ArticleList).count == 40
        await pilot.press("j", "k")
    assert load_session(archive_path).left == NOW


async def test_a_row_that_is_gone_leaves_its_place(archive_path: Path) -> None:
    save_session(archive_path, Session(selected="0123456789abcdef", place=12))
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        await pilot.pause()
        articles = app.main_screen.query_one(ArticleList)
        assert articles.cursor == 11
        assert "12/40" in screen_text(app)
        assert "Back at 12/40." in screen_text(app)
        assert 0 <= articles.cursor * articles.lines_per_place - articles.scroll_offset.y < articles.room.height


def test_a_session_of_an_earlier_version_is_read(archive_path: Path) -> None:
    (archive_path / "session.json").write_bytes(msgspec.json.encode({"left": NOW}))
    assert load_session(archive_path) == Session(left=NOW)
