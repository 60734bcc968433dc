"""A row a document: stages, names and figures over all its articles."""

import json
from datetime import date

import pytest

from feeds.documents import document_row_json, document_rows, end_of
from tests.compare.conftest import demo_articles


def test_the_draft_and_the_final_text_are_one_row() -> None:
    row = next(row for row in document_rows(demo_articles().values()) if len(row.articles) == 2)
    assert row.title == "公共充电网络提质行动方案（2027—2030年）"
    assert (row.stages, row.stage) == (("consulted", "issued"), "issued")
    assert (row.groups_complete, row.groups_counted) == (2, 2)
    assert row.largest == "六项重点任务6/6"
    assert row.first_seen < row.last_seen
    assert row.disputed > 0
    assert row.deadlines == ("2028", "2030")
    assert row.next_deadline(date(2028, 12, 31)) == "2028"
    assert row.next_deadline(date(2029, 1, 1)) == "2030"
    assert row.next_deadline(date(2031, 1, 1)) == ""


def test_each_document_of_the_demo_stands_in_one_row() -> None:
    articles = demo_articles()
    rows = document_rows(articles.values())
    named = [(name, row.title) for row in rows for name in row.articles]
    assert len(named) == sum(len(article.plan.documents) for article in articles.values())
    assert [row.last_seen for row in rows] == sorted((row.last_seen for row in rows), reverse=True)
    for row in rows:
        told = document_row_json(row, date(2026, 11, 20))
        assert json.loads(json.dumps(told)) == told


def test_a_deadline_ends_with_its_last_day() -> None:
    deadlines = ["2025", "2025-06", "2021/2025", "2026-01", "2024"]
    assert sorted(deadlines, key=end_of) == ["2024", "2025-06", "2025", "2021/2025", "2026-01"]


@pytest.mark.parametrize(
    ("deadline", "end"),
    [("2024-02", "2024-02-29"), ("2025-06", "2025-06-30"), ("2025", "2025-12-31"), ("2021/2025", "2025-12-31"),
     ("2025-06-09", "2025-06-09"), ("2025-13", "2025-13")],
)  # fmt: skip
def test_the_last_day_is_one_of_the_calendar(deadline: str, end: str) -> None:
    assert end_of(deadline) == end
