"""The screen of differences: the first key marks an article, the second compares; its keys go through them."""

from pathlib import Path

import pytest

from feeds.archive import Archive
from tests.compare.conftest import demo_articles
from tests.tui.sample import dashboard_of, screen_text, until
from tui.screens.compare import CompareScreen
from tui.widgets.bars.key_line import KeyLine
from tui.widgets.menus.row_list import RowList
from tui.widgets.reader import Reader

DRAFT, FINAL = "ministries/charging-draft", "ministries/charging-final"


@pytest.fixture
def pair_path(tmp_path: Path) -> Path:
    """An archive that holds a draft and its final text, which is newer and stands first."""
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many([demo_articles()[DRAFT], demo_articles()[FINAL]])
    return tmp_path / "archive"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_two_articles_are_compared(pair_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(pair_path, size=size) as (app, pilot):
        await pilot.press("j", "x", "x")
        await until(pilot, lambda: "Marked" in screen_text(app), "the notice")
        assert app.screen is app.main_screen
        await pilot.press("k", "x")
        await until(pilot, lambda: bool(app.screen.query(RowList)) and app.screen.query_one(RowList).rows, "lines")
        lines = [row.plain for row in app.screen.query_one(RowList).rows]
        if size[0] < 100:
            assert "~  [-五-]{+六+}项重点任务" in lines
            assert "+    培育车网互动新业态" in lines
        else:  # both sides have room
            assert any("[-五-]项" in line.partition("│")[0] and "{+六+}项" in line.partition("│")[2] for line in lines)
            assert any(line.startswith("+ ") and line.endswith("│   培育车网互动新业态") for line in lines)
        assert not [line for line in lines if "规范充电价格公示" in line]
        assert "Marked" not in screen_text(app)
        assert app.screen.query_one(KeyLine).region.height == 1
        assert "6 changed" in screen_text(app)


async def test_the_keys_of_the_screen(pair_path: Path) -> None:
    async with dashboard_of(pair_path, size=(80, 30)) as (app, pilot):
        await pilot.press("j", "x", "k", "x")
        await until(
            pilot, lambda: isinstance(app.screen, CompareScreen) and app.screen.query_one(RowList).rows, "lines"
        )
        rows = app.screen.query_one(RowList)

        def shown() -> str:
            return "\n".join(row.plain for row in rows.rows)

        await pilot.press("n", "n")
        at = rows.cursor
        assert rows.rows[at].plain[:2].strip()
        await pilot.press("n", "N")
        assert rows.cursor == at
        await pilot.press("a")
        await until(pilot, lambda: "规范充电价格公示" in shown(), "what is the same")
        await pilot.press("a", "s")
        await until(pilot, lambda: "-    培育车网互动新业态" in shown(), "the mirror")
        await pilot.press("s", "t")
        await until(pilot, lambda: "新建公共快充站[-8000-]{+1万+}座" in shown(), "the texts")
        await pilot.press("x")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
        await pilot.press("x")
        await until(pilot, lambda: "Marked" in screen_text(app), "marked again")
        assert app.screen is app.main_screen


async def test_a_line_leads_to_its_sentence_and_back(pair_path: Path) -> None:
    async with dashboard_of(pair_path, size=(120, 40)) as (app, pilot):
        await pilot.press("j", "x", "k", "x")
        await until(pilot, lambda: isinstance(app.screen, CompareScreen), "the screen")
        rows, reader = app.screen.query_one(RowList), app.main_screen.query_one(Reader)
        await until(pilot, lambda: rows.rows, "the lines")
        quotes = {"培育车网互动新业态": "培育车网互动新业态", "乡镇充电设施覆盖率": "乡镇充电设施覆盖率达到90%"}
        for words, quote in quotes.items():
            rows.cursor = next(n for n, row in enumerate(rows.rows) if words in row.plain)
            place = rows.cursor
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is app.main_screen and reader._marks.marked, "the sentence")
            span = reader._marks.marked
            assert reader.article
            assert span
            assert reader.article.paragraphs[span.p][span.start : span.end] == quote
            await pilot.press("q")
            await until(pilot, lambda: isinstance(app.screen, CompareScreen), "the comparison again")
            assert rows.cursor == place
            await until(pilot, lambda: not reader._marks.marked, "no mark")
        rows.cursor = 0  # a heading leads nowhere
        await pilot.press("enter", "q")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
