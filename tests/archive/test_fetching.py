"""Rows that another thread fetches from a listing: the same rows, or none after a change or when the archive closes."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from feeds.archive import Archive, FetchedRows
from feeds.query import parse
from tests.archive.corpus import article, articles
from tests.archive.ready import copy_ready

TODAY = date(2026, 11, 24)
ARTICLES = 900
T = TypeVar("T")


def in_thread(work: Callable[[], T]) -> T:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Archive]:
    place = copy_ready(tmp_path / "archive", "fetching", lambda archive: archive.store_many(articles(ARTICLES)))
    with Archive.open(place, write=True) as archive:
        yield archive


@pytest.mark.parametrize("text", ["", "is:unread", "绿色船舶", "has:targets or has:goals", "船舶 order:rank"])
@pytest.mark.parametrize(("start", "stop"), [(0, 7), (3, 64), (41, 42), (70, 999), (5, 5), (990, 1200)])
def test_a_thread_fetches_the_rows_of_the_window(filled: Archive, text: str, start: int, stop: int) -> None:
    listing = filled.listing(parse(text, TODAY))
    listing.count()
    fetched = in_thread(lambda: listing.fetch(start, stop))
    assert fetched == FetchedRows(start, tuple(listing.window(start, stop - start)), listing.version)


def test_rows_are_fetched_only_as_far_as_they_are_counted(filled: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in {"_TEXTS": 5, "_ROWS": 5, "_SURE": 5, "_PAGE": 5, "FIRST_SLICES": 1}.items():
        monkeypatch.setattr(f"feeds.archive.sqlite.lists.positions.{name}", size)
    listing = filled.listing(parse("-没有的词", TODAY))
    total = listing.total
    assert not listing.exact
    assert len(in_thread(lambda: listing.fetch(0, ARTICLES)).rows) == total == listing.total


@pytest.mark.parametrize("text", ["", "船舶 order:rank"])
def test_another_version_says_that_positions_changed(filled: Archive, text: str) -> None:
    listing = filled.listing(parse(text, TODAY))
    before = in_thread(lambda: listing.fetch(0, 5))
    assert before.version == listing.version
    assert not listing.refresh()
    assert before.version == listing.version
    filled.store(article(ARTICLES + 1))
    assert listing.refresh()
    assert before.version != listing.version
    after = in_thread(lambda: listing.fetch(0, 5))
    assert after.version == listing.version
    assert list(after.rows) == listing.window(0, 5)


def test_a_closed_archive_gives_no_rows(filled: Archive) -> None:
    listing = filled.listing()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(listing.fetch, 0, 5).result().rows
        filled.close()
        assert pool.submit(listing.fetch, 0, 5).result().rows == ()
