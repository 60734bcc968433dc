"""Several printings of one text on the main screen: one row, houses in the text's head, apart with = and back."""

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from feeds.archive import Archive
from feeds.model import Article, Block, Flags
from tests.tui.sample import NOW, dashboard_of, made, screen_text, until
from tui.widgets.article_list import ArticleList
from tui.widgets.reader import Reader

TEXT = "青屿港公共冷库正在建设，制冷设备采购由当地统筹，完工后向社会开放，空置仓位统一招租。" * 4


def printing(number: int, source: str) -> Article:
    article = made(number, "青屿港建公共冷库", source=source)
    when = NOW - timedelta(minutes=10 * number)
    return replace(article, published=when, origin=f"{source}日报", blocks=(Block(TEXT),))


def stored(path: Path) -> list[str]:
    with Archive.open(path, write=True) as archive:
        archive.store_many([printing(n, source) for n, source in ((901, "甲"), (902, "乙"), (903, "丙"))])
        return [printing(n, "").id for n in (903, 902, 901)]


async def test_one_row_says_how_many_and_the_text_says_where(archive_path: Path) -> None:
    names = stored(archive_path)
    async with dashboard_of(archive_path) as (app, pilot):
        articles = app.main_screen.query_one(ArticleList)
        before = articles.count
        articles.select(names[0])
        await until(pilot, lambda: "乙日报" in screen_text(app), "the other houses")
        assert screen_text(app).count("×3") == 1
        await pilot.press("enter")
        await until(pilot, lambda: app.archive.flags(names[1]).read, "the copy read too")
        await pilot.press("equals_sign")
        assert articles.count == before + 2
        assert app.archive.duplicates(names[0]) == []
        await until(pilot, lambda: "乙日报" not in screen_text(app), "the head without them")
        await pilot.press("u")
        assert articles.count == before
        await pilot.press("equals_sign", "equals_sign")
        assert articles.count == before
        assert [app.archive.flags(name) for name in names] == [Flags(read=True)] * 3


async def test_put_together_from_a_copy_its_leader_is_selected(archive_path: Path) -> None:
    names = stored(archive_path)
    async with dashboard_of(archive_path) as (app, pilot):
        articles = app.main_screen.query_one(ArticleList)
        articles.select(names[0])
        await pilot.pause()
        await pilot.press("equals_sign")
        articles.select(names[2])
        await pilot.pause()
        await pilot.press("equals_sign")
        await pilot.pause()
        assert app.main_screen.state.selected_id == names[0]


async def test_what_has_no_copy_says_so(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await until(pilot, lambda: app.main_screen.query_one(Reader).article, "an article")
        await pilot.press("equals_sign")
        await until(pilot, lambda: "No copy of this article" in screen_text(app), "the sentence")
