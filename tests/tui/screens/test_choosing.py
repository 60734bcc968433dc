"""Choosing text in the reader: `v` and motions, the mouse, and what the clipboard gets."""

from pathlib import Path

from textual.events import MouseMove
from textual.widgets import TextArea

from tests.tui.sample import PARAGRAPHS, dashboard_of, made, screen_text, until
from tui.widgets.choosing.choice_bar import ChoiceBar
from tui.widgets.reader import Reader


async def test_text_is_chosen_by_keys_and_by_the_mouse(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(100, 30)) as (app, pilot):
        await pilot.press("v")
        await until(pilot, lambda: len(app.screen_stack) == 2, "v shows the views in the list")
        await pilot.press("escape", "j", "j", "enter", "v")
        reader = app.main_screen.query_one(Reader)

        def is_shown() -> bool:
            return any(bar.display for bar in app.main_screen.query(ChoiceBar))

        await until(pilot, lambda: is_shown() and "1 character chosen" in screen_text(app), "the bar")
        await pilot.press("w", "w", "h", "h")
        assert reader.chosen.text == "工业和信息化部、国家发展改革委近日联合印发"[: len(reader.chosen.text)]
        await pilot.press("}", "3", "l", "y")
        await until(pilot, lambda: not is_shown(), "the bar is put away")
        assert app.clipboard == f"{PARAGRAPHS[0]}\n{PARAGRAPHS[1][:4]}"
        assert "Copied" in screen_text(app)
        assert reader.has_focus
        await pilot.press("v", "w", "a")
        await until(pilot, lambda: app.screen.query(TextArea), "the note")
        assert app.screen.query_one(TextArea).text.strip() == f"> {PARAGRAPHS[0][:9]}"
        await pilot.press("escape", "escape", "v", "G", "escape")
        assert reader.chosen.text == ""
        assert app.clipboard.startswith(PARAGRAPHS[0])

        await pilot.press("g")
        line = next(n for n, line in enumerate(reader.chosen.lines) if any(one.p == 1 for one in line.stretches))
        left, row = reader.chosen.lines[line].stretches[0].x, line - reader.scroll_offset.y
        await pilot.mouse_down(Reader, offset=(left + 1, row))
        await pilot.hover(Reader, offset=(left + 6, row))
        assert reader.chosen.text == ""  # a pointer that passes without a button chooses nothing
        await pilot._post_mouse_events([MouseMove], Reader, offset=(left + 7, row), button=1)
        await until(pilot, lambda: reader.chosen.text == PARAGRAPHS[1][:4], "four wide characters")
        await pilot.mouse_up(Reader, offset=(left + 7, row))
        await pilot.press("ctrl+c")
        assert app.clipboard == PARAGRAPHS[1][:4]
        await pilot.press("v", "j")
        await pilot.click(Reader, offset=(left, row))
        await until(pilot, lambda: not is_shown(), "a click elsewhere ends it")
        await pilot.press("y", "i")
        assert app.clipboard == made(2).id
