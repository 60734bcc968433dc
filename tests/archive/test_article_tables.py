"""A table with rows of articles is added in one place: schema, storing, groups and removal follow from its value."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feeds.archive import Archive
from feeds.archive.records import Record
from feeds.archive.sqlite.rows import tables
from feeds.archive.whole import Whole
from feeds.model import Article
from tests.archive.conftest import NOON, small
from tests.archive.test_duplicates import printed

Rows = dict[str, list[tuple[Any, ...]]]


def initials(record: Record) -> Iterator[tuple[str, int, None]]:
    return ((block.text[0], number, None) for number, block in enumerate(record.blocks))


@pytest.fixture
def one_more_table(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = ("letter TEXT NOT NULL", "place INTEGER NOT NULL", "note TEXT")
    table = tables.ArticleTable("initial", columns, ("letter", "place", "at"), initials)
    monkeypatch.setattr(tables, "ARTICLE_TABLES", (*tables.ARTICLE_TABLES, table))


def rows(archive: Archive) -> Rows:
    connection = archive.parts.index.connection
    text = (
        "SELECT article.id, place, letter, note FROM initial LEFT JOIN article ON article.at = initial.at ORDER BY 1, 2"
    )
    found: Rows = defaultdict(list)
    for name, *row in connection.execute(text):
        found[name].append(tuple(row))
    return found


def expected(*articles: Article) -> Rows:
    return {one.id: [(place, block.text[0], None) for place, block in enumerate(one.blocks)] for one in articles}


@pytest.mark.usefixtures("one_more_table")
def test_a_new_table_is_one_value(tmp_path: Path) -> None:
    first, second, other = printed("甲"), printed("乙", minutes=9), small("别的", "一则短讯。", "两段而已。")
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many([first, other])
        assert rows(archive) == expected(first, other)
        archive.store_many([second])
        assert rows(archive) == expected(first, other)  # the group has its leader's rows
        undo = archive.split_duplicates(second.id)
        assert rows(archive) == expected(first, second, other)
        archive.undo(undo)
        assert rows(archive) == expected(first, other)
    with Archive.open(tmp_path / "archive", write=True, rebuild=True) as archive:
        assert rows(archive) == {}
        for _ in Whole(archive).rebuild():
            pass
        assert rows(archive) == expected(first, other)
        shorter = small("别的", "只剩一段。")
        archive.set_texts([shorter])
        assert rows(archive) == expected(first, shorter)
        archive.parts.writer.remove(NOON.date(), lambda record: record.id == first.id)
        assert rows(archive) == expected(second, shorter)
