"""The targets screen: it lists what the filter in force promises, and every row leads to its sentence and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from feeds.archive import Archive
from feeds.model import Block, Plan, Span, Target
from feeds.targets import TargetRow, rows_of
from tests.compare.conftest import demo_articles, gold_articles
from tests.tui.sample import HOSTILE, dashboard_of, made, screen_text, until
from tui.screens.targets import TargetsScreen, quotation_of, sentence_of_row
from tui.text import sentence_around
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.filter_terms import FilterTerms
from tui.widgets.lists.grouped_rows import Heading
from tui.widgets.lists.list_pane import ListPane
from tui.widgets.reader import Reader

SLUGS = ("ministries/charging-draft", "ministries/charging-final")


@pytest.fixture
def demo_path(tmp_path: Path) -> Path:
    """An archive of the demo's articles."""
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many(demo_articles().values())
    return tmp_path / "archive"


def pane_of(screen: object) -> ListPane[TargetRow | Heading]:
    assert isinstance(screen, TargetsScreen)
    return screen.query_one(ListPane)


def targets_shown(app: object) -> bool:
    screen = app.screen  # type: ignore[attr-defined]
    return isinstance(screen, TargetsScreen) and bool(screen.query(ListPane)) and screen.query_one(ListPane).count > 0


@pytest.mark.parametrize(
    ("size", "back"), [((120, 36), "q"), ((80, 24), "escape"), ((200, 50), "h"), ((40, 20), "L"), ((40, 20), "h")]
)
async def test_a_row_leads_to_its_sentence_and_back(demo_path: Path, size: tuple[int, int], back: str) -> None:
    async with dashboard_of(demo_path, size=size) as (app, pilot):
        await pilot.press("j", "j", "L")
        await until(pilot, lambda: targets_shown(app), "the targets")
        screen = app.screen
        pane = pane_of(screen)
        await pilot.press("j", "j", "j")
        row = pane.selected
        assert isinstance(row, TargetRow)
        statement = row.latest
        await pilot.press("space")
        await until(pilot, lambda: statement.text[:8] in screen_text(app), "the sentence")
        await pilot.press("enter")
        reader = app.main_screen.query_one(Reader)
        await until(pilot, lambda: app.screen is app.main_screen and reader._marks.marked == statement.span, "the mark")
        article = reader.article
        assert article is not None
        assert article.id == statement.article
        assert article.paragraphs[statement.span.p][statement.span.start : statement.span.end] == statement.text
        await until(pilot, lambda: statement.text[:6] in screen_text(app), "the place in view")
        await pilot.press(back)
        await until(pilot, lambda: app.screen is screen, "the targets again")
        assert pane.selected is not None
        assert TargetRow.key.fget(pane.selected) == row.key  # type: ignore[attr-defined]
        await pilot.press("q")
        await until(pilot, lambda: app.screen is app.main_screen, "the main screen")
        assert (app.main_screen.state.pane, app.main_screen.query_one(ArticleList).cursor) == ("list", 2)


async def test_the_table_follows_the_filter_in_force_and_its_own(demo_path: Path) -> None:
    async with dashboard_of(demo_path, size=(120, 36)) as (app, pilot):
        await pilot.press("slash", *"due:2028", "enter", "L")
        await until(pilot, lambda: targets_shown(app), "the targets")
        screen = app.screen
        pane, bar = pane_of(screen), screen.query_one(FilterBar)
        few = bar.query_one(FilterTerms).total
        assert "due 2028 ✕" in screen_text(app)
        first = pane._rows[0]
        assert isinstance(first, Heading)
        assert (first.name, first.count, pane.count) == ("2028", few, few + 1)
        await pilot.press("c")
        many = bar.query_one(FilterTerms).total
        assert many > few
        assert "All articles" in screen_text(app)
        await pilot.press("slash", *"due:2030", "enter")
        await until(pilot, lambda: bar.query_one(FilterTerms).terms == ("due:2030",), "the own filter")
        assert app.main_screen.state.query.terms() == ("due:2028",)
        await pilot.press("j", "q", "L")
        await until(pilot, lambda: app.screen is screen, "the targets again")
        assert bar.query_one(FilterTerms).terms == ("due:2030",)
        assert pane.cursor == 2
        await pilot.press("slash", *"-政 title:没有这样的标题", "enter")
        await until(pilot, lambda: "No article of this filter" in screen_text(app), "the reason")
        await pilot.press("n", "space", "y", "O", "enter")  # nothing to do, and nothing breaks
        assert app.screen is screen


