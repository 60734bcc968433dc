"""What is stored is matched, and what matches is told once: through edits, kills, quiet hours and storms."""

from datetime import timedelta

import pytest
from msgspec import structs

from feeds.archive import Archive
from feeds.archive.sqlite.watches import journal_of
from feeds.config import View
from feeds.events import TellingFailed
from feeds.model import Block
from tests.watches.conftest import Desk


def watch(name: str, query: str, due: int = 0) -> View:
    return View(name=name, query=query, notify=not due, notify_due=due)


async def test_a_new_article_is_told_once_and_the_old_archive_never(desk: Desk) -> None:
    desk.archive.store(desk.article(1, "旧闻：充电设施方案"))
    desk.now += timedelta(hours=1)
    desk.follow(watch("充电", "title:充电"), watch("方案", "title:方案"), watch("别的", "title:港口"))
    desk.store(
        desk.article(1, "旧闻：充电设施方案"), desk.article(2, "新闻：充电设施方案"), desk.article(3, "林区步道")
    )
    assert await desk.told() == [(("充电", "方案"), 1, ("新闻：充电设施方案",))]
    desk.store(desk.article(2, "新闻：充电设施方案"))
    assert await desk.told() == []


async def test_nothing_is_told_twice_after_a_rebuild_or_a_new_start(desk: Desk) -> None:
    desk.follow(watch("步道", "title:步道"))
    desk.store(desk.article(1, "林区步道开放"))
    assert len(await desk.told()) == 1
    desk.archive.close()
    (desk.folder / "index.sqlite").unlink()
    desk.archive = Archive.open(desk.folder, write=True)
    desk.watcher = desk.start()
    assert await desk.told() == []
    desk.store(desk.article(1, "林区步道开放"), desk.article(2, "湖边步道开放"))
    assert await desk.told() == [(("步道",), 1, ("湖边步道开放",))]


@pytest.mark.parametrize("killed", ["before storing", "before matching", "before telling"])
async def test_what_a_killed_process_left_is_told_by_the_next(desk: Desk, killed: str) -> None:
    desk.follow(watch("步道", "title:步道"))
    made = desk.article(1, "林区步道开放")
    desk.watcher.note([made])
    if killed != "before storing":
        desk.archive.store_many([made])
    if killed == "before telling":
        assert desk.watcher._journal
        await desk.watcher._match(desk.watcher._journal)
    desk.now += timedelta(minutes=1)
    desk.watcher = desk.start()
    if killed == "before storing":
        desk.store(made)
    assert await desk.told() == [(("步道",), 1, ("林区步道开放",))]
    assert await desk.told() == []


async def test_an_article_whose_text_comes_later_is_told_when_it_matches(desk: Desk) -> None:
    desk.follow(watch("潮汐", "潮汐电站"))
    bare = structs.replace(desk.article(1, "要闻一则"), blocks=())
    desk.store(bare)
    assert await desk.told() == []
    desk.store(structs.replace(bare, blocks=(Block("海湾里的潮汐电站今年并网。"),)))
    assert await desk.told() == [(("潮汐",), 1, ("要闻一则",))]


async def test_an_edit_is_told_once_for_each_version(desk: Desk) -> None:
    first = desk.article(1, "方案印发", "到2027年，建成粮仓三百座。")
    desk.archive.store(first)
    desk.now += timedelta(hours=1)
    desk.follow(watch("改动", "is:changed title:方案"))
    assert await desk.told() == []
    for number in (400, 500):
        text = f"到2027年，建成粮仓{number}座，较原计划提高，并由省级主管部门按季度核查。"
        desk.store(structs.replace(first, blocks=(Block(text),), seen=desk.now))
        assert await desk.told() == [(("改动",), 1, ("方案印发",))]
        desk.store(structs.replace(first, blocks=(Block(text),), seen=desk.now))
        assert await desk.told() == []


async def test_a_deadline_is_told_once_when_it_comes_near(desk: Desk) -> None:
    text = "到11月20日，完成圩堤加固。"
    desk.archive.store(desk.article(1, "圩堤加固方案", text, due="2026-11-20"))
    desk.archive.store(desk.article(2, "远期方案", "到2027年5月，完成航道疏浚。", due="2027-05"))
    desk.follow(watch("到期", "title:方案", due=5))
    assert await desk.told() == []
    desk.now += timedelta(days=13)
    assert await desk.told() == [(("到期",), 1, ("圩堤加固方案",))]
    desk.now += timedelta(days=1)
    desk.store(desk.article(3, "圩堤加固方案解读", text, due="2026-11-20"))
    assert await desk.told() == []


async def test_a_storm_is_one_digest(desk: Desk) -> None:
    desk.follow(watch("全部", ""), digest=3)
    desk.store(*(desk.article(number) for number in range(3)))
    assert [count for _, count, _ in await desk.told()] == [1, 1, 1]
    desk.store(*(desk.article(number) for number in range(3, 10)))
    assert [(count, len(titles)) for _, count, titles in await desk.told()] == [(7, 5)]


async def test_quiet_hours_end_with_one_digest(desk: Desk) -> None:
    local = desk.now.astimezone()
    hours = f"{local - timedelta(minutes=1):%H:%M}-{local + timedelta(minutes=3):%H:%M}"
    desk.follow(watch("全部", ""), quiet=hours)
    desk.store(desk.article(1))
    assert await desk.told() == []
    desk.store(desk.article(2))
    assert await desk.told() == []
    desk.watcher = desk.start()
    assert [count for _, count, _ in await desk.told()] == [2]


async def test_a_watch_that_is_taken_up_again_begins_again(desk: Desk) -> None:
    desk.follow(watch("步道", "title:步道"))
    desk.follow()
    desk.store(desk.article(1, "林区步道开放"))
    desk.now += timedelta(minutes=1)
    desk.follow(watch("步道", "title:步道"))
    assert await desk.told() == []
    desk.follow(watch("步道", "title:栈道"))
    desk.store(desk.article(2, "湖边栈道开放"))
    assert await desk.told() == [(("步道",), 1, ("湖边栈道开放",))]


async def test_a_damaged_journal_is_set_aside_and_nothing_old_is_told(desk: Desk) -> None:
    desk.store(desk.article(1))
    await desk.told()
    assert desk.watcher._journal
    desk.watcher._journal.close()
    for suffix in ("-wal", "-shm"):
        journal_of(desk.folder).with_name("watches.sqlite" + suffix).unlink(missing_ok=True)
    journal_of(desk.folder).write_bytes(b"no database " * 1000)
    desk.watcher = desk.start()
    assert await desk.told() == []
    desk.store(desk.article(2))
    assert len(await desk.told()) == 1
    assert (desk.folder / "watches.damaged.sqlite").exists()


async def test_a_journal_that_cannot_be_written_is_said_once_and_articles_are_stored(desk: Desk) -> None:
    assert desk.watcher._journal
    desk.watcher._journal._connection.execute("PRAGMA query_only = ON")
    assert [one.outcome for one in desk.store(desk.article(1), desk.article(2))] == ["new", "new"]
    desk.store(desk.article(3))
    assert [type(event) for event in desk.events] == [TellingFailed]
