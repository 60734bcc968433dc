"""The real parsers read the pages and plans of the demo: all of a sample is found, and nothing else."""

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from feeds.demo import DemoServer
from feeds.demo.publisher import Story
from feeds.model import Article, Page, Plan, Reading
from feeds.parse import reading_of_page
from feeds.plan import plan_of

ROOT = Path(__file__).resolve().parents[2]


async def reading_of(demo: DemoServer, path: str) -> Reading:
    async with httpx.AsyncClient(base_url=demo.url) as client:
        answer = await client.get(path)
    return reading_of_page(
        Page(url=f"{demo.url}{path}", body=answer.content, content_type=answer.headers["content-type"])
    )


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def demo() -> DemoServer:
    return DemoServer()


async def test_every_page_reads_as_its_sample_and_nothing_more(demo: DemoServer) -> None:
    async with demo:
        while demo.publish_next().sample.slug.partition("/")[0] != "generated":
            pass
        for story in demo.stories():
            for path in (story.path, story.mobile_path):
                reading = await reading_of(demo, path)
                assert [spaced(block.text) for block in reading.blocks] == [
                    spaced(para.plain) for para in story.paragraphs
                ], path
                assert (reading.title, reading.origin) == (story.title, story.sample.origin)
                assert reading.docid == f"comos:{story.comos}"
                assert reading.published is not None
                assert abs((reading.published - story.published).total_seconds()) < 90


async def plan_in(demo: DemoServer, slug: str) -> Plan:
    story: Story = next(story for story in demo.stories() if story.sample.slug == slug)
    reading = await reading_of(demo, story.path)
    article = Article(
        id="0", keys=("0",), title=story.title, published=story.published, seen=story.published, blocks=reading.blocks
    )
    return plan_of(article)


async def test_the_flagship_shows_a_whole_plan(demo: DemoServer) -> None:
    async with demo:
        plan = await plan_in(demo, "ministries/cold-chain")
    assert plan.badge == "二五六三"
    assert [(group.label, group.declared, group.status) for group in plan.groups] == [
        ("四个部分", 4, "complete"),
        ("两步走", 2, "complete"),
        ("五大任务", 5, "complete"),
        ("六项行动", 6, "complete"),
        ("三项保障", 3, "complete"),
    ]
    assert {goal.deadline for goal in plan.goals} == {"2028", "2030", "2035"}
    assert len(plan.targets) == 7
    assert len(plan.agencies) == 7


async def test_ordinary_news_has_no_plan(demo: DemoServer) -> None:
    async with demo:
        slugs = [story.sample.slug for story in demo.stories() if story.sample.shape.startswith("ordinary")]
        for slug in slugs:
            assert not await plan_in(demo, slug), slug


def test_the_demo_imports_neither_a_client_nor_another_package() -> None:
    command = [sys.executable, "-c", "import sys, feeds.demo; print(*sys.modules)"]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert not {"httpx", "feedparser", "selectolax", "tinydb", "textual"} & set(loaded)
    rooms = {name for name in loaded if name.startswith("feeds.") and not name.startswith("feeds.demo")}
    assert rooms == {"feeds.model"}
