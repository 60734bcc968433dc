"""Hidden articles: in no list, count, table or search, found by `is:hidden`, and back with all they had."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.archive.engine import FlagChange
from feeds.archive.sqlite.conditions.own_rows import ids_found
from feeds.archive.sqlite.flags import apply_changes
from feeds.archive.whole import Whole
from feeds.model import Flags
from feeds.query import parse
from tests.archive.conftest import NOON, small
from tests.archive.corpus import articles

TODAY = date(2026, 1, 12)
LONG = [f"第{number}条，各地要因地制宜推进山塘水库除险加固，落实管护经费，完善巡查制度。" for number in range(8)]
QUERIES = (
    "", "is:unread", "is:starred", "has:plan", "has:targets", "source:宏观经济", "cat:金融", "山塘", "title:通知",
    "tag:甲", "due:..2030", "date:2023-05", "groups:>0", "note:*", "seen:2023",
    "is:unread 山塘", "(山塘 OR 水库) -is:starred",
)  # fmt: skip


def ids(archive: Archive, text: str) -> list[str]:
    listing = archive.listing(parse(text, TODAY))
    listing.refresh()
    return [row.id for row in listing.window(0, 100)]


def seen_of(archive: Archive) -> tuple[object, ...]:
    """All that a reader sees of an archive, except what `is:hidden` finds."""
    facets = tuple(tuple(archive.facets(None, kind)) for kind in ("category", "source", "tag", "day", "agency"))
    lists = tuple(tuple(ids(archive, text)) for text in QUERIES)
    tables = archive.targets().window(0, 500), archive.documents().window(0, 500)
    return archive.listing().count(), archive.unread(), facets, lists, tables, archive.due_counts(None, "year")


def settled(archive: Archive) -> Archive:
    while archive.upkeep():
        pass
    return archive


def test_hiding_an_article_leaves_the_archive_as_if_it_were_not_stored(tmp_path: Path) -> None:
    every = list(articles(30))
    wanted = every[7]
    with Archive.open(tmp_path / "a", write=True) as whole, Archive.open(tmp_path / "b", write=True) as without:
        whole.store_many(every)
        without.store_many([one for one in every if one is not wanted])
        settled(whole), settled(without)
        before = seen_of(whole)
        undo = whole.set_flags([wanted.id], hidden=True)
        settled(whole)
        assert seen_of(whole) == seen_of(without)
        assert ids(whole, "is:hidden") == [wanted.id]
        assert whole.get(wanted.id).title == wanted.title
        assert whole.flags(wanted.id) == Flags(hidden=True)
        assert whole.find(wanted.keys) == wanted.id
        whole.undo(undo)
        settled(whole)
        assert seen_of(whole) == before
        assert ids(whole, "is:hidden") == []


def test_a_hidden_article_stays_hidden_when_it_is_edited_folded_and_rebuilt(tmp_path: Path) -> None:
    one, other = small("a", *LONG), small("b")
    with Archive.open(tmp_path / "a", write=True) as archive:
        archive.store_many([one, other])
        archive.set_flags([one.id], hidden=True, starred=True)
        archive.fold_flags()
        edited = small("a", *LONG, "另有一段新的话，讲明年的资金安排。")
        assert archive.store(edited).changed
        assert ids(settled(archive), "") == [other.id]
        assert ids(archive, "is:hidden 资金安排") == [one.id]
    with Archive.open(tmp_path / "a", write=True, rebuild=True) as archive:
        list(Whole(archive).rebuild())
        assert ids(settled(archive), "") == [other.id]
        assert ids(archive, "is:hidden is:starred") == [one.id]
        archive.set_flags([one.id], hidden=False)
        assert set(ids(archive, "")) == {one.id, other.id}
        assert ids(archive, "资金安排") == [one.id]


@pytest.mark.parametrize("hidden", [0, 1, 2])
def test_a_hidden_copy_leaves_its_group_to_the_others(archive: Archive, hidden: int) -> None:
    copies = [
        small(name, *LONG, title="关于山塘管护的通知", published=NOON + timedelta(hours=hours), source=name)
        for hours, name in enumerate("甲乙丙")
    ]
    archive.store_many(copies)
    (row,) = settled(archive).listing().window(0, 9)
    assert row.copies == 3
    apply_changes(archive._index, [FlagChange(copies[hidden].id, {"hidden": True})])
    settled(archive)
    (row,) = archive.listing().window(0, 9)
    left = [copy.id for copy in copies if copy is not copies[hidden]]
    assert (row.id, row.copies) == (left[0], 2)
    assert ids(archive, "is:hidden") == [copies[hidden].id]
    assert archive.duplicates(copies[hidden].id) == []
    archive.set_flags([copies[hidden].id], hidden=False)
    (row,) = archive.listing().window(0, 9)
    assert (row.id, row.copies) == (copies[0].id, 3)


@pytest.mark.parametrize("text", [text for text in QUERIES if text])
def test_is_hidden_goes_with_every_other_term(archive: Archive, text: str) -> None:
    every = [*articles(40), small("山", *LONG, title="关于山塘的通知")]
    archive.store_many(every)
    archive.set_flags([every[5].id, every[-1].id], tag=("甲",), note="记")
    archive.set_flags([every[-1].id], starred=True)
    plain = ids(settled(archive), text)
    assert ids_found(parse(text, TODAY), [one.id for one in every], archive._index.connection) == set(plain)
    archive.set_flags([one.id for one in every], hidden=True)
    assert ids(archive, text) == []
    assert ids(archive, f"is:hidden {text}") == plain
    assert ids_found(parse(text, TODAY), [one.id for one in every], archive._index.connection) == set(plain)


def test_a_list_follows_what_is_hidden_and_shown_again(archive: Archive) -> None:
    every = list(articles(10))
    archive.store_many(every)
    shown, hidden = archive.listing(), archive.listing(parse("is:hidden", TODAY))
    archive.set_flags([every[2].id, every[4].id], hidden=True)
    assert (shown.refresh(), hidden.refresh()) == (True, True)
    assert (shown.count(), hidden.count()) == (8, 2)
    assert hidden.index_of(every[4].id) is not None
    assert shown.index_of(every[4].id) is None
    archive.set_flags([every[4].id], hidden=False)
    assert (shown.refresh(), hidden.refresh()) == (True, True)
    assert (shown.count(), [row.id for row in hidden.window(0, 9)]) == (9, [every[2].id])
