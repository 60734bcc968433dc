"""Sources that config.toml gains, loses, pauses and changes while the poller runs."""

import argparse
import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import httpx
import pytest
from msgspec import structs

import feeds.__main__
from feeds import config
from feeds.archive import Archive
from feeds.events import PollEvent, SourceAnswered, SourcesChanged
from feeds.fetch import Fetcher
from feeds.model import Fault, Source
from feeds.poller import Poller
from feeds.query import parse
from tests.poller.bench import Bench


def answers(events: list[PollEvent]) -> list[str]:
    return [event.source for event in events if isinstance(event, SourceAnswered)]


async def test_sources_come_and_go_while_the_poller_runs(bench: Bench) -> None:
    first, second = bench.sources[0], bench.roll("宏观", "1687")
    paused = structs.replace(second, paused=True)
    events: list[PollEvent] = []
    with Archive.open(bench.folder, write=True) as archive:
        async with Fetcher(bench.config.fetch, transport=httpx.MockTransport(bench.site)) as fetcher:
            poller = Poller(bench.config, archive, fetcher, bench.workers, clock=lambda: bench.now)

            async def until(condition: Callable[[], bool]) -> None:
                async with asyncio.timeout(20):
                    while not condition():  # noqa: ASYNC110 -- the condition is of the events that came
                        await asyncio.sleep(0.005)

            async def listen() -> None:
                async for event in poller.run():
                    events.append(event)  # noqa: PERF401 -- they are looked at as they come

            listening = asyncio.create_task(listen())
            await until(lambda: answers(events) == [first.name])
            poller.take_sources((first, second))
            await until(lambda: answers(events) == [first.name, "宏观"])
            poller.take_sources((first, paused))
            poller.reload()
            await until(lambda: answers(events)[2:] == [first.name])
            poller.take_sources((second,))
            await until(lambda: answers(events)[3:] == ["宏观"])  # it goes on, and the first is polled no more
            poller.reload([first.name])
            poller.take_sources((structs.replace(second, channel="155/1690"),))
            await until(lambda: answers(events)[4:] == ["宏观"])  # what is asked has changed
            poller.take_sources((), Fault("{file}: is nested too deeply", {"file": "c"}))
            poller.reload()
            await until(lambda: answers(events)[5:] == ["宏观"])  # a fault changes nothing
            poller.stop()
            await listening
    assert [event.sources for event in events if isinstance(event, SourcesChanged)][-2:] == [("宏观",), ("宏观",)]


async def test_a_poll_hides_what_a_mute_word_names(bench: Bench) -> None:
    bench.sources = (structs.replace(bench.sources[0], mute=("第2号",)),)
    bench.site.channels["1689"] = [1, 2, 3]
    await bench.poll()
    with bench.archive() as archive:
        assert {row.title for row in archive.listing().window(0, 9)} == {"第1号方案印发", "第3号方案印发"}
        (row,) = archive.listing(parse("is:hidden", bench.now.date())).window(0, 9)
        assert row.title == "第2号方案印发"


async def test_a_paused_source_is_not_polled_once_either(bench: Bench) -> None:
    bench.sources = (*bench.sources, structs.replace(bench.roll("宏观", "1687"), paused=True))
    assert answers(await bench.poll()) == [bench.sources[0].name]


async def test_a_failure_keeps_since_when_and_how_often(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    bench.site.answers["/roll"] = httpx.Response(500)
    begun = bench.now
    for times in (1, 2, 3):
        answer = next(event for event in await bench.poll() if isinstance(event, SourceAnswered))
        assert (answer.failures, answer.failing_since) == (times, begun)
    bench.site.answers.clear()
    answer = next(event for event in await bench.poll() if isinstance(event, SourceAnswered))
    assert (answer.failures, answer.failing_since) == (0, None)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"once": False, "fetch": None}, ["宏观"]),
        ({"once": True, "fetch": None}, []),
        ({"once": False, "fetch": ["a"]}, []),
        ({"once": True, "fetch": ["a"]}, []),
    ],
)
async def test_only_a_run_without_an_end_takes_other_sources(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: dict[str, object], names: list[str]
) -> None:
    path = tmp_path / "config.toml"
    path.write_text("source = []\n", "utf-8")
    taken: list[Sequence[Source]] = []

    class RecordingPoller:
        def __init__(self, *_: object) -> None:
            pass

        async def run(self, **_: object) -> AsyncIterator[PollEvent]:
            await asyncio.sleep(0.01)
            path.write_text('[[source]]\nname = "宏观"\nkind = "roll"\nchannel = "155/1687"\n', "utf-8")
            for _turn in range(4000 if names else 20):
                await asyncio.sleep(0.005)
                if taken:
                    return
            for event in list[PollEvent]():
                yield event

        def take_sources(self, sources: Sequence[Source], _fault: Fault | None = None) -> None:
            taken.append(sources)

    monkeypatch.setattr(feeds.__main__, "Poller", RecordingPoller)
    monkeypatch.setattr(feeds.__main__, "LOOK", 0.001)
    monkeypatch.setattr(feeds.__main__, "_listen", lambda *_, **__: None)
    with Archive.open(bench.folder, write=True) as archive:
        words = argparse.Namespace(**asked, tied=False)
        await feeds.__main__._poll(config.load(path), archive, bench.workers, words)
    assert [source.name for sources in taken for source in sources] == names
