"""The demo's archive, made as in real use: every sample, polled over HTTP, at a fixed time."""

import asyncio
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Queue

import pytest

from feeds import config
from feeds.archive import Archive
from feeds.demo import DemoServer, demo_config
from feeds.fetch import Fetcher
from feeds.model import BEIJING
from feeds.poller import Poller
from feeds.workers.pool import WorkerPool
from tests.documentation.extraction import fences

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=BEIJING)


@dataclass(frozen=True)
class Place:
    """A folder with config.toml, an archive, and the files that the examples name."""

    folder: Path
    url: str
    article_id: str
    page: str

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def archive(self) -> Path:
        return self.folder / "archive"


_LOOPS: dict[int, asyncio.AbstractEventLoop] = {}


async def _serve(opened: "Queue[tuple[DemoServer, Callable[[], object]]]") -> None:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    async with DemoServer(start=NOW) as server:
        _LOOPS[server.port] = loop
        opened.put((server, lambda: loop.call_soon_threadsafe(ended.set)))
        await ended.wait()


def _reissue(server: DemoServer) -> None:
    """Let the publisher edit an article, in the server's thread."""

    async def edit() -> None:
        assert server.reissue()

    asyncio.run_coroutine_threadsafe(edit(), _LOOPS[server.port]).result(30)


@pytest.fixture(scope="session")
def demo_server() -> Iterator[DemoServer]:
    """The embedded Sina, in a thread of its own."""
    opened: Queue[tuple[DemoServer, Callable[[], object]]] = Queue()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(opened)), daemon=True)
    thread.start()
    server, end = opened.get(timeout=30)
    yield server
    end()
    thread.join(30)


async def _poll(settings: config.Config, archive: Archive, workers: WorkerPool) -> None:
    async with Fetcher(settings.fetch) as fetcher:
        async for _event in Poller(settings, archive, fetcher, workers, clock=lambda: NOW).run(once=True):
            pass


@pytest.fixture(scope="session")
def demo_place(demo_server: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The demo as polled, one article edited since, with a reader's marks: one starred, one read, one tagged."""
    folder = tmp_path_factory.mktemp("documentation")
    views = [text for _page, text in fences("toml") if "[[view]]" in text]
    (folder / "config.toml").write_text("\n".join([demo_config(demo_server.url, folder / "archive"), *views]), "utf-8")
    settings = config.load(folder / "config.toml")
    with Archive.open(folder / "archive", write=True) as archive, WorkerPool() as workers:
        asyncio.run(_poll(settings, archive, workers))
        _reissue(demo_server)
        asyncio.run(_poll(settings, archive, workers))
        ids = archive.listing().ids()
        archive.set_flags([ids[0]], starred=True, tag=["制造"], note="重点看第二条")
        archive.set_flags([ids[1]], read=True)
        archive.set_flags([ids[-1]], hidden=True)
        archive.fold_flags()
        article = next(found for name in ids if (found := archive.get(name)).plan.groups and found.blocks)
    posts = folder / "文件夹"
    posts.mkdir()
    page = "<p>　　国家林草局印发《山核桃产业方案》，提出两项行动：良种行动、加工行动。</p>\n"
    (posts / "post.md").write_text(f"---\ntitle: 两项行动\ndate: 2026-10-09 10:00\n---\n{page}", "utf-8")
    assert len(ids) > 30
    return Place(folder, demo_server.url, article.id, article.url)


@pytest.fixture
def place(demo_place: Place, tmp_path: Path) -> Place:
    """A copy, for what changes the archive."""
    folder = tmp_path / "demo"
    shutil.copytree(demo_place.folder, folder)
    text = demo_place.config.read_text("utf-8").replace(str(demo_place.archive), str(folder / "archive"))
    rule = '\n[[rule]]\nquery = "规划"\nstar = true\n'
    (folder / "config.toml").write_text(text + rule, "utf-8")
    return Place(folder, demo_place.url, demo_place.article_id, demo_place.page)
