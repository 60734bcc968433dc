"""Ambiguous width: what is replaced in rich holds for the whole process, so each case has one of its own."""

import subprocess
import sys

import pytest

CASES = {
    "measure": """
from rich.cells import cell_len
assert cell_len("“十四五”……·×") == 10 + 8
assert cell_len("│─▎ plain") == 9
""",
    "agree": """
from rich.cells import cell_len
from tui.text import cells
for text in ("“十四五”——", "≥ 70%", "❤\\ufe0f·", "l’été", "▾ 《规划》"):
    assert cell_len(text) == cells(text, 2), text
""",
    "cut": """
from rich.segment import Segment
left, right = Segment("·“十四五”").split_cells(4)
assert (left.text, right.text) == ("·“", "十四五”")
""",
    "draw": """
import asyncio
from datetime import datetime
from feeds.model import BEIJING, Article, Block
from textual.app import App
from tui.widgets.reader import Reader
class Plain(App):
    def compose(self):
        yield Reader(ambiguous=2)
async def main():
    app = Plain()
    async with app.run_test(size=(40, 12)) as pilot:
        time = datetime(2022, 1, 1, tzinfo=BEIJING)
        blocks = (Block("“两步走”——" * 20),)
        app.query_one(Reader).show(Article(id="a", keys=("a",), title="“题”", published=time, seen=time, blocks=blocks))
        await pilot.pause()
        reader = app.query_one(Reader)
        for y in range(12):
            assert reader.render_line(y).cell_length == reader.room.width
        assert sum("走" in reader.render_line(y).text for y in range(12)) >= 4
asyncio.run(main())
""",
}


@pytest.mark.parametrize("case", CASES)
def test_whole_screen_counts_ambiguous_characters_as_two(case: str) -> None:
    code = "from tui.textual_fixes.ambiguous_width import widen_ambiguous\nwiden_ambiguous()\n" + CASES[case]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
