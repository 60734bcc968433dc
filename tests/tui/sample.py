"""A small real archive to put on the main screen, and the main screen under a pilot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from feeds.archive import Archive
from feeds.config import Config
from feeds.identity import id_of
from feeds.model import BEIJING, Article, Block, FetchLimits, Flags, Goal, Group, Item, Plan, Source, Span
from tests.archive.ready import copy_ready
from tui.app import DashboardApp
from tui.polling import Polling

NOW = datetime(2026, 3, 18, 14, 30, tzinfo=BEIJING)
SOURCES = ("国内滚动", "部委动态", "7x24")
HOSTILE = "[@click=app.quit]点我[/] 关于\x1b[31m[bold]红色[/bold]的通知"

TASKS = ("加快设备更新", "培育骨干企业", "完善标准体系", "强化人才支撑")
PARAGRAPHS = (
    "工业和信息化部、国家发展改革委近日联合印发《轻工装备数字化改造实施方案》，对今后三年的工作作出部署。",
    f"方案提出四大任务：{'、'.join(TASKS)}。",
    "到2028年，规模以上企业数字化研发设计工具普及率达到85%。",
    *(f"第{n}条说明：各地要结合实际，细化举措，压实责任，确保各项任务落到实处、取得实效。" for n in range(1, 40)),
)


def span(p: int, quote: str) -> Span:
    start = PARAGRAPHS[p].index(quote)
    return Span(p, start, start + len(quote))


PLAN = Plan(
    groups=(Group("四大任务", 4, span(1, "四大任务"), tuple(Item(task, span(1, task)) for task in TASKS)),),
    goals=(Goal("2028", "普及率达到85%", span(2, "普及率达到85%")),),
    agencies=("工业和信息化部", "国家发展改革委"),
)


def made(number: int, title: str = "", *, at: datetime = NOW, plan: Plan = Plan(), source: str = "") -> Article:  # noqa: B008 -- frozen
    """An article whose words are made up; the higher its number, the older it is."""
    key = f"https://news.example.cn/{number}.shtml"
    source = source or SOURCES[number % len(SOURCES)]
    return Article(
        id=id_of(key),
        keys=(key,),
        title=title or f"示例新闻第{number}号：多地推进产业园区建设",
        published=at - timedelta(hours=3 * number, minutes=7),
        seen=at,
        url=key,
        sources=(source,),
        categories=(("金融", "新浪财经", source),),
        origin="示例日报",
        blocks=tuple(Block(text) for text in PARAGRAPHS) if plan else (Block(f"第{number}号新闻的正文。" * 30),),
        plan=plan,
    )


def filled(path: Path, count: int = 40) -> Path:
    """An archive of `count` articles: number 2 has a plan, every fourth one is read, number 5 is starred."""

    def fill(archive: Archive) -> None:
        articles = [
            made(n, "两部门部署轻工装备数字化改造：四大任务明确" if n == 2 else "", plan=PLAN if n == 2 else Plan())
            for n in range(count)
        ]
        archive.store_many(articles)
        archive.set_flags([article.id for article in articles[::4]], read=True)
        archive.set_flags([article.id for article in articles[5:6]], starred=True)

    return copy_ready(path, f"sample {count}", fill)


def config_at(path: Path, **changes: object) -> Config:
    config = Config(
        path=path / "config.toml",
        language="en",
        theme="dark",
        archive=path,
        ambiguous_width=1,
        fetch=FetchLimits(),
        sources=tuple(Source(name=name, kind="roll", channel="1/1") for name in SOURCES),
    )
    return replace(config, **changes)


@asynccontextmanager
async def dashboard_of(
    archive_path: Path, size: tuple[int, int] = (160, 40), *, polling: Polling | None = None, **changes: object
) -> AsyncIterator[tuple[DashboardApp, Pilot[None]]]:
    """The dashboard over an archive at a fixed time; nothing is polled unless told."""
    app = DashboardApp(config_at(archive_path, **changes), archive_path, polling, now=lambda: NOW)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield app, pilot


async def until(pilot: Pilot[None], condition: Callable[[], object], what: str = "") -> None:
    """Wait for a condition, and fail when it never comes."""
    try:
        async with asyncio.timeout(20):
            while not condition():
                await pilot.pause()
                await asyncio.sleep(0.005)
    except TimeoutError:
        pytest.fail(f"never came: {what or condition}")


def read_flags(archive_path: Path, number: int) -> Flags:
    with Archive.open(archive_path) as archive:
        return archive.flags(made(number).id)


def screen_text(app: DashboardApp) -> str:
    """What stands on the screen, line by line."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()
    return "\n".join(strip.text[:width] for strip in lines[:height])
