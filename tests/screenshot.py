"""The README's picture: `python -m tests.screenshot [--language en] [--theme light] [--size 160x44] [FILE.svg]`.

The dashboard is drawn while its poller polls the embedded Sina into an archive that is thrown away afterwards.
"""

import argparse
import asyncio
import re
import tempfile
from pathlib import Path

import msgspec

from feeds import config
from feeds.demo import DemoServer, demo_config
from tui import words
from tui.app import DashboardApp
from tui.polling import Polling
from tui.widgets.article_list import ArticleList
from tui.widgets.plan_tree import PlanTree

ROOT = Path(__file__).resolve().parent.parent
FLAGSHIP = "七部门部署"
_REMOTE_FONT = re.compile(r',\s*url\("[^"]*"\) format\("[^"]*"\)')  # a picture fetches nothing
FULL = 40  # articles that the demo has published when it starts, at the least


async def draw(place: Path, language: str, theme: str, size: tuple[int, int]) -> str:
    """The SVG of the main screen with the flagship article open and a line of its plan chosen."""
    async with DemoServer(seed=7) as demo:
        path = place / "config.toml"
        path.write_text(demo_config(demo.url, place / "archive", interval=180), "utf-8")
        settings = msgspec.structs.replace(config.load(path), language=language, theme=theme)
        app = DashboardApp(settings, settings.archive, Polling(path, settings.archive))
        async with app.run_test(size=size) as pilot:
            while (listing := app.archive.listing()).total < FULL:
                await pilot.pause(0.5)
            await pilot.pause(2)
            found = listing.window(0, FULL)
            app.archive.set_flags([row.id for row in found[6::3]], read=True)
            app.archive.set_flags([row.id for row in found[9:20:7]], starred=True)
            flagship = next(row.id for row in found if row.title.startswith(FLAGSHIP))
            articles = app.screen.query_one(ArticleList)
            articles.refresh_rows()
            articles.select(flagship)
            await pilot.press("enter")
            await pilot.pause(0.3)
            app.screen.query_one(PlanTree).focus()
            await pilot.press(*"jjjjjjjjjj", "enter")
            await pilot.pause(0.5)
            return _REMOTE_FONT.sub("", app.export_screenshot(title="zhengwen 政闻"))


def main() -> None:
    """Draw and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "docs" / "dashboard.svg")
    parser.add_argument("--language", default="zh")
    parser.add_argument("--theme", default="dark")
    parser.add_argument("--size", default="160x44")
    options = parser.parse_args()
    words.speak(options.language)
    width, height = map(int, options.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        svg = asyncio.run(draw(Path(folder), options.language, options.theme, (width, height)))
    options.file.write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
