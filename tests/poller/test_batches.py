"""Articles of several polls are stored together, and each poll gets the results of its own."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec import structs

from feeds.archive import Archive, Stored
from feeds.archive.preparation.ready import ReadyArticle
from feeds.errors import ArchiveError
from feeds.model import Article
from feeds.poller import batches
from feeds.poller.batches import ArrivedArticle, BatchStore
from tests.archive.conftest import small
from tests.archive.corpus import articles

ALL = [ArrivedArticle(article) for article in articles(6)]


async def test_batches_of_many_polls_are_stored_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []
    with Archive.open(tmp_path, write=True) as archive:
        store_many = archive.store_many

        def count(
            batch: Iterable[Article], *, search_later: bool, ready: Iterable[ReadyArticle | None], rules: object
        ) -> list[Stored]:
            assert not search_later
            assert rules == ()
            assert list(ready) == [None] * 6
            kept = list(batch)
            calls.append([article.id for article in kept])
            return store_many(kept)

        monkeypatch.setattr(archive, "store_many", count)
        batch_store = BatchStore(archive, lambda: False)
        found = await asyncio.gather(*(batch_store.store(ALL[n : n + 2]) for n in (0, 2, 4)))
        ids = [arrived.article.id for arrived in ALL]
        assert calls == [ids]
        assert [[one.id for one in batch] for batch in found] == [ids[n : n + 2] for n in (0, 2, 4)]
        again = await batch_store.store(ALL[:1])
        assert [one.new for one in again] == [False]


async def test_enough_articles_are_stored_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "PAUSE", 3600.0)
    monkeypatch.setattr(batches, "ENOUGH", 6)
    with Archive.open(tmp_path, write=True) as archive:
        batch_store = BatchStore(archive, lambda: False)
        async with asyncio.timeout(30):
            await asyncio.gather(batch_store.store(ALL[:3]), batch_store.store(ALL[3:]))


async def test_a_cancelled_poll_does_not_cancel_others(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        batch_store = BatchStore(archive, lambda: False)
        given_up = asyncio.create_task(batch_store.store(ALL[:3]))
        await asyncio.sleep(0)
        given_up.cancel()
        assert [one.new for one in await batch_store.store(ALL[3:])] == [True] * 3
        assert archive.find(ALL[0].article.keys) is None


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), ArchiveError("full")])
async def test_every_poll_gets_the_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    def full(_batch: Iterable[Article], **_: object) -> list[Stored]:
        raise fault

    with Archive.open(tmp_path, write=True) as archive:
        monkeypatch.setattr(archive, "store_many", full)
        batch_store = BatchStore(archive, lambda: False)
        heard = await asyncio.gather(*(batch_store.store([article]) for article in ALL), return_exceptions=True)
    assert len(heard) == 6
    assert all(isinstance(one, ArchiveError) for one in heard)


async def test_while_others_are_being_read_it_waits_for_them_and_leaves_the_search_for_later(tmp_path: Path) -> None:
    reading = True
    with Archive.open(tmp_path, write=True) as archive:
        batch_store = BatchStore(archive, lambda: reading)
        batch_store.postponed.clear()
        waiting = asyncio.create_task(batch_store.store(ALL[:3]))
        await asyncio.sleep(3 * batches.PAUSE)
        assert not waiting.done()
        reading = False
        await waiting
        assert not batch_store.postponed.is_set()
        reading = True
        await batch_store.store(ALL[3:])  # nobody waits for ever
        assert batch_store.postponed.is_set()
        assert archive.upkeep(0) == 3


@pytest.mark.parametrize("wish", [True, False])
async def test_an_edited_article_is_unread_again_if_the_reader_wishes_so(tmp_path: Path, *, wish: bool) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        first, headline, other = small("甲", "到2028年建成10座。"), structs.replace(small("乙"), blocks=()), small("丙")
        archive.store_many([first, headline, other])
        ids = [first.id, headline.id, other.id]
        archive.set_flags(ids, read=True)
        later = [
            ArrivedArticle(one)
            for one in (small("甲", "到2028年建成12座。"), small("乙", "正文来了。"), other, small("丁"))
        ]
        stored = await BatchStore(archive, lambda: False, unread_when_changed=wish).store(later)
        assert [one.outcome for one in stored] == ["changed", "changed", "same", "new"]
        assert [archive.flags(name).read for name in ids] == [not wish, True, True]
        archive.set_flags(ids, read=True)
        wide = ArrivedArticle(small("甲", "到２０２８年建成12座。"))
        assert (await BatchStore(archive, lambda: False, unread_when_changed=wish).store([wide]))[0].outcome == "same"
        assert archive.flags(first.id).read


async def test_a_small_batch_leaves_its_texts_to_the_work_that_a_large_one_left(tmp_path: Path) -> None:
    reading = True
    with Archive.open(tmp_path, write=True) as archive:
        batch_store = BatchStore(archive, lambda: reading)
        await batch_store.store(ALL[:2])
        reading = False
        await batch_store.store(ALL[2:4])
        assert archive.upkeep(0) == 4
        while archive.upkeep():
            pass
        batch_store.postponed.clear()
        await batch_store.store(ALL[4:])
        assert archive.upkeep(0) == 0


async def test_it_is_quiet_once_nothing_is_read_and_nothing_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "QUIET", 0.0)
    reading = False
    with Archive.open(tmp_path, write=True) as archive:
        batch_store = BatchStore(archive, lambda: reading)
        assert batch_store.is_quiet
        waiting = asyncio.create_task(batch_store.store(ALL))
        await asyncio.sleep(0)
        batch_store.note_activity()
        assert not batch_store.is_quiet
        await waiting
        await asyncio.sleep(0.001)
        assert batch_store.is_quiet
        reading = True
        batch_store.note_activity()
        assert not batch_store.is_quiet
        monkeypatch.setattr(batches, "QUIET", 3600.0)
        reading = False
        batch_store.note_activity()
        assert not batch_store.is_quiet
