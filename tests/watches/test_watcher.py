"""What is stored is matched, and what matches is told once: through edits, kills, quiet hours and storms."""

from datetime import timedelta

import pytest
from msgspec import structs

from feeds.archive import Archive
from feeds.archive.sqlite.watches import journal_of
from feeds.config import View
from feeds.events import TellingFailed
from feeds.model import Block
from tests.watches.conftest import WatchedArchive


def watch(name: str, query: str, due: int = 0) -> View:
    return View(name=name, query=query, notify=not due, notify_due=due)


async def test_a_new_article_is_told_once_and_the_old_archive_never(watched: WatchedArchive) -> None:
    watched.archive.store(watched.article(1, "旧闻：充电设施方案"))
    watched.now += timedelta(hours=1)
    watched.follow(watch("充电", "title:充电"), watch("方案", "title:方案"), watch("别的", "title:港口"))
    watched.store(
        watched.article(1, "旧闻：充电设施方案"),
        watched.article(2, "新闻：充电设施方案"),
        watched.article(3, "林区步道"),
    )
    assert await watched.told() == [(("充电", "方案"), 1, ("新闻：充电设施方案",))]
    watched.store(watched.article(2, "新闻：充电设施方案"))
    assert await watched.told() == []


async def test_nothing_is_told_twice_after_a_rebuild_or_a_new_start(watched: WatchedArchive) -> None:
    watched.follow(watch("步道", "title:步道"))
    watched.store(watched.article(1, "林区步道开放"))
    assert len(await watched.told()) == 1
    watched.archive.close()
    (watched.folder / "index.sqlite").unlink()
    watched.archive = Archive.open(watched.folder, write=True)
    watched.watcher = watched.start()
    assert await watched.told() == []
    watched.store(watched.article(1, "林区步道开放"), watched.article(2, "湖边步道开放"))
    assert await watched.told() == [(("步道",), 1, ("湖边步道开放",))]


@pytest.mark.parametrize("killed", ["before storing", "before matching", "before telling"])
async def test_what_a_killed_process_left_is_told_by_the_next(watched: WatchedArchive, killed: str) -> None:
    watched.follow(watch("步道", "title:步道"))
    made = watched.article(1, "林区步道开放")
    watched.watcher.note([made])
    if killed != "before storing":
        watched.archive.store_many([made])
    if killed == "before telling":
        assert watched.watcher._journal
        await watched.watcher._match(watched.watcher._journal)
    watched.now += timedelta(minutes=1)
    watched.watcher = watched.start()
    if killed == "before storing":
        watched.store(made)
    assert await watched.told() == [(("步道",), 1, ("林区步道开放",))]
    assert await watched.told() == []


async def test_an_article_whose_text_comes_later_is_told_when_it_matches(watched: WatchedArchive) -> None:
    watched.follow(watch("潮汐", "潮汐电站"))
    bare = structs.replace(watched.article(1, "要闻一则"), blocks=())
    watched.store(bare)
    assert await watched.told() == []
    watched.store(structs.replace(bare, blocks=(Block("海湾里的潮汐电站今年并网。"),)))
    assert await watched.told() == [(("潮汐",), 1, ("要闻一则",))]


async def test_an_edit_is_told_once_for_each_version(watched: WatchedArchive) -> None:
    first = watched.article(1, "方案印发", "到2027年，建成粮仓三百座。")
    watched.archive.store(first)
    watched.now += timedelta(hours=1)
    watched.follow(watch("改动", "is:changed title:方案"))
    assert await watched.told() == []
    for number in (400, 500):
        text = f"到2027年，建成粮仓{number}座，较原计划提高，并由省级主管部门按季度核查。"
        watched.store(structs.replace(first, blocks=(Block(text),), seen=watched.now))
        assert await watched.told() == [(("改动",), 1, ("方案印发",))]
        watched.store(structs.replace(first, blocks=(Block(text),), seen=watched.now))
        assert await watched.told() == []


