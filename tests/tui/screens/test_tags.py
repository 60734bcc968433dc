"""Tags of a reader's own: written in the lowest line, seen in list and text, filtered by, taken back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input

from feeds.archive import Archive
from tests.tui.sample import dashboard_of, made, read_flags, screen_text, until
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.offers import OfferList
from tui.widgets.bars.tag_bar import tag_offers, tags_after
from tui.widgets.reader import Reader


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("制造 规划", [], ["制造", "规划"]), ("", ["制造"], []), ("+a -b", ["b", "c"], ["c", "a"]), ("a a", [], ["a"]),
        ("制造 -制造", ["制造"], []), ("制造 +a", ["制造", "b"], ["制造", "a"]),
        ("#制造，规划、#a", [], ["制造", "规划", "a"]),
        ("+ - #", ["a"], []), ("－b", ["a", "b"], ["a"]), ("＋c", ["a"], ["a", "c"]), ("碳-中和", [], ["碳-中和"]),
    ],
)  # fmt: skip
def test_what_a_line_asks_for(text: str, before: list[str], after: list[str]) -> None:
    assert tags_after(text, before) == tuple(after)


words = st.text("ab碳税", min_size=1, max_size=4)


@given(st.lists(words, unique=True), st.lists(words, unique=True))
def test_a_line_of_changes_adds_and_takes_away(before: list[str], other: list[str]) -> None:
    added, gone = other[::2], other[1::2]
    line = " ".join([f"+{tag}" for tag in added] + [f"-{tag}" for tag in gone])
    if line:
        assert set(tags_after(line, before)) == (set(before) | set(added)) - set(gone)
    assert tags_after(" ".join(before), ["x"]) == tuple(before)


LABELS = [("制造", 9), ("制造业", 3), ("碳 中和", 2), ("规划", 1)]


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("制|", ["制造", "制造业"]), ("规划 -制|", ["规划 -制造", "规划 -制造业"]), ("制造 制|", ["制造 制造业"]),
        ("+|", ["+制造", "+制造业", "+规划"]), ("没有|", []), ("#规| 制造", ["#规划 制造"]), ("a(|", []),
    ],
)  # fmt: skip
def test_tags_are_offered_that_do_not_stand_there(typed: str, lines: list[str]) -> None:
    cursor, text = typed.index("|"), typed.replace("|", "")
    found = tag_offers(text, cursor, lambda _field: LABELS)
    assert [text[: one.start] + one.text + text[one.end :] for one in found] == lines


@given(st.text('ab ,+-#:("“碳', max_size=12), st.integers(0, 12))
def test_tags_are_offered_for_any_line(text: str, cursor: int) -> None:
    for offer in tag_offers(text, min(cursor, len(text)), lambda _field: LABELS):
        assert 0 <= offer.start <= min(cursor, len(text)) <= offer.end <= len(text)


async def test_tags_are_written_seen_kept_and_taken_back(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        await pilot.press("j", "number_sign", *"制造", "space", *"要看", "enter")
        await until(pilot, lambda: read_flags(archive_path, 1).tags == ("制造", "要看"), "the tags")
        assert app.focused is app.main_screen.query_one(ArticleList)
        await until(pilot, lambda: screen_text(app).count("#制造") == 2, "the tags in list and text")
        app.main_screen.filtering.apply(app.main_screen.filtering.query_of("tag:要看"))
        assert app.main_screen.query_one(ArticleList).position == (0, 1)
        await pilot.press("number_sign", *"-要看", "enter")
        await until(pilot, lambda: read_flags(archive_path, 1).tags == ("制造",), "the change")
        await pilot.press("u", "u")
        await until(pilot, lambda: read_flags(archive_path, 1).tags == (), "nothing")


async def test_escape_leaves_the_tags_as_they_were(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        app.archive.set_flags([made(1).id], tag=["制造"])
        await pilot.press("j", "enter", "number_sign")
        await pilot.pause()
        assert app.main_screen.query_one(Input).value == "制造 "
        await pilot.press("x", "escape")
        await pilot.pause()
        assert app.focused is app.main_screen.query_one(Reader)
        assert app.main_screen.state.pane == "reader"
        assert not app.main_screen.query(Input)
    assert read_flags(archive_path, 1).tags == ("制造",)


async def test_known_tags_are_offered_above_the_line(archive_path: Path) -> None:
    with Archive.open(archive_path) as archive:
        archive.set_flags([made(3).id, made(4).id], tag=["制造"])
        archive.set_flags([made(4).id], tag=["制冷"])
    async with dashboard_of(archive_path, size=(80, 24)) as (app, pilot):
        await pilot.press("number_sign", "制")
        await pilot.pause()
        lines = screen_text(app).splitlines()
        line = next(number for number, text in enumerate(lines) if text.startswith(" Tags"))
        assert "制造" in lines[line - 2]
        assert "2 articles" in lines[line - 2]
        assert "制冷" in lines[line - 1]
        await pilot.press("tab", "enter")
        await until(pilot, lambda: read_flags(archive_path, 0).tags == ("制造",), "the tag")
        assert not app.main_screen.query(OfferList)


async def test_going_elsewhere_with_the_mouse_leaves_the_tags(archive_path: Path) -> None:
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("number_sign", *"abc")
        await pilot.click(Reader)
        await until(pilot, lambda: not app.main_screen.query(Input), "no line")
        assert app.main_screen.state.pane == "reader"
    assert read_flags(archive_path, 0).tags == ()
