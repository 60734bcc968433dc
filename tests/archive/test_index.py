"""The index can be thrown away at any time, and says what the shards say."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from feeds.archive import Archive
from feeds.archive.files import in_runs
from feeds.archive.shards.storage import rewrite
from feeds.query import parse
from tests.archive.conftest import NOON, small
from tests.archive.corpus import article, articles


def told_by(archive: Archive) -> dict[str, Any]:
    """Everything a reader can see of an archive."""
    rows = archive.listing().window(0, 10_000)
    return {
        "rows": rows,
        "flags": [archive.flags(row.id) for row in rows],
        "unread": archive.unread(),
        "facets": [archive.facets(None, kind) for kind in ("category", "source", "agency", "day", "month")],
        "search": archive.listing(parse("绿色船舶 -财政部", NOON.date())).window(0, 10_000),
        "keys": [archive.find([key]) for key in article(3).keys],
    }


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """An archive with flags folded and pending, a changed article and a merged one."""
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many(articles(120, every=timedelta(minutes=20)))
        archive.set_flags([article(number).id for number in range(0, 120, 7)], read=True)
        archive.fold_flags()
        archive.set_flags([article(number).id for number in range(0, 120, 11)], starred=True)
        archive.set_flags([article(7).id], read=False)
        archive.store(small(article(5).keys[0], "改写过的正文。", published=NOON, source="别处"))
    return tmp_path


def without_index(path: Path) -> None:
    for file in path.glob("index.sqlite*"):
        file.unlink()


def test_a_deleted_index_comes_back_the_same(full: Path) -> None:
    with Archive.open(full) as archive:
        before = told_by(archive)
    without_index(full)
    with Archive.open(full) as archive:
        assert told_by(archive) == before


def test_an_index_of_another_version_is_made_anew(full: Path) -> None:
    with Archive.open(full) as archive:
        before = told_by(archive)
    connection = sqlite3.connect(full / "index.sqlite")
    connection.executescript('PRAGMA user_version = 77; DROP TABLE label; CREATE TABLE "odd ""name" (x);')
    connection.close()
    with Archive.open(full) as archive:
        assert told_by(archive) == before


def test_a_file_that_is_no_database_is_made_anew(full: Path) -> None:
    with Archive.open(full) as archive:
        before = told_by(archive)
    without_index(full)
    (full / "index.sqlite").write_bytes(b"not a database at all, but long enough to be looked at" * 50)
    with Archive.open(full) as archive:
        assert told_by(archive) == before


def test_damaged_marks_are_put_aside_not_deleted(full: Path) -> None:
    for file in full.glob("flags.sqlite*"):
        file.unlink()
    (full / "flags.sqlite").write_bytes(b"garbage" * 1000)
    with Archive.open(full, write=True) as archive:
        assert archive.listing().total == 120
    assert [file.read_bytes() for file in full.glob("flags.sqlite.damaged-*")] == [b"garbage" * 1000]


def test_days_are_taken_in_so_that_what_is_new_comes_first_and_pages_are_filled() -> None:
    taken = in_runs(range(1, 101))
    assert taken[:7] == [100, 99, 98, 97, 96, 95, 94]
    assert taken[7:35] == list(range(66, 94))
    assert taken[-9:] == list(range(1, 10))
    assert sorted(taken) == list(range(1, 101))


def test_a_rebuilt_index_has_little_empty_room(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many(articles(600, every=timedelta(hours=2)), search_later=True)
    without_index(tmp_path)
    with Archive.open(tmp_path, write=True) as archive:
        while archive.upkeep():
            pass
    with closing(sqlite3.connect(tmp_path / "index.sqlite")) as index:
        index.execute("VACUUM INTO ?", (str(tmp_path / "packed.sqlite"),))
    assert (tmp_path / "index.sqlite").stat().st_size < 1.15 * (tmp_path / "packed.sqlite").stat().st_size


def test_an_index_that_is_made_anew_gives_its_room_back(full: Path) -> None:
    before = (full / "index.sqlite").stat().st_size
    Archive.open(full, write=True, rebuild=True).close()
    assert (full / "index.sqlite").stat().st_size < before
    with closing(sqlite3.connect(full / "index.sqlite")) as index:
        assert index.execute("PRAGMA freelist_count").fetchone()[0] == 0  # pages without content


def test_texts_left_for_later_are_found_before_and_after(full: Path) -> None:
    with Archive.open(full, write=True) as archive:
        before = told_by(archive)["search"]
    without_index(full)
    for file in (full / "shards/2024").glob("*.json"):  # more days than are taken at once with their texts
        pieces = json.loads(file.read_bytes())["articles"]
        for number, (name, record) in enumerate(pieces.items()):
            rewrite(file.with_name(f"2024-01-{number % 20 + 1:02}.json"), {name: record})
        file.unlink()
    with Archive.open(full, write=True) as archive:
        waiting = archive.upkeep(0)
        assert waiting > 0
        assert told_by(archive)["search"] == before
        archive.fold_flags()
        assert archive.upkeep(0) < waiting
        assert archive.upkeep(waiting) == 0
        assert told_by(archive)["search"] == before


def test_a_day_that_came_from_elsewhere_is_taken_in(full: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with Archive.open(tmp_path_factory.mktemp("other"), write=True) as other:
        other.store(small("远方"))
        (file,) = other.path.glob("shards/2023/*.json")
    (full / "shards/2023").mkdir(exist_ok=True)
    target = full / "shards/2023" / file.name
    os.replace(file, target) if not target.exists() else target.write_bytes(file.read_bytes())  # noqa: PTH105 -- across folders
    with Archive.open(full) as reader:
        assert reader.find(["远方"]) is not None
        assert reader.get(reader.resolve("远方")).title == "关于远方的通知"


def test_a_day_that_was_taken_away_leaves_the_list(full: Path) -> None:
    (full / "shards/2024/2024-03-01.json").unlink()
    with Archive.open(full) as reader:
        assert not [row for row in reader.listing().window(0, 999) if row.published.date().isoformat() == "2024-03-01"]
        assert reader.listing().total == len(reader.listing().window(0, 999))
        assert reader.find(article(0).keys) is None


def test_a_year_that_was_taken_away_leaves_the_list(full: Path) -> None:
    (full / "shards/2024").rename(full / "elsewhere")
    with Archive.open(full) as reader:
        assert reader.listing().total == 0


def test_without_catching_up_the_list_is_what_the_index_has(full: Path) -> None:
    without_index(full)
    with Archive.open(full, catch_up=False) as reader:
        assert reader.listing().total == 0
        assert reader.catch_up() > 0
        assert reader.listing().total == 120


def test_opening_an_archive_that_is_not_behind_reads_no_day(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for write in (True, False):
        with Archive.open(full, write=write):
            pass
        with monkeypatch.context() as patch:
            patch.setattr(Path, "read_bytes", None)
            Archive.open(full, write=write).close()


def test_maintained_counts_are_what_counting_gives(full: Path) -> None:
    with Archive.open(full) as archive:
        rows = archive.listing().window(0, 10_000)
        assert archive.listing().total == len(rows) == 120
        assert archive.unread() == sum(row.unread for row in rows)
        days = Counter(row.published.date().isoformat() for row in rows)
        assert {facet.path[0]: facet.total for facet in archive.facets(None, "day")} == days
        for facet in archive.facets(None, "source"):
            whole = [archive.get(row.id) for row in rows]
            assert facet.total == sum(facet.path[0] in entry.sources for entry in whole)


def test_categories_come_as_a_tree(archive: Archive) -> None:
    archive.store_many(
        [
            small("a", category=("金融", "国内")),
            small("b", category=("金融", "国内")),
            small("c", category=("金融",)),
            small("d", category=("产业", "甲/乙")),
        ]
    )
    archive.set_flags([archive.resolve("a")], read=True)
    assert [(facet.path, facet.total, facet.unread) for facet in archive.facets(None, "category")] == [
        (("金融",), 3, 2),
        (("金融", "国内"), 2, 1),
        (("产业",), 1, 1),
        (("产业", "甲／乙"), 1, 1),
    ]


def test_more_articles_in_one_second_than_have_room_are_all_listed(archive: Archive) -> None:
    archive.store_many(small(f"k{number}", published=NOON) for number in range(200))
    archive.store(small("later", published=NOON.replace(minute=1)))
    archive.store(small("before", published=NOON.replace(hour=11)))
    rows = archive.listing().window(0, 999)
    assert (len(rows), rows[0].title, rows[-1].title) == (202, "关于later的通知", "关于before的通知")
    assert {row.published for row in rows[1:-1]} == {NOON}


def test_reading_imports_no_tinydb(full: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from feeds.archive import Archive\n"
        "with Archive.open(Path(sys.argv[1])) as archive:\n"
        "    archive.get(archive.listing().window(0, 1)[0].id)\n"
        "sys.exit(bool({'tinydb', 'filelock'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", script, str(full)], check=False).returncode == 0
