"""The table of documents and the page of one: rows, the way to a sentence and back, draft and final text."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from feeds.archive import Archive
from feeds.model import Block, Document, Plan, Span
from tests.compare.conftest import demo_articles
from tests.tui.sample import HOSTILE, dashboard_of, made, screen_text, until
from tui.app import DashboardApp
from tui.screens.compare import CompareScreen
from tui.screens.documents.page import DocumentScreen
from tui.screens.documents.table import DocumentsScreen
from tui.widgets.document_tree import DocumentTree
from tui.widgets.lists.list_pane import ListPane
from tui.widgets.reader import Reader

DRAFT, FINAL = "ministries/charging-draft", "ministries/charging-final"
STATE, PROVINCE = "macro/fitness-state", "regions/fitness-anhui"


@pytest.fixture
def documents_path(tmp_path: Path) -> Path:
    """A draft and its final text, the state's plan and a province's, an article without a document, a hostile one."""
    title = HOSTILE.replace("\x1b", "")
    hostile = replace(
        made(9, f"《{title}》发布"),
        blocks=(Block(f"印发《{title}》。"), Block("[@click=app.quit]到2030年[/]，渡口覆盖率达到90%。")),
        plan=Plan((Document(title, ("[red]渡口部[/red]",), "[b]1号[/b]", Span(0, 3, 3 + len(title))),)),
    )
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many([*(demo_articles()[slug] for slug in (DRAFT, FINAL, STATE, PROVINCE)), hostile, made(3)])
    return tmp_path / "archive"


def pane_of(app: DashboardApp) -> ListPane[object]:
    return app.screen.query_one(ListPane)


@pytest.mark.parametrize("size", [(160, 40), (80, 24), (30, 10)])
async def test_from_a_row_to_the_sentence_and_back(documents_path: Path, size: tuple[int, int]) -> None:
    async with dashboard_of(documents_path, size=size) as (app, pilot):
        await pilot.press("D")
        await until(pilot, lambda: isinstance(app.screen, DocumentsScreen), "the documents")
        pane = pane_of(app)
        assert pane.count == 4
        assert "Doc" in screen_text(app)
        await pilot.press("O", "O", "O")  # by title
        titles = [row_title(app, place) for place in range(4)]
        assert titles == sorted(titles)
        assert pane.select(key_of(app, next(place for place in range(4) if titles[place].startswith("公共充电"))))
        row = pane.cursor
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DocumentScreen), "the page")
        tree = app.screen.query_one(DocumentTree)
        place = next(n for n, node in enumerate(tree._seen) if "车网互动充电桩" in node.text)
        tree.move_to(place)
        span = tree.node.span if tree.node else None
        await pilot.press("enter")
        reader = app.main_screen.query_one(Reader)
        await until(pilot, lambda: app.screen is app.main_screen and reader._marks.marked == span, "the sentence")
        assert reader.article
        assert span
        assert "60万个" in reader.article.paragraphs[span.p][span.start : span.end]
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, DocumentScreen), "the page again")
        assert tree.cursor == place
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, DocumentsScreen), "the documents again")
        assert pane.cursor == row
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, CompareScreen), "draft and final text")
        await until(pilot, lambda: [side.id for side in app.screen._sides] == pair_of(documents_path), "both sides")  # type: ignore[attr-defined]
        await pilot.press("q", "q")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")


def row_title(app: DashboardApp, place: int) -> str:
    return str(pane_of(app)._rows[place].title)  # type: ignore[attr-defined]


def key_of(app: DashboardApp, place: int) -> str:
    return str(pane_of(app)._rows[place].key)  # type: ignore[attr-defined]


def pair_of(path: Path) -> list[str]:
    titles = {demo_articles()[slug].title: slug for slug in (DRAFT, FINAL)}
    with Archive.open(path) as archive:
        found = {titles.get(article.title): article.id for article in archive.get_many(archive.listing().ids())}
    return [found[DRAFT], found[FINAL]]


async def test_a_wrongly_joined_article_is_taken_out_and_put_back(documents_path: Path) -> None:
    async with dashboard_of(documents_path, size=(120, 40)) as (app, pilot):
        await pilot.press("D", "O", "O", "O")
        await until(pilot, lambda: isinstance(app.screen, DocumentsScreen), "the documents")
        pane = pane_of(app)
        place = next(place for place in range(4) if row_title(app, place).startswith("公共充电"))
        pane.move_to(place)
        await pilot.press("enter", "equals_sign")  # on the title: nothing is taken out
        await until(pilot, lambda: isinstance(app.screen, DocumentScreen), "the page")
        tree = app.screen.query_one(DocumentTree)
        tree.move_to(next(n for n, node in enumerate(tree._seen) if "征求意见 拟新建" in node.text))
        await pilot.press("equals_sign")
        await until(pilot, lambda: "1 article" in screen_text(app), "the final text alone")
        assert "Draft and final text" not in screen_text(app)
        with Archive.open(documents_path) as archive:
            assert archive.documents().total == 5
        await pilot.press("u")
        await until(pilot, lambda: "2 articles" in screen_text(app), "both")
        await pilot.press("u", "q")
        await until(pilot, lambda: isinstance(app.screen, DocumentsScreen), "the documents again")
        assert pane.count == 4


async def test_the_page_of_an_articles_document_and_of_those_that_it_names(documents_path: Path) -> None:
    async with dashboard_of(documents_path, size=(120, 40)) as (app, pilot):
        articles = app.main_screen.state.listing
        assert articles
        ids = articles.ids()
        titles = [article.title for article in app.archive.get_many(ids)]
        province = titles.index(demo_articles()[PROVINCE].title)
        await pilot.press(*"j" * province, "i")
        await until(pilot, lambda: isinstance(app.screen, DocumentScreen), "the page")
        tree = app.screen.query_one(DocumentTree)
        assert tree.node
        assert "安徽省全民健身场地设施" in tree.node.text
        related = next(
            n for n, node in enumerate(tree._seen) if node.text.startswith("《全民健身场地设施更新提升行动方案》")
        )
        tree.move_to(related)
        await pilot.press("i")
        await until(pilot, lambda: tree.node and "国务院" in screen_text(app), "the state's plan")
        await until(pilot, lambda: "What rests on it" in screen_text(app), "what rests on it")
        await pilot.press("d")  # there is no draft
        await pilot.press("q")
        await until(pilot, lambda: tree.cursor == related, "the province's plan at the same line")
        await pilot.press("i", "q", "q", "q")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")


async def test_an_article_without_a_document_says_so_and_hostile_names_are_inert(documents_path: Path) -> None:
    async with dashboard_of(documents_path, size=(120, 40)) as (app, pilot):
        assert app.main_screen.state.listing
        ids = app.main_screen.state.listing.ids()
        await pilot.press(*"j" * ids.index(made(3).id), "i")
        await until(pilot, lambda: "This article is about no document." in screen_text(app), "the sentence")
        await pilot.press("enter", "y", "d", "n", "i")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
        await pilot.press(*"g", *"j" * ids.index(made(9).id), "i")
        await until(pilot, lambda: "[@click=app.quit]点我[/]" in screen_text(app), "the title as it is")
        await pilot.press("y", "j", "j", "D")
        await until(pilot, lambda: isinstance(app.screen, DocumentsScreen), "the documents")
        assert "[@click=app.quit]点我[/]" in screen_text(app)
        await pilot.press("y", "slash", "渡", "escape", "c")
        assert pane_of(app).count == 4


async def test_the_documents_of_the_filter_in_force(documents_path: Path) -> None:
    async with dashboard_of(documents_path) as (app, pilot):
        app.main_screen.filtering.add_term("title", "充电")
        await pilot.press("D")
        await until(pilot, lambda: isinstance(app.screen, DocumentsScreen), "the documents")
        assert pane_of(app).count == 1
        assert "title 充电 ✕" in screen_text(app)
        await pilot.press("c")
        await until(pilot, lambda: pane_of(app).count == 4, "all of them")
