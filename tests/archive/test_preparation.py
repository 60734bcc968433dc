"""An index of days that were prepared ahead, here or in other processes, is the one that single articles give."""

import gc
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import structs

from feeds.archive import Archive
from feeds.archive.preparation import days as prepared_days
from feeds.archive.preparation import pool
from feeds.archive.preparation.articles import ready_article
from feeds.archive.preparation.days import parts_of_day
from feeds.archive.sqlite import days as indexed_days
from feeds.archive.sqlite.rows import bulk
from feeds.archive.whole import Whole
from feeds.errors import ArchiveLocked
from feeds.model import Article, Fault
from feeds.workers.tasks import WorkerAnswer
from tests.archive.conftest import NOON, small
from tests.archive.corpus import articles
from tests.archive.test_duplicates import printed
from tests.archive.test_whole import flip

Tables = dict[str, list[tuple[Any, ...]]]
_PASSING = {"meta", "touched", "dirty", "folder"}  # what another order of the same steps may change


def tables_of(path: Path, *, exact: bool = False) -> Tables:
    """Every row of every table, the labels by their names and not by their numbers; the search by its words.

    An article's labels are sorted, because a tag that a reader sets comes last, unless they are wanted `exact`.
    """
    with Archive.open(path, catch_up=False) as archive:
        ask = archive.parts.index.connection.execute
        ask("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'gram', 'instance')")
        label = {number: (kind, value) for number, kind, value in ask("SELECT id, kind, value FROM label")}
        names = [row[0] for row in ask("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'gram*'")]
        found: Tables = {"words": sorted(ask("SELECT term, doc FROM temp.words"))}
        for name in set(names) - _PASSING:
            cursor = ask(f"SELECT * FROM {name}")  # noqa: S608 -- our own tables
            columns = [column[0] for column in cursor.description]
            rows = []
            for row in cursor:
                values = dict(zip(columns, row, strict=True))
                if "labels" in values:
                    labels = [label[number] for number in json.loads(values["labels"])]
                    values["labels"] = labels if exact else sorted(labels)
                if name == "tagged":
                    values["label"] = label[values["label"]]
                if name == "label":
                    del values["id"]
                rows.append(tuple(values.values()))
            found[name] = sorted(rows, key=repr)
        # A label stays when its last article goes, and a new index never has it.
        found["label"] = [row for row in found["label"] if row[2]]
        return found


def stored() -> Iterator[Article]:
    """Articles of several days: groups of duplicates in one day and over midnight, a flash, and one crowded second."""
    yield from articles(90, every=timedelta(hours=2, seconds=7))
    for copy in range(3):
        yield printed(f"甲{copy}", minutes=40 * copy + 1)
    for copy in range(3):
        yield printed(f"夜{copy}", minutes=12 * 60 - 30 + 20 * copy, lines=[f"{line}又及夜航灯。" for line in LINES])
    yield structs.replace(
        printed("快", minutes=7, lines=("快讯：青屿港冷库今日封顶，明日起安装设备并试运行。",)), flash=True
    )
    for number in range(70):  # more than a second has row numbers
        yield small(f"同秒{number}", f"第{number}号告示在同一秒张贴。", published=NOON + timedelta(days=1))


