"""Reading never needs writing: full disks, read-only ones, another's folder, with an index in whatever state."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import feeds.archive.reading.view
import feeds.archive.sqlite.schema.salvage
from feeds.archive import Archive
from feeds.archive.whole import Stats, Whole
from feeds.errors import ArchiveChanged, ArchiveError, DiskRefused
from feeds.query import parse
from tests import disks
from tests.archive.conftest import NOON
from tests.archive.corpus import article, articles

COUNT = 40


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with marks in its day files, and one mark that waits."""
    place = tmp_path_factory.mktemp("sound") / "archive"
    with Archive.open(place, write=True) as archive:
        archive.store_many(articles(COUNT))
        archive.set_flags([article(3).id], starred=True, tag=["港口"])
        archive.fold_flags()
        archive.set_flags([article(5).id], starred=True)
    return place


def told(archive: Archive) -> Any:
    """What a reader can see."""
    rows = archive.listing().window(0, COUNT + 9)
    stars = archive.listing(parse("is:starred", NOON.date())).window(0, 9)
    found = archive.listing(parse("绿色船舶", NOON.date())).count()
    return rows, stars, found, archive.facets(None, "source"), [archive.get(row.id).title for row in rows]


def as_it_is(_place: Path) -> None:
    """The archive as its writer left it."""


def without_index(place: Path) -> None:
    for file in place.glob("index.sqlite*"):
        file.unlink()


def touched(place: Path) -> None:
    """A day file that was copied back: the index knows it by another time."""
    file = min(place.glob("shards/*/*.json"))
    os.utime(file, ns=(1, 1))
    os.utime(file.parent, ns=(1, 1))


def rotten(place: Path) -> None:
    data = (place / "index.sqlite").read_bytes()
    (place / "index.sqlite").write_bytes(data[:16384] + b"\x5a" * (len(data) - 16384))


def marked_damaged(place: Path) -> None:
    (place / "index.damaged").touch()


def of_another_version(place: Path) -> None:
    data = bytearray((place / "index.sqlite").read_bytes())
    data[60:64] = (99).to_bytes(4)  # where SQLite keeps user_version
    (place / "index.sqlite").write_bytes(data)


STATES: dict[str, Callable[[Path], None]] = {
    work.__name__: work for work in (as_it_is, without_index, touched, rotten, marked_damaged, of_another_version)
}
ODD = [name for name in STATES if name != "as_it_is"]


@contextmanager
def read_only(sound: Path, folder: Path, state: str) -> Iterator[Path]:
    with disks.disk(folder / "disk") as disk:
        place = Path(shutil.copytree(sound, disk / "archive"))
        STATES[state](place)
        disks.make_read_only(disk)
        yield place


@contextmanager
def full(sound: Path, folder: Path, state: str) -> Iterator[Path]:
    with disks.disk(folder / "disk") as disk:
        place = Path(shutil.copytree(sound, disk / "archive"))
        STATES[state](place)
        disks.fill(disk)
        yield place


@pytest.fixture
def whole(sound: Path) -> Any:
    with Archive.open(sound) as archive:
        return told(archive)


@pytest.mark.parametrize("kind", [read_only, full])
@pytest.mark.parametrize("state", STATES)
def test_everything_is_read(sound: Path, tmp_path: Path, whole: Any, kind: Any, state: str) -> None:
    with kind(sound, tmp_path, state) as place:
        before = sorted(file.name for file in place.iterdir())
        with Archive.open(place) as archive:
            assert told(archive) == whole
            assert archive.view
            assert (archive.view.notice is not None) == (state in ODD)
            assert [fault for step in Whole(archive).verify() for fault in step.faults] == []
            stats = Stats()
            assert not any(step.faults for step in Whole(archive).measure(stats))
            assert stats.whole.articles == COUNT
        if kind is read_only:
            assert sorted(file.name for file in place.iterdir()) == before


@pytest.mark.parametrize("kind", [read_only, full])
@pytest.mark.parametrize("state", ["as_it_is", "touched"])
def test_a_mark_is_refused_in_words_and_changes_nothing(
    sound: Path, tmp_path: Path, whole: Any, kind: Any, state: str
) -> None:
    with kind(sound, tmp_path, state) as place, Archive.open(place) as archive:
        works: list[Callable[[], object]] = [
            lambda: archive.set_flags([article(9).id], starred=True),
            lambda: archive.set_flags([article(9).id], tag=["海运"]),
            lambda: archive.split_duplicates(article(9).id),
            lambda: archive.join_duplicates(article(9).id),
        ]
        for work in works:
            with pytest.raises(DiskRefused, match="cannot be written to"):
                work()
        assert told(archive) == whole