async def test_the_orders_and_the_years(demo_path: Path) -> None:
    async with dashboard_of(demo_path, size=(140, 40)) as (app, pilot):
        await pilot.press("L")
        await until(pilot, lambda: targets_shown(app), "the targets")
        pane = pane_of(app.screen)
        await pilot.press("j", "j")
        before = pane.selected
        for words in ("by value", "by agency", "by document", "newest first", "by deadline"):
            await pilot.press("O")
            assert words in screen_text(app)
            assert isinstance(pane.selected, TargetRow)
            assert pane.selected == before
        await pilot.press("g", "enter")
        terms = app.screen.query_one(FilterTerms)
        await until(pilot, lambda: terms.terms != (), "the year alone")
        year = terms.terms[0].removeprefix("due:")
        rows = [row for row in pane._rows.source.window(0, pane.count) if isinstance(row, TargetRow)]  # type: ignore[union-attr]
        assert {row.latest.part.deadline.rpartition("/")[2][:4] for row in rows} == {year}


async def test_statements_that_disagree_are_one_row_with_both_values(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    with Archive.open(path, write=True) as archive:
        archive.store_many([demo_articles()[slug] for slug in demo_articles() if slug in SLUGS])
    async with dashboard_of(path, size=(120, 36)) as (app, pilot):
        await pilot.press("L")
        await until(pilot, lambda: targets_shown(app), "the targets")
        pane = pane_of(app.screen)
        rows = list(pane._rows.source.window(0, pane.count))  # type: ignore[union-attr]
        place = next(n for n, row in enumerate(rows) if isinstance(row, TargetRow) and row.disputed)
        for _step in range(place - pane.cursor):
            await pilot.press("j")
        row = pane.selected
        assert isinstance(row, TargetRow)
        assert " / ".join(row.figures) in screen_text(app)
        assert "disagree" in screen_text(app)
        await pilot.press("n")
        other = f"2/{len(row.statements)}  {row.statements[1].figure}"
        await until(pilot, lambda: other in screen_text(app), "the other")
        await pilot.press("y")
        assert app.clipboard.splitlines()[-1].split(" · ")[-1] == row.statements[1].article
        await pilot.press("enter")
        reader = app.main_screen.query_one(Reader)
        await until(pilot, lambda: reader._marks.marked == row.statements[1].span, "the other place")
        assert reader.article is not None
        assert reader.article.id == row.statements[1].article


async def test_hostile_text_is_shown_and_does_nothing(tmp_path: Path) -> None:
    quote = "[@click=app.quit]点我[/]普及率达到85%"
    text = f"到2028年，{quote}，[bold]红[/bold]。"
    place = Span(0, text.index(quote), text.index(quote) + len(quote))
    target = Target("[@click=app.quit]点我[/]普及率", "ge", "level", "85", "%", "2028", None, place)
    path = tmp_path / "archive"
    with Archive.open(path, write=True) as archive:
        article = made(1, HOSTILE, plan=Plan(targets=(target,), agencies=("[red]某部[/red]",)))
        archive.store(replace(article, blocks=(Block(text),)))
    async with dashboard_of(path, size=(120, 24)) as (app, pilot):
        await pilot.press("L")
        await until(pilot, lambda: targets_shown(app), "the targets")
        await pilot.press("space")
        await until(pilot, lambda: text in screen_text(app), "the sentence as it is printed")
        assert "[@click=app.quit]点我[/]普及率" in screen_text(app)
        await pilot.click(ListPane, offset=(16, 1))
        await pilot.press("y")
        assert app.is_running
        assert quote in app.clipboard


async def test_an_archive_without_targets_says_so(archive_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "plain"
    with Archive.open(path, write=True) as archive:
        archive.store(made(1))
    async with dashboard_of(path, size=(60, 16)) as (app, pilot):
        await pilot.press("L")
        await until(pilot, lambda: "No article states a target" in screen_text(app).replace("\n", " "), "the reason")


def rows_of_all() -> Iterator[TargetRow]:
    """The rows of the demo, and of the labelled posts where they stand beside the checkout."""
    yield from rows_of(demo_articles().values())
    yield from rows_of(gold_articles().values())


def test_every_row_leads_to_its_sentence() -> None:
    articles = {article.id: article for found in (demo_articles(), gold_articles()) for article in found.values()}
    count = 0
    for row in rows_of_all():
        for statement in row.statements:
            article, span = articles[statement.article], statement.span
            text = article.paragraphs[span.p]
            assert text[span.start : span.end] == statement.text != ""
            first, last = sentence_around(text, span.start, span.end)
            assert first <= span.start < span.end <= last
            assert statement.text in sentence_of_row(row, statement, article).plain
            assert text[first:last] in quotation_of(statement, article)
            count += 1
    assert count > 100
