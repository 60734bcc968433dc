"""Pages of the index that rot while it is in use: an expected failure, after which the index is what it was."""

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from feeds.archive import Archive
from feeds.errors import IndexDamaged
from feeds.query import parse
from tests.archive.corpus import NEWEST, article, articles

COUNT = 300
PAGE = 16384
MARK = "index.damaged"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sound") / "archive"
    with Archive.open(place, write=True) as archive:
        archive.store_many(articles(COUNT))
        archive.set_flags([article(3).id], starred=True)
        archive.fold_flags()
        archive.set_flags([article(5).id], starred=True)
    return place


@pytest.fixture
def place(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "archive"))


def told(archive: Archive) -> Any:
    """What a reader can see."""
    rows = archive.listing().window(0, COUNT)
    found = [
        archive.listing(parse(words, NEWEST.date())).count()
        for words in ("绿色船舶", "试点示范 cat:产业", "is:starred")
    ]
    return rows, found, archive.facets(None, "source"), [archive.get(row.id) for row in rows[:3]]


def rot(place: Path, seed: int, share: float) -> None:
    """Overwrite some pages of the index, all but the first."""
    dice = random.Random(seed)  # noqa: S311 -- which pages, no secrets
    file = place / "index.sqlite"
    data = bytearray(file.read_bytes())
    for start in range(PAGE, len(data), PAGE):
        if dice.random() < share:
            data[start : start + PAGE] = dice.choice((bytes(PAGE), b"\x5a" * PAGE, dice.randbytes(PAGE)))
    with file.open("r+b") as opened:
        opened.write(data)


USES: dict[str, Callable[[Archive], object]] = {
    "listing": lambda archive: archive.listing().window(0, COUNT),
    "ids": lambda archive: archive.listing().ids(),
    "search": lambda archive: archive.listing(parse("绿色船舶", NEWEST.date())).count(),
    "ranking": lambda archive: archive.listing(parse("试点示范 order:rank", NEWEST.date())).window(0, 50),
    "facets": lambda archive: archive.facets(parse("绿色船舶", NEWEST.date()), "category"),
    "article": lambda archive: [archive.flags(article(number).id) for number in range(COUNT)],
    "marking": lambda archive: archive.set_flags([article(number).id for number in range(COUNT)], read=True),
    "storing": lambda archive: archive.store_many(articles(COUNT + 40)),
    "upkeep": lambda archive: archive.upkeep(),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("seed", range(4))
def test_a_rotten_page_is_an_expected_failure(place: Path, use: str, seed: int) -> None:
    with Archive.open(place, write=True) as archive:
        rot(place, seed, 0.3)
        with suppress(IndexDamaged):
            USES[use](archive)


def test_whoever_opens_next_has_the_index_anew(place: Path) -> None:
    with Archive.open(place) as archive:
        before = told(archive)
        rot(place, 1, 1)
        archive.parts.index.connection.execute("PRAGMA shrink_memory")  # forget the pages that were read
        with pytest.raises(IndexDamaged, match="no article is lost"):
            told(archive)
    with Archive.open(place) as archive:
        assert not archive.damage
        assert told(archive) == before


def test_damage_that_opening_meets_is_mended_by_it(place: Path) -> None:
    with Archive.open(place) as archive:
        before = told(archive)
    rot(place, 1, 1)
    with Archive.open(place) as archive:
        assert not archive.damage
        assert told(archive) == before


def test_another_process_that_has_it_open_is_told(place: Path) -> None:
    with Archive.open(place) as reader, Archive.open(place, write=True) as writer:
        before = told(reader)
        listing = reader.listing()
        (place / MARK).touch()
        assert writer.damage
        with Archive.open(place) as third:
            assert told(third) == before
        with pytest.raises(IndexDamaged):
            listing.refresh()
        assert writer.damage
        with pytest.raises(IndexDamaged):
            writer.store_many(articles(COUNT + 5))
    with Archive.open(place, write=True) as archive:
        archive.store_many(articles(COUNT + 5))
        assert archive.listing().count() == COUNT + 5


def test_rotten_marks_are_put_aside(place: Path) -> None:
    file = place / "flags.sqlite"
    data = bytearray(file.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    with Archive.open(place) as archive:
        file.write_bytes(data)
        with pytest.raises(IndexDamaged):
            archive.set_flags([article(7).id], read=True)
    with Archive.open(place) as archive:
        assert archive.flags(article(3).id).starred  # in its day's file
        archive.set_flags([article(7).id], read=True)
    assert list(place.glob("flags.sqlite.damaged-*"))