@pytest.mark.parametrize("kind", [read_only, full])
def test_a_writer_is_refused_in_words(sound: Path, tmp_path: Path, kind: Any) -> None:
    with kind(sound, tmp_path, "as_it_is") as place, pytest.raises(ArchiveError, match=r"space|read-only"):
        Archive.open(place, write=True)


def mark_on(archive: Archive, names: list[str]) -> None:
    """Mark until the disk is full: a log that has room takes the first ones."""
    for name in names * 3:
        archive.set_flags([name], tag=[name * 60])


def test_a_disk_that_fills_while_open_refuses_marks_and_takes_them_again(sound: Path, tmp_path: Path) -> None:
    names = [article(number).id for number in range(COUNT)]
    with disks.disk(tmp_path / "disk") as disk:
        place = Path(shutil.copytree(sound, disk / "archive"))
        with Archive.open(place) as archive:
            filling = disks.fill(disk)
            with pytest.raises(DiskRefused, match="no space is left"):
                mark_on(archive, names)
            filling.unlink()
            undo = archive.set_flags(names, read=True)
            assert len(undo) == COUNT
        without_index(place)
        with Archive.open(place) as archive:
            assert archive.unread() == 0


def test_room_on_the_disk_is_noticed(sound: Path, tmp_path: Path) -> None:
    with disks.disk(tmp_path / "disk") as disk:
        place = Path(shutil.copytree(sound, disk / "archive"))
        filling = disks.fill(disk)
        with Archive.open(place) as archive:
            assert archive.damage is None
            filling.unlink()
            assert isinstance(archive.damage, ArchiveChanged)
        with Archive.open(place) as archive:
            assert archive.view is None


def test_what_somebody_wrote_is_noticed(sound: Path, tmp_path: Path) -> None:
    with disks.disk(tmp_path / "disk") as disk:
        place = Path(shutil.copytree(sound, disk / "archive"))
        disks.make_read_only(disk)
        with Archive.open(place) as archive:
            disks.run_command("mount", "-o", "remount,rw", str(disk))
            with Archive.open(place, write=True) as writer:
                writer.store(article(COUNT + 3))
            disks.make_read_only(disk)
            assert isinstance(archive.damage, ArchiveChanged)


def test_a_log_that_was_never_folded_in_is_read_too(sound: Path, tmp_path: Path) -> None:
    with disks.disk(tmp_path / "disk") as disk:
        place, copy = Path(shutil.copytree(sound, disk / "archive")), disk / "copy"
        with Archive.open(place) as archive:
            archive.set_flags([article(11).id], starred=True)
            before = told(archive)
            shutil.copytree(place, copy)  # as a backup of an archive in use
            (copy / "index.sqlite-shm").unlink()
            (copy / "flags.sqlite-shm").unlink()
        disks.make_read_only(disk)
        with Archive.open(copy) as archive:
            assert told(archive) == before


@pytest.mark.parametrize("state", STATES)
def test_anothers_folder_is_read(sound: Path, tmp_path: Path, whole: Any, state: str) -> None:
    place = Path(shutil.copytree(sound, tmp_path / "archive"))
    STATES[state](place)
    for path in (place, *place.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    for folder in (place, *place.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)

    def read() -> object:
        with Archive.open(place) as archive:
            if told(archive) != whole:
                return "another"
            archive.set_flags([article(9).id], starred=True)
        return "marked"

    def count() -> object:
        with Archive.open(place) as archive:
            return archive.listing().count()

    assert "cannot be" in disks.as_nobody(read)
    (place / "flags.sqlite").chmod(0o600)  # as it is made: marks that wait are private
    assert disks.as_nobody(count) == str(COUNT)


def test_an_archive_that_is_not_there_is_said(tmp_path: Path) -> None:
    with disks.disk(tmp_path / "disk") as disk:
        disks.make_read_only(disk)
        with pytest.raises(ArchiveError, match="read-only"):
            Archive.open(disk / "archive")


def test_no_temporary_folder_stays(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    with read_only(sound, tmp_path, "without_index") as place:
        with Archive.open(place):
            assert list(elsewhere.iterdir())
        assert not list(elsewhere.iterdir())


def test_where_no_index_can_be_made_an_old_one_is_read(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_size: int) -> Path:
        raise OSError(28, "no room")

    monkeypatch.setattr(feeds.archive.reading.view, "_temporary_folder", refuse)
    with read_only(sound, tmp_path, "touched") as place, Archive.open(place) as archive:
        assert archive.view
        assert "out of date" in str(archive.view.notice)
        assert archive.listing().total == COUNT
    with read_only(sound, tmp_path, "without_index") as place, pytest.raises(ArchiveError, match="read-only"):
        Archive.open(place)
