"""The tables of targets and documents of an archive: the rows of the pure functions, by position."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace

from feeds.archive import Archive
from feeds.archive.engine import DocumentSort, TargetSort
from feeds.documents import DOCUMENT_SORTS, document_rows, documents_in_order
from feeds.model import Article, Document, Plan, Span, Target
from feeds.query import parse
from feeds.targets import SORTS, TargetRow, due_counts_of, in_sort_order, rows_of
from tests.archive.conftest import NOON, small
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


TEXT = "到2030年各项指标全面达到。"


def planned(name: str, *targets: Target, title: str = "", issuer: str = "交通运输部") -> Article:
    documents = (Document(title, (issuer,), None, None),) if title else ()
    return replace(small(name, TEXT, published=NOON), plan=Plan(documents, targets=targets, agencies=(issuer,)))


def promised(indicator: str, value: str, unit: str, deadline: str = "2030") -> Target:
    return Target(indicator, "ge", "level", value, unit, deadline, None, Span(0, 0, 5))


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("indicator:遥测", {"90%", "95%"}),
        ("indicator:“航标遥测率”", {"90%"}),
        ("value:>=9000亿元", {"0.9万亿元", "9000亿元"}),
        ("value:>0.9万亿元", set()),
        ("value:90%", {"90%"}),
        ("value:91%..99%", {"95%"}),
        ("unit:元", {"0.9万亿元", "9000亿元"}),
        ("unit:万亿元", {"0.9万亿元"}),
        ("unit:%", {"90%", "95%"}),
        ('document:"航标建设规划"', {"90%", "0.9万亿元"}),
        ('document:"航标建设规划（征求意见稿）"', {"90%", "0.9万亿元"}),
        ("document:规划", {"90%", "0.9万亿元", "95%"}),
        ("indicator:遥测 -document:航标建设", {"95%"}),
        ("indicator:遥测 or unit:元", {"90%", "0.9万亿元", "95%", "9000亿元"}),
        ("indicator:遥测 value:>=91%", {"95%"}),
    ],
)
def test_a_filter_chooses_the_targets_themselves(archive: Archive, words: str, figures: set[str]) -> None:
    archive.store_many(
        [
            planned("甲", promised("航标遥测率", "90", "%"), promised("投资", "0.9", "万亿元"), title="航标建设规划"),
            planned("乙", promised("闸口遥测占比", "95", "%"), title="船闸规划"),
            planned("丙", promised("总投资", "9000", "亿元")),
        ]
    )
    query = parse(words, TODAY)
    for sort in SORTS:
        table = archive.targets(query, cast("TargetSort", sort))
        rows = table.window(0, 9)
        assert {figure for row in rows for figure in row.figures} == figures
        assert [table.index_of(row.key) for row in rows] == list(range(len(rows)))
    articles = {row.latest.article for row in archive.targets(query).window(0, 9)}
    assert {row.id for row in archive.listing(query).window(0, 9)} == articles


def test_a_filter_chooses_the_documents_themselves(archive: Archive) -> None:
    two = (Document("航标建设规划", ("交通运输部",), None, None), Document("船闸办法", (), None, None))
    archive.store_many([replace(small("甲"), plan=Plan(two)), planned("乙", title="关于印发《航标建设规划》的通知")])
    for sort in DOCUMENT_SORTS:
        (row,) = archive.documents(parse("document:航标建设规划", TODAY), cast("DocumentSort", sort)).window(0, 9)
        assert len(row.articles) == 2
    assert archive.documents(parse("document:没有这一份", TODAY)).total == 0
    assert ("航标建设规划", 2) in archive.names("document")