async def test_a_deadline_is_told_once_when_it_comes_near(watched: WatchedArchive) -> None:
    text = "到11月20日，完成圩堤加固。"
    watched.archive.store(watched.article(1, "圩堤加固方案", text, due="2026-11-20"))
    watched.archive.store(watched.article(2, "远期方案", "到2027年5月，完成航道疏浚。", due="2027-05"))
    watched.follow(watch("到期", "title:方案", due=5))
    assert await watched.told() == []
    watched.now += timedelta(days=13)
    assert await watched.told() == [(("到期",), 1, ("圩堤加固方案",))]
    watched.now += timedelta(days=1)
    watched.store(watched.article(3, "圩堤加固方案解读", text, due="2026-11-20"))
    assert await watched.told() == []


async def test_each_of_many_deadlines_is_told(watched: WatchedArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.watches.matching._DUE_AT_ONCE", 2)
    watched.follow(View(name="到期", query="", notify_due=30), digest=9)
    watched.store(*(watched.article(number, text=f"修好第{number}座水闸。", due="2026-11-20") for number in range(7)))
    assert sum(count for _, count, _ in await watched.told()) == 7
    watched.store(watched.article(8, text="疏浚河道。", due="2026-11-21"))
    assert [count for _, count, _ in await watched.told()] == [1]


async def test_a_storm_is_one_digest(watched: WatchedArchive) -> None:
    watched.follow(watch("全部", ""), digest=3)
    watched.store(*(watched.article(number) for number in range(3)))
    assert [count for _, count, _ in await watched.told()] == [1, 1, 1]
    watched.store(*(watched.article(number) for number in range(3, 10)))
    assert [(count, len(titles)) for _, count, titles in await watched.told()] == [(7, 5)]


async def test_quiet_hours_end_with_one_digest(watched: WatchedArchive) -> None:
    local = watched.now.astimezone()
    hours = f"{local - timedelta(minutes=1):%H:%M}-{local + timedelta(minutes=3):%H:%M}"
    watched.follow(watch("全部", ""), quiet=hours)
    watched.store(watched.article(1))
    assert await watched.told() == []
    watched.store(watched.article(2))
    assert await watched.told() == []
    watched.watcher = watched.start()
    assert [count for _, count, _ in await watched.told()] == [2]


async def test_a_watch_that_is_taken_up_again_begins_again(watched: WatchedArchive) -> None:
    watched.follow(watch("步道", "title:步道"))
    watched.follow()
    watched.store(watched.article(1, "林区步道开放"))
    watched.now += timedelta(minutes=1)
    watched.follow(watch("步道", "title:步道"))
    assert await watched.told() == []
    watched.follow(watch("步道", "title:栈道"))
    watched.store(watched.article(2, "湖边栈道开放"))
    assert await watched.told() == [(("步道",), 1, ("湖边栈道开放",))]


async def test_a_damaged_journal_is_set_aside_and_nothing_old_is_told(watched: WatchedArchive) -> None:
    watched.store(watched.article(1))
    await watched.told()
    assert watched.watcher._journal
    watched.watcher._journal.close()
    for suffix in ("-wal", "-shm"):
        journal_of(watched.folder).with_name("watches.sqlite" + suffix).unlink(missing_ok=True)
    journal_of(watched.folder).write_bytes(b"no database " * 1000)
    watched.watcher = watched.start()
    assert await watched.told() == []
    watched.store(watched.article(2))
    assert len(await watched.told()) == 1
    assert (watched.folder / "watches.damaged.sqlite").exists()


async def test_a_journal_that_cannot_be_written_is_said_once_and_articles_are_stored(watched: WatchedArchive) -> None:
    assert watched.watcher._journal
    watched.watcher._journal._connection.execute("PRAGMA query_only = ON")
    assert [one.outcome for one in watched.store(watched.article(1), watched.article(2))] == ["new", "new"]
    watched.store(watched.article(3))
    assert [type(event) for event in watched.events] == [TellingFailed]
