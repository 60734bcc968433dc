"""The rules of config.toml in polls: for articles whose page comes later, and after a poller that was killed."""

from datetime import timedelta

import pytest

from feeds.archive.sqlite.rules import RuleApplication
from feeds.config.values import MarkRule
from feeds.model import Flags
from tests.poller.bench import NOW, Bench, reply


def flags(bench: Bench) -> dict[str, Flags]:
    with bench.archive() as archive:
        return {row.title[1]: archive.flags(row.id) for row in archive.listing().window(0, 9)}


async def test_a_page_that_comes_in_a_later_poll_is_taken_by_the_rules(bench: Bench) -> None:
    bench.rules = (MarkRule(query="四项措施", star=True), MarkRule(query="title:2号", read=True, tags=("二",)))
    bench.site.channels["1689"] = [2, 1]
    bench.site.answers["/china/"] = reply(status=502)
    await bench.poll()
    assert flags(bench) == {"1": Flags(), "2": Flags(read=True, tags=("二",))}
    with bench.archive() as archive:
        archive.set_flags([row.id for row in archive.listing().window(0, 9)], read=False)
    bench.site.answers.clear()
    bench.now = NOW + timedelta(seconds=301)
    await bench.poll()
    assert flags(bench) == {"1": Flags(starred=True), "2": Flags(starred=True, tags=("二",))}


async def test_the_next_start_applies_rules_that_a_killed_poller_did_not(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.rules = (MarkRule(query="四项措施", star=True),)
    bench.site.channels["1689"] = [1]
    with monkeypatch.context() as patch:
        patch.setattr(RuleApplication, "apply", lambda _self: None)  # as if it were killed before
        await bench.poll()
    assert flags(bench) == {"1": Flags()}
    bench.site.channels["1689"] = []
    await bench.poll()
    assert flags(bench) == {"1": Flags(starred=True)}
