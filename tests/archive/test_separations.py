"""A wrongly joined mention is taken out of its document by a reader, stays out, and can be put back."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.documents import mentions_of, separations_from
from feeds.model import BEIJING, Article, Block, Document, Plan, Span

DAY = datetime(2026, 6, 1, 9, tzinfo=BEIJING)
TITLE = "渡口改造方案"


def article_of(name: str, days: int) -> Article:
    when = DAY + timedelta(days=days)
    plan = Plan((Document(TITLE, (), None, Span(0, 0, len(TITLE))),))
    return Article(id=name, keys=(name,), title=TITLE, published=when, seen=when, blocks=(Block(TITLE),), plan=plan)


def documents_in(archive: Archive) -> list[tuple[str, ...]]:
    table = archive.documents()
    assert table.total == len(table.window(0, 99))
    return sorted(tuple(sorted(row.articles)) for row in table.window(0, 99))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many([article_of(name, days) for days, name in enumerate("abc")])
    return tmp_path / "archive"


@pytest.mark.parametrize(("apart", "found"), [("a", [("a",), ("b", "c")]), ("b", [("a", "c"), ("b",)])])
def test_a_mention_stays_apart_until_it_is_put_back(path: Path, apart: str, found: list[tuple[str, ...]]) -> None:
    (mention,) = mentions_of(article_of(apart, "abc".index(apart)))
    with Archive.open(path) as archive, Archive.open(path) as other:
        table = other.documents()
        assert documents_in(archive) == [("a", "b", "c")]
        document = archive.document(mention.name)
        assert document
        separations = separations_from(document, mention.name)
        archive.change_separations(separations)
        assert documents_in(archive) == found
        assert table.refresh()
        assert table.total == 2
        alone = archive.document(mention.name)
        assert alone
        assert separations_from(alone, mention.name) == ()
    with Archive.open(path, write=True) as archive:
        assert documents_in(archive) == found
        archive.store(article_of("d", 9))
        assert len(documents_in(archive)) == 2
    with Archive.open(path, write=True, rebuild=True) as archive:
        while archive.catch_up():
            pass
        while archive.upkeep():
            pass
        assert len(documents_in(archive)) == 2
        archive.change_separations((), separations)
        assert documents_in(archive) == [("a", "b", "c", "d")]
        archive.change_separations((), separations)
        archive.change_separations((), ())
        assert separations_from(document, "no such mention") == ()
        assert documents_in(archive) == [("a", "b", "c", "d")]