LINES = tuple(f"{place}灯塔完成检修，{deed}已经恢复。" for place, deed in zip(
    ("南礁", "北屿", "东矶", "西洲", "中沙", "上塘", "下坞"),
    ("夜间值守", "雾号广播", "航标巡检", "潮位观测", "通信中继", "备用电源", "维护船只"),
    strict=True,
))  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that took its articles in no order, with flags in day files and pending ones, and a group apart."""
    path = tmp_path_factory.mktemp("made") / "archive"
    given = list(stored())
    random.Random(7).shuffle(given)  # noqa: S311 -- an order, no secret
    given.sort(key=lambda one: one.published if one.published.day == 11 else NOON)  # one file's order is that of rows
    with Archive.open(path, write=True) as archive:
        for start in range(0, len(given), 17):
            archive.store_many(given[start : start + 17])
        while archive.upkeep(3):
            pass
        names = [row.id for row in archive.listing().window(0, 1000)]
        archive.set_flags(names[::5], read=True, tag=("要",))
        copies = [row.id for row in archive.listing().window(0, 1000) if row.copies > 1]
        assert len(copies) > 1
        archive.split_duplicates(archive.duplicates(copies[0])[0].id)
        archive.fold_flags()
        archive.set_flags(names[::7], starred=True, tag=("急", "要"))
        archive.set_flags(names[::9], read=False, untag=("要",))
        while archive.upkeep(1000):
            pass
    return path


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "archive"))


def rebuilt(path: Path) -> list[Fault]:
    with Archive.open(path, write=True, rebuild=True) as archive:
        faults = [fault for step in Whole(archive).rebuild() for fault in step.faults]
        assert archive.upkeep(0) == 0
    return faults


@pytest.fixture(params=["here", "in parts", "in processes"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the days are prepared."""
    how = str(request.param)
    if how == "in parts":
        monkeypatch.setattr(prepared_days, "_ARTICLES", 4)
        monkeypatch.setattr(bulk, "_LOOK_AHEAD", 3)
    if how == "in processes":
        monkeypatch.setattr(pool, "_LEAST", 0)
    return how


