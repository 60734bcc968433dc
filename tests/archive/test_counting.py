"""A list that is counted in slices says what a whole count says, however it is asked and whatever changes meanwhile."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.archive.sqlite.lists import positions
from feeds.archive.sqlite.lists.ranking import RankedListing
from feeds.folding import folded_text
from feeds.query import parse
from tests.archive.conftest import NOON, small
from tests.archive.corpus import articles
from tests.archive.ready import copy_ready

TODAY = date(2024, 3, 1)
QUERIES = (
    "绿色船舶",
    "海水淡化 is:unread",
    "-第1",
    "绿 or 海水",
    "is:unread has:plan",
    "agency:工信部 -覆盖2",
    "due:<=2028",
)


@pytest.fixture(autouse=True)
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slices so small that a few hundred articles are many."""
    for name, size in (("_TEXTS", 7), ("_ROWS", 11), ("_SURE", 13), ("_PAGE", 5), ("_NEAR", 3)):
        monkeypatch.setattr(positions, name, size)
    monkeypatch.setattr(positions, "FIRST_SLICES", 2)
    monkeypatch.setattr("feeds.archive.sqlite.conditions.lookup.FEW", 20)
    monkeypatch.setattr("feeds.archive.sqlite.conditions.words.LEAST", 10)


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(copy_ready(tmp_path / "archive", "counting", fill), write=True) as archive:
        yield archive


def fill(archive: Archive) -> None:
    archive.store_many(articles(300, every=timedelta(hours=3)))
    archive.set_flags(archive.listing().ids()[::3], read=True)


def whole(archive: Archive, text: str) -> list[str]:
    """The list as one statement gives it."""
    return archive.listing(parse(text, TODAY)).ids()


@pytest.mark.parametrize("text", QUERIES)
def test_the_total_grows_until_it_is_exact(full: Archive, text: str) -> None:
    expected = whole(full, text)
    found = full.listing(parse(text, TODAY))
    seen = [found.total]
    while not found.exact:
        assert [row.id for row in found.window(0, found.total)] == expected[: found.total]
        assert found.count_on()
        seen.append(found.total)
    assert seen == sorted(seen)
    assert seen[-1] == len(expected) == found.count()
    assert not found.count_on()


@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("seed", range(2))
def test_positions_hold_while_it_is_counted_and_changed(full: Archive, text: str, seed: int) -> None:
    dice = random.Random(f"{text}{seed}")  # noqa: S311 -- choices, no secrets
    found = full.listing(parse(text, TODAY))
    names = full.listing().ids()
    for turn in range(30):
        match dice.randrange(6):
            case 0:
                full.set_flags(dice.sample(names, dice.randint(1, 3)), read=dice.random() < 0.5)
            case 1:
                when = NOON + timedelta(hours=dice.randint(0, 9000))
                full.store(small(f"{seed}/{turn}", "绿色船舶与海水淡化规则。", published=when, agencies=("工信部",)))
            case 2:
                found.count_on()
        found.refresh()
        expected = whole(full, text)
        assert found.total <= len(expected)
        assert not found.exact or found.total == len(expected)
        start = dice.randrange(len(expected))
        assert [row.id for row in found.window(start, 9)] == expected[start : start + 9]
        assert found.index_of(expected[start]) == start
    assert found.count() == len(expected)


def test_from_beyond_the_end_the_last_unread_is_found(full: Archive) -> None:
    found = full.listing(parse("绿色船舶", TODAY))
    rows = found.window(0, found.total)
    last = max(place for place, row in enumerate(rows) if row.unread)
    assert not found.exact
    assert found.previous_unread(found.total) == last
    rows = found.window(0, found.count())
    assert found.previous_unread(found.total) == max(place for place, row in enumerate(rows) if row.unread)


def ranked(archive: Archive, text: str, limit: int) -> list[str]:
    """The best of the newest `limit` first, then the others, by reading each article."""
    query = parse(text, TODAY)
    words = [folded_text(word) for word in query.words()]
    names = archive.listing(query.without("order")).ids()

    def goodness(place: int) -> tuple[int, int, int]:
        article = archive.get(names[place])
        body = folded_text("\n".join((article.title, *article.paragraphs)))
        return -sum(word in folded_text(article.title) for word in words), -sum(map(body.count, words)), place

    return [names[place] for place in sorted(range(limit), key=goodness)] + names[limit:]


@pytest.mark.parametrize(
    "text", ["绿色船舶 order:rank", "海水淡化 工信部 order:rank is:unread", "(节水 or 冷链) order:rank"]
)
@pytest.mark.parametrize("limit", [12, 500])
def test_the_best_come_first(full: Archive, text: str, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.archive.sqlite.lists.ranking.RANKED", limit)
    if limit == 500:
        monkeypatch.setattr(positions, "FIRST_SLICES", 500)
    found = full.listing(parse(text, TODAY))
    assert isinstance(found, RankedListing)
    expected = ranked(full, text, min(found.total, limit))
    rows = found.window(0, found.count())
    assert [row.id for row in rows] == expected
    unread = [place for place, row in enumerate(rows) if row.unread]
    for place in (0, 3, 11, 12, 13, len(rows) - 1):
        assert found.index_of(expected[place]) == place
        assert [row.id for row in found.window(place, 4)] == expected[place : place + 4]
        assert found.next_unread(place) == next((one for one in unread if one > place), None)
        assert found.previous_unread(place) == next((one for one in reversed(unread) if one < place), None)
    assert found.next_unread(-1) == unread[0]
    full.set_flags([expected[unread[0]]], read=True)
    assert found.refresh()


def test_without_a_word_there_is_nothing_to_rank(full: Archive) -> None:
    assert full.listing(parse("is:unread order:rank", TODAY)).window(0, 9) == full.listing(
        parse("is:unread", TODAY)
    ).window(0, 9)


def test_facets_of_many_articles_are_those_of_the_newest(full: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.archive.sqlite.lists.facets._SLICE", 10)
    monkeypatch.setattr("feeds.archive.sqlite.lists.facets._TEXTS", 30)
    query = parse("-没有的词", TODAY)
    facets = full.facets(query, "agency")
    newest = full.listing().window(0, 30)
    assert {facet.path[0]: facet.total for facet in facets} == {
        name: sum(row.agency == name for row in newest) for name in {row.agency for row in newest}
    }
    assert not any(facet.exact for facet in facets)
    assert all(facet.exact for facet in full.facets(parse("has:plan", TODAY), "agency"))
