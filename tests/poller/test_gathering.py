"""What several turns hand in at once is stored at once, and each of them learns what became of its own."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest

from feeds.archive import Archive, Stored
from feeds.errors import ArchiveError
from feeds.model import Article
from feeds.poller import gathering
from feeds.poller.gathering import Gathering
from tests.archive.corpus import articles

ALL = list(articles(6))


async def test_batches_of_many_turns_are_stored_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []
    with Archive.open(tmp_path, write=True) as archive:
        store_many = archive.store_many

        def counted(batch: Iterable[Article], *, search_later: bool) -> list[Stored]:
            assert not search_later
            kept = list(batch)
            calls.append([article.id for article in kept])
            return store_many(kept)

        monkeypatch.setattr(archive, "store_many", counted)
        gathered = Gathering(archive, lambda: False)
        found = await asyncio.gather(*(gathered.store(ALL[n : n + 2]) for n in (0, 2, 4)))
        assert calls == [[article.id for article in ALL]]
        assert [[one.id for one in batch] for batch in found] == [[a.id for a in ALL[n : n + 2]] for n in (0, 2, 4)]
        again = await gathered.store(ALL[:1])
        assert [one.new for one in again] == [False]


async def test_enough_articles_wait_for_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "PAUSE", 3600.0)
    monkeypatch.setattr(gathering, "ENOUGH", 6)
    with Archive.open(tmp_path, write=True) as archive:
        gathered = Gathering(archive, lambda: False)
        async with asyncio.timeout(30):
            await asyncio.gather(gathered.store(ALL[:3]), gathered.store(ALL[3:]))


async def test_a_turn_that_was_given_up_takes_nobody_along(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        gathered = Gathering(archive, lambda: False)
        given_up = asyncio.create_task(gathered.store(ALL[:3]))
        await asyncio.sleep(0)
        given_up.cancel()
        assert [one.new for one in await gathered.store(ALL[3:])] == [True] * 3
        assert archive.find(ALL[0].keys) is None


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), ArchiveError("full")])
async def test_every_turn_hears_of_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def full(_batch: Iterable[Article], **_: bool) -> list[Stored]:
        raise fault

    with Archive.open(tmp_path, write=True) as archive:
        monkeypatch.setattr(archive, "store_many", full)
        gathered = Gathering(archive, lambda: False)
        heard = await asyncio.gather(*(gathered.store([article]) for article in ALL), return_exceptions=True)
    assert len(heard) == 6
    assert all(isinstance(one, ArchiveError) for one in heard)


async def test_while_others_are_being_read_it_waits_for_them_and_leaves_the_search_for_later(tmp_path: Path) -> None:
    reading = True
    with Archive.open(tmp_path, write=True) as archive:
        gathered = Gathering(archive, lambda: reading)
        gathered.left.clear()
        waiting = asyncio.create_task(gathered.store(ALL[:3]))
        await asyncio.sleep(3 * gathering.PAUSE)
        assert not waiting.done()
        reading = False
        await waiting
        assert not gathered.left.is_set()
        reading = True
        await gathered.store(ALL[3:])  # nobody waits for ever
        assert gathered.left.is_set()
        assert archive.upkeep(0) == 3
