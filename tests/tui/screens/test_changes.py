"""The key that shows what a publisher changed: from the list and in the text, with several versions, and back."""

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from feeds.archive import Archive
from feeds.model import Block, Revision
from feeds.plan import plan_of
from tests.tui.sample import NOW, dashboard_of, made, screen_text, until
from tui.widgets.reader import Reader

FIRST = "青禾省提出，到2028年，新建口袋公园120个。"
TEXTS = (FIRST, FIRST.replace("120", "150"), FIRST.replace("120", "180") + "\x1b[31m由各市负责。")


@pytest.fixture
def edited_path(tmp_path: Path) -> Path:
    """An archive whose newest article was edited twice, and one that never was."""
    article = structs.replace(made(1, "青禾省公布绿地规划"), blocks=(Block(TEXTS[2]),), seen=NOW - timedelta(hours=9))
    times = (NOW - timedelta(hours=5), NOW - timedelta(hours=2))
    earlier = [Revision(time, article.title, (Block(text),)) for time, text in zip(times, TEXTS, strict=False)]
    article = structs.replace(article, earlier=tuple(earlier), plan=plan_of(article))
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many([article, made(2)])
    return tmp_path / "archive"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 14)])
async def test_the_reader_compares_versions(edited_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(edited_path, size=size) as (app, pilot):
        reader = app.main_screen.query_one(Reader)

        def text() -> str:
            return screen_text(app).replace("\n", "").replace(" ", "")

        assert "[E]" in screen_text(app)
        await pilot.press("d")
        await until(pilot, lambda: bool(reader.compared), "the comparison")
        await until(pilot, lambda: "[-150-]{+180+}" in text(), "the difference")
        assert "version2(2026" in text()
        assert app.main_screen.state.pane == "reader"
        assert not app.archive.listing().window(0, 1)[0].unread
        await pilot.press("n")
        first = reader.cursor
        await pilot.press("less_than_sign")
        await until(pilot, lambda: "[-120-]{+150+}" in text(), "the older difference")
        await pilot.press("less_than_sign")
        await until(pilot, lambda: "no further version" in screen_text(app), "the end")
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: "[-150-]{+180+}" in text(), "the newer difference again")
        await pilot.press("n", "n", "N")
        assert first > 0
        await pilot.resize_terminal(size[0] - 12, size[1])
        await until(pilot, lambda: "{+180+}" in text(), "the difference in another width")
        await pilot.press("f")
        assert reader.compared
        await pilot.press("d")
        assert not reader.compared
        await until(pilot, lambda: "新建口袋公园180个" in text(), "the article")
        await pilot.press("d")
        await until(pilot, lambda: bool(reader.compared), "the comparison again")
        await pilot.press("escape")
        assert not reader.compared
        assert app.main_screen.state.pane == "reader"
        await pilot.press("escape", "j", "d")
        await until(pilot, lambda: "No earlier version" in screen_text(app), "a sentence")
        assert not reader.compared
