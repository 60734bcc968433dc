"""Windows, positions and totals are those of the whole list sorted, wherever one looks."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from msgspec import structs

from feeds.archive import Archive, Listing
from feeds.documents.tasks import end_year, tasks_in
from feeds.model import Instead
from feeds.query import parse
from tests.archive.conftest import NOON, small
from tests.archive.corpus import articles

TODAY = date(2024, 3, 1)
QUERIES = (
    "",
    "is:unread",
    "cat:金融",
    "cat:制造 is:unread",
    "绿色船舶",
    "date:2024-01..2024-02",
    "-has:plan",
    "第 agency:工信部",
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """700 articles over many days, stored in no order, every third one read."""
    whole = list(articles(700, every=timedelta(hours=3)))
    random.Random(1).shuffle(whole)  # noqa: S311 -- an order, no secret
    with Archive.open(tmp_path_factory.mktemp("full"), write=True) as archive:
        archive.store_many(whole)
        archive.set_flags([entry.id for entry in whole if int(entry.keys[0][-2:]) % 3 == 0], read=True)
        yield archive


def naive(archive: Archive, text: str) -> list[str]:
    """The ids a filter finds, newest first, one article after another."""
    rows = archive.listing().window(0, 100_000)
    ordered = sorted(rows, key=lambda row: row.published, reverse=True)
    kept = {row.id for row in archive.listing(parse(text, TODAY)).window(0, 100_000)}
    return [row.id for row in ordered if row.id in kept]


@pytest.mark.parametrize("text", QUERIES)
def test_any_window_is_a_piece_of_the_sorted_list(full: Archive, text: str) -> None:
    expected = naive(full, text)
    assert len(expected) > 20
    dice = random.Random(text)  # noqa: S311 -- places, no secrets
    listing = full.listing(parse(text, TODAY))
    assert listing.count() == len(expected)
    for _ in range(60):
        if dice.random() < 0.1:
            listing = full.listing(parse(text, TODAY))
        start, count = dice.randint(-3, len(expected) + 5), dice.randint(0, 60)
        assert [row.id for row in listing.window(start, count)] == expected[max(start, 0) :][:count]


@pytest.mark.parametrize("text", QUERIES)
def test_every_article_knows_its_position(full: Archive, text: str) -> None:
    expected = naive(full, text)
    listing = full.listing(parse(text, TODAY))
    for position in random.Random(2).sample(range(len(expected)), 20):  # noqa: S311 -- places, no secrets
        assert listing.index_of(expected[position]) == position
        assert listing.window(position, 1)[0].id == expected[position]


def test_an_article_that_the_filter_leaves_out_has_no_position(full: Archive) -> None:
    listing = full.listing(parse("cat:金融", TODAY))
    inside = {row.id for row in listing.window(0, 10_000)}
    outside = next(row.id for row in full.listing().window(0, 100) if row.id not in inside)
    assert listing.index_of(outside) is None
    assert listing.index_of("nothing") is None


@pytest.mark.parametrize("text", QUERIES)
def test_the_next_unread_is_the_one_a_walk_would_meet(full: Archive, text: str) -> None:
    rows = full.listing(parse(text, TODAY)).window(0, 100_000)
    unread = [position for position, row in enumerate(rows) if row.unread]
    for after in (-1, 0, 1, 7, len(rows) // 2, len(rows) - 1, len(rows) + 5):
        listing = full.listing(parse(text, TODAY))
        assert listing.next_unread(after) == next((place for place in unread if place > after), None)
    for before in (0, 1, 8, len(rows) // 2, len(rows) - 1):
        listing = full.listing(parse(text, TODAY))
        assert listing.previous_unread(before) == next((place for place in reversed(unread) if place < before), None)


def test_an_empty_list_has_nothing_anywhere(archive: Archive) -> None:
    for query in (None, parse("绿色 cat:x is:unread", TODAY)):
        listing = archive.listing(query)
        assert (listing.total, listing.window(0, 10), listing.next_unread(-1)) == (0, [], None)
        assert (listing.index_of("x"), listing.previous_unread(5), listing.ids()) == (None, None, [])


def test_a_list_says_when_something_changed_and_shows_it(archive: Archive) -> None:
    archive.store_many(small(f"k{number}", published=NOON + timedelta(minutes=number)) for number in range(5))
    listing = archive.listing()
    assert not listing.refresh()
    archive.store(small("new", published=NOON + timedelta(hours=1)))
    assert listing.refresh()
    assert (listing.total, listing.window(0, 1)[0].title) == (6, "关于new的通知")
    archive.set_flags([archive.resolve("new")], read=True)
    assert listing.refresh()
    assert not listing.window(0, 1)[0].unread
    assert not listing.refresh()


def test_what_is_asked_of_one_moment_is_of_that_moment(full: Archive) -> None:
    with Archive.open(full.path) as reader:
        listing = reader.listing()
        name = listing.window(5, 1)[0].id
        with listing.steady():
            listing.refresh()
            place = listing.index_of(name)
            full.store_many(small(f"late{n}", published=NOON + timedelta(days=9000, hours=n)) for n in range(3))
            assert place == 5
            assert [row.id for row in listing.window(place, 1)] == [name]
            assert not listing.refresh()
        assert listing.refresh()
        assert listing.index_of(name) == 8


def test_an_article_that_comes_in_the_middle_takes_its_place(archive: Archive) -> None:
    archive.store_many(small(f"k{number}", published=NOON + timedelta(hours=number)) for number in range(30))
    listing = archive.listing()
    before = [row.id for row in listing.window(0, 99)]
    archive.store(small("between", published=NOON + timedelta(hours=9, minutes=30)))
    listing.refresh()
    now = [row.id for row in listing.window(0, 99)]
    assert [name for name in now if name in before] == before
    assert listing.index_of(archive.resolve("between")) == 20


def test_the_ids_of_a_list_are_all_of_them(full: Archive) -> None:
    listing = full.listing(parse("is:unread cat:能源", TODAY))
    assert listing.ids() == [row.id for row in listing.window(0, 10_000)]


def test_a_row_says_what_the_article_says(full: Archive) -> None:
    listing: Listing = full.listing(parse("has:groups", TODAY))
    row = listing.window(3, 1)[0]
    whole = full.get(row.id)
    assert (row.title, row.url, row.origin, row.published) == (whole.title, whole.url, whole.origin, whole.published)
    assert (row.source, row.category, row.agency) == (whole.sources[0], whole.categories[0], whole.plan.agencies[0])
    assert (row.badge, row.has_plan, row.flash) == (whole.plan.badge, True, False)
    assert (row.tasks, row.targets) == (tasks_in(whole.plan), len(whole.plan.targets))
    assert row.end_year == end_year(whole.plan) > 2000


@pytest.mark.parametrize(("kind", "files"), [("pdf", 1), ("sheet", 1), ("login", 0), ("same", 0)])
def test_a_row_counts_a_file_in_place_of_the_text_and_no_wall(archive: Archive, kind: str, files: int) -> None:
    archive.store(structs.replace(small("notice"), blocks=(), instead=Instead(kind)))
    assert archive.listing().window(0, 1)[0].files == files
