"""What a condition says of itself by its flags agrees with what it does."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from feeds.archive import Archive
from feeds.archive.sqlite.conditions import Condition, condition_of
from feeds.model import Document, Plan
from feeds.query import parse
from tests.archive.corpus import articles

TODAY = date(2024, 3, 1)
MANY = 100  # articles, all of which a small archive's conditions call few


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("small"), write=True) as archive:
        archive.store_many(articles(MANY, every=timedelta(hours=3)))
        archive.set_flags(archive.listing().ids()[::4], read=True)
        yield archive


def condition(archive: Archive, text: str) -> Condition:
    return condition_of(parse(text, TODAY), archive.parts.index.connection)


@pytest.mark.parametrize(
    ("text", "costly", "sure", "unordered"),
    [
        ("", False, True, False),
        ("date:2024-02", False, True, False),
        ("is:read", False, False, False),
        ("is:unread", False, True, False),
        ("groups:>=1", False, True, True),
        ("due:2025..2030", False, True, True),
        ("-title:船舶", True, False, False),
        ("-船", True, False, False),
        ("is:read or title:船", True, False, False),
        ("groups:>=1 title:船", True, False, True),
    ],
)
def test_the_flags_of_a_condition(small: Archive, text: str, *, costly: bool, sure: bool, unordered: bool) -> None:
    found = condition(small, text)
    assert (found.costly, found.sure, found.unordered) == (costly, sure, unordered)


@pytest.mark.parametrize(
    "text", ["is:read", "groups:>=1", "agency:财政部", "title:船 is:unread", "-船", "date:2024-02"]
)
def test_articles_are_joined_only_where_they_are_asked(small: Archive, text: str) -> None:
    found = condition(small, text)
    connection = small.parts.index.connection
    bare, joined = found.select("COUNT(*)"), found.select("COUNT(a.id)", of_article=True)
    assert [connection.execute(one, found.parameters).fetchone() for one in (bare, joined)] == [
        (len(small.listing(parse(text, TODAY)).ids()),)
    ] * 2
    assert ("article a" in joined) is True
    if not (found.rest.of_article or found.lead.of_article or found.source.articles):
        assert "article a" not in bare


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("number:某农发〔2031〕6号", 1), ("number:某农发[2031]6号", 1), ("number:〔2031〕", 2), ("number:［2031］", 2),
        ("number:某农发 number:6号", 1), ("-number:某农发", 1), ("number:某农发〔2030〕", 0),
    ],
)  # fmt: skip
def test_articles_are_found_by_a_documents_number(tmp_path: Path, text: str, found: int) -> None:
    numbers = ("某农发〔2031〕6号", "某水函〔2031〕16号")
    stored = [
        structs.replace(article, plan=Plan(documents=(Document("某项办法", number=number),)))
        for article, number in zip(articles(2, every=timedelta(hours=3)), numbers, strict=True)
    ]
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many(stored)
        assert archive.listing(parse(text, TODAY)).total == found
        assert sorted(archive.names("number")) == sorted((number, 1) for number in numbers)
