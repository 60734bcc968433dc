"""Rows of targets: each leads to its words, the same target is one row, values that disagree stand in one row."""

import json
from collections.abc import Iterable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.model import Article, Block, Document, Goal, Plan, Span, Target
from feeds.targets import COLUMNS, SORTS, in_sort_order, row_cells, rows_of, statements_of, target_row_json
from tests.compare.conftest import START, demo_articles, gold_articles

TEXT = "到2030年，内河航标遥测率达到90%以上。"


def every_article() -> list[Article]:
    return [*demo_articles().values(), *gold_articles().values()]


def target(indicator: str = "内河航标遥测率", value: str = "90", unit: str = "%", deadline: str = "2030") -> Target:
    return Target(indicator, "ge", "level", value, unit, deadline, None, Span(0, 6, 18))


def article(name: str, *targets: Target, document: str = "内河航标规划", days: int = 0) -> Article:
    when = START + timedelta(days=days)
    documents = (Document(document, ("交通运输部",), None, None),) if document else ()
    plan = Plan(documents, targets=targets, agencies=("交通运输部",))
    return Article(id=name, keys=(name,), title="航标", published=when, seen=when, blocks=(Block(TEXT),), plan=plan)


@pytest.mark.parametrize("one", every_article(), ids=lambda one: one.id)
def test_every_statement_leads_to_its_words(one: Article) -> None:
    statements = list(statements_of(one))
    assert len(statements) == len(one.plan.targets) + len(one.plan.goals)
    for statement in statements:
        span = statement.span
        assert one.paragraphs[span.p][span.start : span.end] == statement.text
        assert statement.text
        if isinstance(statement.part, Goal):
            assert statement.part.text == statement.text


def test_each_statement_of_all_articles_stands_in_one_row() -> None:
    articles = every_article()
    rows = rows_of(articles)
    placed = [(one.article, one.span) for row in rows for one in row.statements]
    wanted = [(one.article, one.span) for found in articles for one in statements_of(found)]
    assert sorted(placed, key=str) == sorted(wanted, key=str)
    for row in rows:
        assert json.loads(json.dumps(target_row_json(row))) == target_row_json(row)
        assert len(row_cells(row)) == len(COLUMNS)


def test_the_same_target_of_several_articles_is_one_row() -> None:
    (row,) = rows_of(
        [article("a", target()), article("b", target(), days=1), article("c", target("内河 航标遥测率"), days=2)]
    )
    assert [statement.article for statement in row.statements] == ["c", "b", "a"]
    assert not row.disputed


@pytest.mark.parametrize(("value", "unit"), [("9000", "亿元"), ("0.9", "万亿元"), ("9,000", "亿元")])
def test_one_amount_in_another_form_is_no_disagreement(value: str, unit: str) -> None:
    (row,) = rows_of([article("a", target("投资", "9000", "亿元")), article("b", target("投资", value, unit), days=1)])
    assert len(row.statements) == 2
    assert not row.disputed


def test_other_values_of_one_target_are_one_row_with_both() -> None:
    (row,) = rows_of([article("a", target(value="90")), article("b", target(value="92"), days=1)])
    assert row.disputed
    assert row.figures == ("92%", "90%")
    assert row_cells(row)[COLUMNS.index("disputed")] == "92% / 90%"


@pytest.mark.parametrize(
    "other",
    [
        article("b", target(deadline="2035")),
        article("b", target("干线航标遥测率")),
        article("b", target(), document="另一规划"),
        article("b", target(value="91"), document=""),
    ],
)
def test_what_differs_in_document_indicator_or_deadline_is_another_row(other: Article) -> None:
    first = article("a", target(), document="" if not other.plan.documents else "内河航标规划")
    rows = rows_of([first, other])
    assert len(rows) == 2
    assert not any(row.disputed for row in rows)


AMOUNTS = ("9000亿元", "1.2万亿元", "500亿元", "3亿元", "1000元", "20%", "7.5%", "100%")
amounts = st.permutations(AMOUNTS)


@given(amounts)
def test_values_sort_by_their_amount(figures: Iterable[str]) -> None:
    targets = []
    for number, figure in enumerate(figures):
        digits = figure.rstrip("%万亿元")
        targets.append(target(f"指标甲{number}", digits, figure.removeprefix(digits)))
    rows = in_sort_order(rows_of([article("a", *targets)]), "value")
    found = [row.latest.figure for row in rows]
    assert [figure for figure in found if "元" in figure] == ["1000元", "3亿元", "500亿元", "9000亿元", "1.2万亿元"]
    assert [figure for figure in found if "%" in figure] == ["7.5%", "20%", "100%"]


def test_deadlines_sort_by_their_end() -> None:
    deadlines = ["2035", "", "2026/2030", "2025-06", "2025", "2024"]
    targets = [target(f"指标{number}", deadline=deadline) for number, deadline in enumerate(deadlines)]
    rows = in_sort_order(rows_of([article("a", *targets)]), "deadline")
    assert [row.latest.part.deadline for row in rows] == ["2024", "2025-06", "2025", "2026/2030", "2035", ""]


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_holds_every_row(sort: str) -> None:
    rows = rows_of(every_article())
    assert sorted(map(str, in_sort_order(rows, sort))) == sorted(map(str, rows))


def test_a_target_belongs_to_the_document_named_in_front_of_it() -> None:
    first, second = Document("甲规划", (), None, Span(0, 0, 3)), Document("乙规划", ("商务部",), None, Span(0, 4, 7))
    base = article("a", target())
    one = replace(base, plan=replace(base.plan, documents=(first, second)))
    assert [(statement.document, statement.agencies) for statement in statements_of(one)] == [("乙规划", ("商务部",))]


def test_a_target_whose_text_was_taken_away_is_no_statement() -> None:
    one = article("a", target(), Target("库容", "ge", "level", "5", "亿立方米", "2030", None, Span(3, 0, 4)))
    assert [statement.part.deadline for statement in statements_of(one)] == ["2030"]
    assert not list(statements_of(replace(one, blocks=())))
    assert rows_of([replace(one, blocks=(Block("短"),))]) == ()
