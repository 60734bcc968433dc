"""`python -m feeds` as the dashboard starts it, with the embedded Sina over real HTTP."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from feeds.archive import Archive
from feeds.demo import DemoServer, demo_config
from feeds.events import ArticleStored, PollerStarted, PollerStopped, PollEvent, SourceAnswered

ROOT = Path(__file__).resolve().parents[2]
EVENTS = msgspec.json.Decoder(PollEvent)
PATIENCE = 60  # seconds for what takes well under one; reached only by a test that fails


@pytest.fixture
async def demo() -> AsyncIterator[DemoServer]:
    async with DemoServer() as server:
        yield server


class Child:
    """A poller process on an archive of its own."""

    def __init__(self, demo: DemoServer, folder: Path) -> None:
        self.archive = folder / "archive"
        self.config = folder / "config.toml"
        self.config.write_text(demo_config(demo.url, interval=3600), "utf-8")
        self.process: asyncio.subprocess.Process

    async def start(self, *more: str) -> "Child":
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "feeds", "--config", str(self.config), "--archive", str(self.archive), *more),
            env={"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        return self

    async def event(self) -> PollEvent | None:
        """The next line, None at the end."""
        assert self.process.stdout
        line = await asyncio.wait_for(self.process.stdout.readline(), PATIENCE)
        return EVENTS.decode(line) if line else None

    async def events(self) -> list[PollEvent]:
        """All that are still to come."""
        found = []
        while event := await self.event():
            found.append(event)
        await self.process.wait()
        return found

    async def until(self, kind: type[PollEvent], count: int = 1) -> list[PollEvent]:
        found: list[PollEvent] = []
        while sum(isinstance(event, kind) for event in found) < count:
            event = await self.event()
            assert event, found
            found.append(event)
        return found

    async def say(self, line: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + b"\n")
        await self.process.stdin.drain()

    def ids(self) -> set[str]:
        with Archive.open(self.archive) as archive:
            return {row.id for row in archive.listing().window(0, 1000)}


@pytest.fixture
async def child(demo: DemoServer, tmp_path: Path) -> AsyncIterator[Child]:
    made = Child(demo, tmp_path)
    yield made
    if hasattr(made, "process") and made.process.returncode is None:
        made.process.kill()
        await made.process.communicate()


async def test_once_polls_every_source_and_ends(child: Child, demo: DemoServer) -> None:
    events = await (await child.start("--once")).events()
    assert child.process.returncode == 0
    assert isinstance(events[0], PollerStarted)
    assert isinstance(events[-1], PollerStopped)
    answers = [event for event in events if isinstance(event, SourceAnswered)]
    assert {(answer.source, answer.outcome) for answer in answers} == {(name, "ok") for name in events[0].sources}
    assert {event.id for event in events if isinstance(event, ArticleStored)} == child.ids()
    assert len(child.ids()) >= len(demo.stories())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
async def test_a_signal_ends_it_in_the_middle_of_its_work(child: Child, number: signal.Signals) -> None:
    await child.start()
    await child.until(ArticleStored)
    child.process.send_signal(number)
    events = await child.events()
    assert isinstance(events[-1], PollerStopped)
    assert events[-1].fault is None
    assert child.process.returncode == 0


async def test_tied_it_ends_with_its_stdin(child: Child) -> None:
    await child.start("--tied")
    await child.until(SourceAnswered, 5)
    assert child.process.stdin
    child.process.stdin.close()
    assert isinstance((await child.events())[-1], PollerStopped)
    assert child.process.returncode == 0


async def test_reload_polls_only_the_named_sources_now(child: Child, demo: DemoServer) -> None:
    await child.start("--tied")
    await child.until(SourceAnswered, 5)
    demo.publish_flash()
    await child.say(b'{"reload": ["7x24", "nobody"]}')
    events = await child.until(SourceAnswered)
    assert [event.source for event in events if isinstance(event, SourceAnswered)] == ["7x24"]
    assert sum(isinstance(event, ArticleStored) for event in events) == 1
    await child.say(b'{"reload": []}')
    assert {event.source for event in await child.until(SourceAnswered, 5) if isinstance(event, SourceAnswered)} == {
        "国内滚动", "宏观经济", "部委动态", "金融新闻", "7x24",
    }  # fmt: skip


async def test_flags_are_folded_into_the_files_on_command(child: Child) -> None:
    await child.start("--tied")
    await child.until(SourceAnswered, 5)
    (starred, *_) = child.ids()
    with Archive.open(child.archive) as archive:
        archive.set_flags([starred], starred=True)
    await child.say(b'{"flags": true}')
    await child.say(b'{"reload": ["7x24"]}')
    await child.until(SourceAnswered)
    found = [path for path in (child.archive / "shards").rglob("*.json") if '"starred":true' in path.read_text()]
    assert len(found) == 1


async def test_a_line_that_is_not_a_command_is_logged_and_skipped(child: Child) -> None:
    await child.start("--tied")
    await child.until(SourceAnswered, 5)
    for line in (b"", b"reload!", b'{"rm": "-rf"}', b'{"reload": 7}', b"\xff\xfe", b"[" * 70_000):
        await child.say(line)
    await child.say(b'{"reload": ["7x24"]}')
    await child.until(SourceAnswered)
    assert child.process.stdin
    child.process.stdin.close()
    await child.events()
    assert child.process.returncode == 0
    assert child.process.stderr
    assert b"not a command" in await child.process.stderr.read()


async def test_a_reader_that_goes_away_ends_it(child: Child) -> None:
    await child.start()
    await child.until(PollerStarted)
    child.process.stdout._transport.close()  # type: ignore[union-attr]
    await asyncio.wait_for(child.process.wait(), PATIENCE)
    assert child.process.returncode == 0


async def test_one_archive_has_one_writer(child: Child, demo: DemoServer) -> None:
    await child.start("--tied")
    await child.until(PollerStarted)
    other = Child(demo, child.config.parent)
    events = await (await other.start("--tied")).events()
    assert other.process.returncode == 3
    assert [type(event) for event in events] == [PollerStopped]
    assert isinstance(events[0], PollerStopped)
    assert "already polls" in str(events[0].fault)


async def test_an_impossible_archive_is_a_fault_in_words(child: Child) -> None:
    child.archive.write_text("a file stands where the folder should")
    events = await (await child.start()).events()
    assert child.process.returncode == 1
    assert isinstance(events[0], PollerStopped)
    assert "cannot be opened" in str(events[0].fault)


async def test_it_polls_again_by_itself(child: Child, demo: DemoServer) -> None:
    child.config.write_text(demo_config(demo.url, interval=1), "utf-8")
    await child.start("--tied")
    await child.until(SourceAnswered, 5)
    arrived = demo.publish_next()
    # A source may be polled twice before another is polled once: skip the other events.
    while arrived.title not in [getattr(event, "title", "") for event in await child.until(ArticleStored)]:
        pass


@pytest.mark.parametrize(
    ("text", "says"), [(None, "there is no such file"), ("theme = 7", "theme"), ("theme = ", "is not TOML")]
)
async def test_a_wrong_config_is_one_line(child: Child, text: str | None, says: str) -> None:
    if text is None:
        child.config.unlink()
    else:
        child.config.write_text(text)
    await child.start()
    out, complaint = await child.process.communicate()
    assert child.process.returncode == 2
    (line,) = out.splitlines()
    stopped = EVENTS.decode(line)
    assert isinstance(stopped, PollerStopped)
    assert f"{stopped.fault}\n" == complaint.decode()
    assert says in complaint.decode()
    assert complaint.count(b"\n") == 1


@pytest.mark.parametrize("after", [1, 8])
async def test_a_kill_loses_no_reported_article_and_the_next_run_continues(
    child: Child, demo: DemoServer, after: int
) -> None:
    await child.start()
    told = {event.id for event in await child.until(ArticleStored, after) if isinstance(event, ArticleStored)}
    child.process.kill()
    await child.events()
    assert told <= child.ids()
    await (await child.start("--once")).events()
    assert child.process.returncode == 0
    with Archive.open(child.archive) as archive:
        rows = archive.listing().window(0, 1000)
        articles = [archive.get(row.id) for row in rows]
    assert len({article.title for article in articles}) == len(articles)
    assert {story.title for story in demo.stories()} <= {article.title for article in articles}
    assert all(article.blocks for article in articles)


FAILING = ("down", "slow", "cut", "empty", "html", "429", "500", "loop", "bomb")
BEARABLE = ("gbk", "moved")


async def test_faulty_servers_affect_only_their_own_source(child: Child, demo: DemoServer) -> None:
    spoiled = [
        f"""
        [[source]]
        name = "{kind}"
        kind = "roll"
        url = "{demo.url}/fault/{kind}/api/roll/get"
        channel = "155/1689"
        pages = 1
        """
        for kind in (*FAILING, *BEARABLE)
    ]
    healthy = demo_config(demo.url, interval=3600).replace("deadline = 10.0", "deadline = 3.0")
    child.config.write_text(healthy + "".join(spoiled), "utf-8")
    events = await (await child.start("--once")).events()
    assert child.process.returncode == 0
    answers = {event.source: event for event in events if isinstance(event, SourceAnswered)}
    assert {name for name, answer in answers.items() if answer.outcome == "failed"} == set(FAILING)
    assert {name for name, answer in answers.items() if answer.fault} == set(FAILING)
    assert len({str(answers[name].fault) for name in FAILING}) >= 6
    with Archive.open(child.archive) as archive:
        rows = archive.listing().window(0, 1000)
        sources = {name for row in rows for name in archive.get(row.id).sources}
    assert sources == {"国内滚动", "宏观经济", "部委动态", "金融新闻", "7x24", *BEARABLE}
    titles = {story.title for story in demo.stories()}
    assert {row.title for row in rows if not row.flash} == titles
