"""The tables of targets and documents of an archive: the rows of the pure functions, by position."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.documents import document_rows, documents_in_order
from feeds.model import Article
from feeds.query import parse
from feeds.targets import SORTS, TargetRow, due_counts_of, in_sort_order, rows_of
from tests.compare.conftest import demo_articles

TODAY = date(2026, 3, 1)


def places(rows: Iterable[TargetRow], sort: str) -> list[object]:
    """What decides about the place of each row. Rows of one moment may stand in any order."""
    return [(SORTS[sort](row), row.latest.part.deadline, row.latest.published) for row in rows]


@pytest.fixture
def articles(tmp_path: Path) -> list[Article]:
    """The demo's articles, as an archive gives them back."""
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many(demo_articles().values())
        return list(archive.get_many(archive.listing().ids()))


def test_the_tables_have_the_rows_of_the_pure_functions(tmp_path: Path, articles: list[Article]) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        rows = archive.targets()
        found = list(rows.window(0, rows.total))
        wanted = rows_of(articles)
        assert {row.key for row in found} == {row.key for row in wanted}
        assert len({row.key for row in found}) == len(found) > 0
        documents = archive.documents(parse("", TODAY))
        assert list(documents.window(0, documents.total)) == documents_in_order(document_rows(articles), "seen", TODAY)
        for place, row in enumerate(found):
            assert rows.index_of(row.key) == place
        for by in ("year", "half", "month", "agency"):
            assert archive.due_counts(None, by) == due_counts_of(wanted, by)


def test_rows_are_fetched_by_position(tmp_path: Path, articles: list[Article]) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        query = parse("due:2025..2030", TODAY)
        table = archive.targets(query, "value")
        rows = list(table.window(0, table.total))
        assert places(rows, "value") == places(in_sort_order(rows, "value"), "value")
        assert all("2025" <= row.latest.part.deadline.rpartition("/")[2][:4] <= "2030" for row in rows)
        fetched = table.fetch(1, 3)
        assert (list(fetched.rows), fetched.start, fetched.version) == (rows[1:3], 1, table.version)
        assert not table.refresh()


def test_a_document_is_found_by_its_key_and_from_its_article(tmp_path: Path, articles: list[Article]) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        table = archive.documents()
        row = table.window(0, 1)[0]
        document = archive.document(row.key)
        assert document is not None
        assert (document.key, document.title) == (row.key, row.title)
        assert row.key in archive.document_of(row.articles[0])
        assert archive.document("no such key") is None
