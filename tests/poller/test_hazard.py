"""A text that takes the poller down is found out by the file that names what was in hand."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from feeds.errors import ParseError
from feeds.model import Article, Page, Plan
from feeds.parse import entries_of
from feeds.plan import plan_of
from feeds.poller.hazard import FILE_NAME, Hazard, InHand
from feeds.poller.listing import stamp_of
from feeds.poller.turn import Turn
from tests.poller.bench import NOW, Bench, answered, set_aside

THING = InHand("部委动态", "comos:plan0000001", "abc", "第1号方案印发")


def left_over(folder: Path) -> InHand | None:
    return Hazard(folder).left_over()


def test_nothing_is_left_of_what_went_well(tmp_path: Path) -> None:
    with Hazard(tmp_path, None) as hazard:
        with hazard.holding(THING):
            assert left_over(tmp_path) == THING
        assert left_over(tmp_path) is None


def test_an_expected_failure_leaves_nothing_either(tmp_path: Path) -> None:
    with Hazard(tmp_path, None) as hazard, pytest.raises(ParseError), hazard.holding(THING):
        raise ParseError("no page")
    assert left_over(tmp_path) is None


def test_a_bug_leaves_what_it_died_on(tmp_path: Path) -> None:
    with Hazard(tmp_path, None) as hazard, pytest.raises(RecursionError), hazard.holding(THING):
        raise RecursionError
    assert left_over(tmp_path) == msgspec.structs.replace(THING, certain=True)


def test_opening_it_again_keeps_what_was_left(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(msgspec.json.encode(THING))
    with Hazard(tmp_path, None) as hazard:
        assert hazard.left_over() == THING
        hazard.clear()
    assert left_over(tmp_path) is None


def test_a_file_cut_short_says_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(msgspec.json.encode(THING)[:20])
    assert left_over(tmp_path) is None


@pytest.mark.parametrize("death", ["while True: pass", "import os; os.kill(os.getpid(), 11)"])
def test_a_reading_that_hangs_or_crashes_ends_the_process_and_leaves_its_name(tmp_path: Path, death: str) -> None:
    program = (
        "import sys; from pathlib import Path; from feeds.poller.hazard import Hazard, InHand\n"
        "with Hazard(Path(sys.argv[1]), 0.2) as hazard, hazard.holding(InHand('部委动态', 'one')):\n"
        f"    {death}\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, check=False)
    assert ended.returncode != 0
    assert left_over(tmp_path) == InHand("部委动态", "one")


# What the next poller makes of it


def leave(bench: Bench, *, certain: bool = False, key: str = "comos:plan0000001", stamp: str = "") -> None:
    thing = InHand("部委动态", key, stamp or stamp_of_row(bench), "第1号方案印发", certain)
    (bench.folder / FILE_NAME).write_bytes(msgspec.json.encode(thing))


def stamp_of_row(bench: Bench) -> str:
    """What the poller calls row 1 of the channel as it stands now."""
    answer = bench.site.roll({"lid": "1689", "page": "1"})
    page = Page(url="", body=answer.read(), content_type="text/html")
    rows = entries_of(page, bench.sources[0])
    return next(stamp_of(entry) for entry in rows if entry.docid.endswith("plan0000001"))


async def test_one_death_may_be_chance_and_the_article_is_read(bench: Bench) -> None:
    bench.site.channels["1689"] = [2, 1]
    leave(bench)
    events = await bench.poll()
    assert set_aside(events) == []
    assert bench.titles() == {"第1号方案印发", "第2号方案印发"}
    assert left_over(bench.folder) is None


async def test_an_article_that_was_in_hand_twice_is_set_aside_and_the_others_go_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.site.channels["1689"] = [2, 1]
    leave(bench)
    with monkeypatch.context() as dying:
        dying.setattr(Turn, "take", _killed)
        with pytest.raises(BaseExceptionGroup):
            await bench.poll()
    leave(bench)
    events = await bench.poll()
    assert [event.name for event in set_aside(events)] == ["第1号方案印发"]
    assert bench.titles() == {"第2号方案印发"}
    assert "/china/article-1.html" not in bench.site.pages_asked
    await bench.poll()
    assert bench.titles() == {"第2号方案印发"}


async def _killed(_: Turn) -> None:
    raise MemoryError


async def test_what_the_program_saw_fail_is_set_aside_at_once(bench: Bench) -> None:
    bench.site.channels["1689"] = [2, 1]
    leave(bench, certain=True)
    assert len(set_aside(await bench.poll())) == 1
    assert bench.titles() == {"第2号方案印发"}


async def test_a_bug_in_reading_ends_the_poller_once_and_not_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def plan_of_all_but_one(article: Article) -> Plan:
        if article.title == "第1号方案印发":
            raise ZeroDivisionError
        return plan_of(article)

    monkeypatch.setattr("feeds.assembly.plan_of", plan_of_all_but_one)
    bench.site.channels["1689"] = [2, 1]
    with pytest.raises(BaseExceptionGroup) as death:
        await bench.poll()
    assert death.group_contains(ZeroDivisionError)
    assert len(set_aside(await bench.poll())) == 1
    assert bench.titles() == {"第2号方案印发"}


async def test_a_set_aside_article_is_read_again_when_its_feed_says_something_new_of_it(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    leave(bench, certain=True)
    await bench.poll()
    assert bench.titles() == set()
    bench.site.updated[1] = NOW
    assert answered(await bench.poll()).new == 1


async def test_a_feed_that_was_in_hand_is_named_and_asked_again(bench: Bench) -> None:
    bench.site.channels["1689"] = [1]
    (bench.folder / FILE_NAME).write_bytes(msgspec.json.encode(InHand("部委动态")))
    events = await bench.poll()
    assert [event.name for event in set_aside(events)] == ["部委动态"]
    assert answered(events).new == 1
