"""A damaged day: named, put aside, never overwritten; everything else goes on."""

from datetime import timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.errors import DayUnusable, ShardDamaged
from feeds.identity import id_of
from feeds.model import Article
from tests.archive.corpus import article, articles


def some_days() -> list[Article]:
    return list(articles(90, every=timedelta(minutes=45)))


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """An archive of four days one of which has one flipped bit."""
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many(some_days())
    _flip(tmp_path / "shards/2024/2024-02-29.json")
    return tmp_path


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def _day_of(path: Path, day: str) -> list[Path]:
    return list(path.glob(f"shards/*/{day}*"))


def test_the_writer_sets_it_aside_with_its_bytes_and_names_it(damaged: Path) -> None:
    bytes_before = (damaged / "shards/2024/2024-02-29.json").read_bytes()
    with Archive.open(damaged, write=True) as archive:
        (fault,) = archive.set_aside
        aside = damaged / "shards/2024" / str(fault.values["aside"])
        assert fault.values["name"] == "2024-02-29.json"
        assert aside.read_bytes() == bytes_before
        assert _day_of(damaged, "2024-02-29") == [aside]
        assert archive.listing().total == archive.listing().window(0, 999).__len__() < 90


def test_the_other_days_are_all_there(damaged: Path) -> None:
    with Archive.open(damaged, write=True) as archive:
        kept = [row.id for row in archive.listing().window(0, 999)]
        assert kept == [entry.id for entry in some_days() if entry.published.date().isoformat() != "2024-02-29"]
        assert archive.get(kept[0]).id == kept[0]


def test_its_articles_can_be_stored_again_beside_it(damaged: Path) -> None:
    with Archive.open(damaged, write=True) as archive:
        stored = archive.store_many(some_days())
        assert {entry.outcome for entry in stored} == {"new", "same"}
        assert archive.listing().total == 90
        assert len(_day_of(damaged, "2024-02-29")) == 2


def test_damage_while_the_archive_is_open_is_met_at_the_next_write(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many(articles(5))
        _flip(tmp_path / "shards/2024/2024-03-01.json")
        assert archive.store(article(7)).new
        assert len(archive.set_aside) == 1
        assert [row.id for row in archive.listing().window(0, 9)] == [article(7).id]


def test_a_reader_tells_it_and_leaves_it_to_the_writer(damaged: Path) -> None:
    for file in damaged.glob("index.sqlite*"):
        file.unlink()
    for _ in range(2):
        with Archive.open(damaged) as archive:
            assert [fault.values["name"] for fault in archive.set_aside] == ["2024-02-29.json"]
            assert [file.name for file in _day_of(damaged, "2024-02-29")] == ["2024-02-29.json"]
    with Archive.open(damaged, write=True) as archive:
        assert [fault.values["name"] for fault in archive.set_aside] == ["2024-02-29.json"]
        assert [file.name for file in _day_of(damaged, "2024-02-29")] == [archive.set_aside[0].values["aside"]]


def test_reading_an_article_of_a_damaged_day_is_refused(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        archive.store(article(0))
        _flip(tmp_path / "shards/2024/2024-03-01.json")
        with pytest.raises(ShardDamaged, match=r"2024-03-01\.json"):
            archive.get(article(0).id)


@pytest.mark.parametrize("content", [b"", b"\x00" * 4096, b"{}", b'{"_default": {"1": {"title": "x"}}}', b"\xff\xfe"])
def test_what_is_no_day_file_is_set_aside(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "shards/2024/2024-03-01.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    with Archive.open(tmp_path, write=True) as archive:
        assert archive.store(article(0)).new
        (fault,) = archive.set_aside
    assert (file.parent / str(fault.values["aside"])).read_bytes() == content


def test_a_later_versions_day_is_left_where_it_is(tmp_path: Path) -> None:
    with Archive.open(tmp_path, write=True) as archive:
        archive.store(article(0))
    file = tmp_path / "shards/2024/2024-03-01.json"
    later = file.read_bytes().replace(b'"version":2,', b'"version":3,', 1)
    file.write_bytes(later)
    with Archive.open(tmp_path, write=True) as archive:
        (fault,) = archive.set_aside
        assert "later zhengwen" in str(fault)
        with pytest.raises(DayUnusable, match="later zhengwen"):
            archive.get(article(0).id)
    assert file.read_bytes() == later


def test_foreign_files_among_the_days_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "shards/2024"
    folder.mkdir(parents=True)
    names = ("2024-02-31.json", "notes.txt", "2024-03-01.json.bak")
    for name in names:
        (folder / name).write_text("mine")
    with Archive.open(tmp_path, write=True) as archive:
        archive.store(article(20))
        assert archive.set_aside == []
        assert archive.find([article(20).keys[0]]) == id_of(article(20).keys[0])
    assert all((folder / name).read_text() == "mine" for name in names)
