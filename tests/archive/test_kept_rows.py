"""What a reader marks stays in the list that shows it, though its filter would find it no more."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from feeds.archive import Archive
from feeds.archive.sqlite.conditions import lookup
from feeds.query import parse
from tests.archive.corpus import articles

TODAY = date(2024, 3, 1)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    whole = list(articles(400, every=timedelta(hours=3)))
    with Archive.open(tmp_path_factory.mktemp("full"), write=True) as archive:
        archive.store_many(whole)
        archive.set_flags([entry.id for entry in whole[::5]], starred=True)
        yield archive


def ids(archive: Archive, text: str) -> list[str]:
    return [row.id for row in archive.listing(parse(text, TODAY)).window(0, 1000)]


@pytest.mark.parametrize("text", ["第 is:unread", "绿色船舶 is:unread", "is:unread", "cat:制造 第 is:unread"])
def test_windows_of_a_list_that_is_counted_slice_by_slice(
    full: Archive, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    everything = ids(full, "")
    full.set_flags(everything, read=False)
    full.set_flags(everything[::3], read=True)
    expected = ids(full, text)
    for size in ("_TEXTS", "_ROWS", "_SURE"):
        monkeypatch.setattr("feeds.archive.sqlite.lists.positions." + size, 7)
    monkeypatch.setattr("feeds.archive.sqlite.lists.positions._PAGE", 5)
    dice = random.Random(text)  # noqa: S311 -- places, no secrets
    for _ in range(20):
        listing = full.listing(parse(text, TODAY))
        listing.keep(expected[:1])
        full.set_flags(expected[:1], read=True)
        listing.refresh()
        for _ in range(6):
            start, count = dice.randrange(len(expected)), dice.randrange(1, 40)
            assert [row.id for row in listing.window(start, count)] == expected[start : start + count]
        assert listing.count() == len(expected)
        full.set_flags(expected[:1], read=False)


@pytest.mark.parametrize("few", [3, 2000], ids=["asked", "led"])
@pytest.mark.parametrize(
    "text",
    [
        "is:unread", "cat:制造 is:unread", "第 is:unread", "绿色船舶 is:unread", "is:starred", "is:unread is:starred",
        "is:unread or is:starred", "-is:read", "date:2024-01..2024-02 is:unread", "is:plan is:unread", "is:read",
    ],
)  # fmt: skip
def test_kept_rows_stay_in_their_place(full: Archive, monkeypatch: pytest.MonkeyPatch, text: str, few: int) -> None:
    monkeypatch.setattr(lookup, "FEW", few)
    dice = random.Random(text)  # noqa: S311 -- places, no secrets
    everything = ids(full, "")
    full.set_flags(everything, read=False)
    full.set_flags(everything[::2] if text == "is:read" else everything[::7], read=True)
    full.set_flags(everything[::5], starred=True)
    listing = full.listing(parse(text, TODAY))
    kept: set[str] = set()
    for _ in range(12):
        rows = listing.window(0, 1000)
        one = rows[dice.randrange(min(len(rows), 60))]
        stays = dice.random() < 0.7
        if stays:
            listing.keep([one.id])
            kept.add(one.id)
        full.set_flags([one.id], read=one.unread, starred=False)
        listing.refresh()
        now = set(ids(full, text)) | kept
        expected = [name for name in everything if name in now]
        assert [row.id for row in listing.window(0, 1000)] == expected
        assert listing.count() == len(expected)
        if stays:
            assert listing.index_of(one.id) == expected.index(one.id)
        unread = [place for place, row in enumerate(listing.window(0, 1000)) if row.unread]
        assert listing.next_unread(-1) == (unread[0] if unread else None)


def test_what_is_not_listed_is_not_kept(full: Archive) -> None:
    everything = ids(full, "")
    full.set_flags(everything, read=False)
    full.set_flags(everything[:1], read=True)
    listing = full.listing(parse("is:unread", TODAY))
    listing.keep([everything[0], "nothing"])
    listing.refresh()
    assert everything[0] not in [row.id for row in listing.window(0, 1000)]


def test_a_list_begun_anew_keeps_nothing(full: Archive) -> None:
    everything = ids(full, "")
    full.set_flags(everything, read=False)
    listing = full.listing(parse("is:unread", TODAY))
    listing.keep(everything[:3])
    full.set_flags(everything[:3], read=True)
    listing.refresh()
    assert listing.count() == len(everything)
    assert full.listing(parse("is:unread", TODAY)).count() == len(everything) - 3