def test_every_table_is_the_same(place: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables_of(place)
    assert before["todo"] == before["fresh"] == []
    assert len(before["member"]) == 5
    assert len(before["pair"]) > 6
    with monkeypatch.context() as patch:
        patch.setattr(indexed_days, "_FEW_DAYS", 1_000_000)  # each day is read in the transaction that puts it
        rebuilt(place)
    single = tables_of(place, exact=True)
    assert rebuilt(place) == []
    after = tables_of(place, exact=True)
    assert single.keys() == after.keys() == before.keys()
    for name in single:
        assert after[name] == single[name], (way, name)
    after = tables_of(place)
    for name in before:
        assert after[name] == before[name], (way, name)


def test_days_that_changed_are_put_over_their_rows(place: Path, way: str, tmp_path: Path) -> None:
    """An index that has rows already, of which some days changed and one went."""
    newer = tmp_path / "newer"
    with Archive.open(newer, write=True) as archive:
        given = [one for one in stored() if "同秒" not in one.title]  # the numbers in one second depend on the order
        archive.store_many(given)
        archive.store_many(structs.replace(one, title=f"{one.title}（更正）") for one in given[::4])
        archive.store_many([printed("丁", minutes=3)])
    for file in sorted(newer.glob("shards/*/*.json"))[1:]:
        (place / file.relative_to(newer)).write_bytes(file.read_bytes())
    min(place.glob("shards/*/*.json")).unlink()
    with Archive.open(place, write=True) as archive:
        while archive.upkeep(1000):
            pass
    after = tables_of(place)
    rebuilt(place)
    again = tables_of(place)
    for name in set(again) - {"band", "name"}:  # keys of a text that is gone may stay
        assert after[name] == again[name], (way, name)


def test_a_damaged_day_is_set_aside_and_the_others_are_listed(place: Path, way: str) -> None:
    file = sorted(place.glob("shards/*/*.json"))[3]
    before = tables_of(place)["article"]
    flip(file)
    (fault,) = rebuilt(place)
    assert fault.values["name"] == file.name
    assert (way, file.exists()) == (way, False)
    after = tables_of(place)["article"]
    assert 0 < len(after) < len(before)


_DYING = """
import os, signal, sys
from feeds.archive.preparation import worker
turns = iter(range({turns}))
prepare = worker.parts_of_day
def parts_of_day(path):
    for part in prepare(path):
        if next(turns, None) is None:
            sys.stdout.buffer.write(b"\\0\\0\\0\\0\\0\\0\\4\\0half")
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        yield part
worker.parts_of_day = parts_of_day
worker.main()
"""


@pytest.mark.parametrize(
    "command",
    [
        (sys.executable, "-c", _DYING.format(turns=0)),
        (sys.executable, "-c", _DYING.format(turns=2)),
        (sys.executable, "-c", "print('not a part at all', flush=True); input()"),
        (sys.executable, "-c", "raise SystemExit(3)"),
        ("/no/such/program",),
    ],
)
def test_a_process_that_dies_costs_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    before = tables_of(place)
    monkeypatch.setattr(pool, "_LEAST", 0)
    opened: Callable[..., Any] = pool.DayPool
    monkeypatch.setattr(indexed_days, "DayPool", lambda paths: opened(paths, command))
    assert rebuilt(place) == []
    assert tables_of(place) == before


def test_preparing_leaves_no_circles(made: Path) -> None:
    """The process that prepares does not collect meanwhile, so what is left of each article would fill its memory."""
    paths = sorted((made / "shards").rglob("*.json"))
    for _ in range(2):  # what is imported the first time leaves circles of its own
        found = [one for path in paths for part in parts_of_day(path) for one in part.articles]
        assert any(one.columns["groups"] for one in found)
        del found
        circles = gc.collect()
    assert circles == 0


def test_a_file_that_changed_after_it_was_prepared_is_read_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = sorted(place.glob("shards/*/*.json"))
    content = files[4].read_bytes()
    before = tables_of(place)
    files[4].write_bytes(files[5].read_bytes())
    opened: Callable[..., Any] = prepared_days.parts_of_day

    def replaced(path: Path) -> Iterator[Any]:
        for part in opened(path):
            if path == files[4]:
                path.write_bytes(content)
            yield part

    monkeypatch.setattr(pool, "parts_of_day", replaced)
    rebuilt(place)
    after = tables_of(place)
    for name in set(before) - {"shard"}:  # the file has another time
        assert after[name] == before[name], name


_REBUILD = """
import sys
from pathlib import Path
from feeds.archive import Archive
from feeds.archive.preparation import days, pool
from feeds.archive.whole import Whole
pool._LEAST, days._ARTICLES = 0, 9
with Archive.open(Path(sys.argv[1]), write=True, rebuild=True) as archive:
    print("open", flush=True)
    for step in Whole(archive).rebuild():
        pass
"""


def _opened_after_kill(path: Path) -> Archive:
    """The archive, as soon as it can be opened.

    A process that was killed while it started another one leaves its lock to that one, until that runs its program.
    """
    until = time.monotonic() + 10
    while True:
        try:
            return Archive.open(path, write=True)
        except ArchiveLocked:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


def test_a_rebuild_may_be_killed_at_any_moment(place: Path) -> None:
    before = tables_of(place)
    dice = random.Random(5)  # noqa: S311 -- moments, no secrets
    for _ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", _REBUILD, str(place)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
        time.sleep(dice.uniform(0.0, 0.5))
        os.kill(writer.pid, signal.SIGKILL)
        writer.stdout.close()
        writer.wait()
        with _opened_after_kill(place) as archive:
            while archive.upkeep(1000):
                pass
        assert tables_of(place) == before


# Articles made ready by a worker


def test_an_article_that_a_worker_made_ready_is_stored_like_any_other(tmp_path: Path) -> None:
    first = list(articles(12, every=timedelta(hours=5)))
    again = structs.replace(first[3], title=f"{first[3].title}（更新）", blocks=first[4].blocks)
    namesake = structs.replace(
        first[5], guid="另一篇", title="完全不同的标题", blocks=first[6].blocks, sources=("别处",)
    )
    given = [*first[:8], again, namesake, *first[8:], first[0]]
    answers = [WorkerAnswer(one, ready_article(one)) for one in given]
    sent = [msgspec.json.decode(msgspec.json.encode(answer), type=WorkerAnswer) for answer in answers]
    for name, ready in (("plain", ()), ("ready", [answer.ready for answer in sent])):
        with Archive.open(tmp_path / name, write=True) as archive:
            stored = archive.store_many(given, search_later=True, ready=ready)
            assert [one.outcome for one in stored].count("new") in (12, 13)
            while archive.upkeep(1000):
                pass
    plain, made = tables_of(tmp_path / "plain", exact=True), tables_of(tmp_path / "ready", exact=True)
    assert {**made, "shard": None} == {**plain, "shard": None}  # it has the times of the files
    files = [path.relative_to(tmp_path / "plain") for path in (tmp_path / "plain" / "shards").rglob("*.json")]
    assert files
    assert all((tmp_path / "ready" / file).read_bytes() == (tmp_path / "plain" / file).read_bytes() for file in files)
