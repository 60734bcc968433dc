"""The joined tables follow every change: they are what the pure functions make of all articles at once."""

import json
import random
from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace

from feeds.archive import Archive
from feeds.archive.engine import DocumentSort, TargetSort
from feeds.archive.records import Record
from feeds.documents import DOCUMENT_SORTS, document_rows, join_mentions, mentions_of
from feeds.model import Article, Block, Document, Goal, Plan, Span, Target
from feeds.query import Query, parse
from feeds.query.terms import NO_AGENCY, And
from feeds.targets import SORTS, DueBy, TargetRow, due_counts_of, is_asked_for, rows_of
from feeds.targets.due_counts import LABELS
from tests.archive.conftest import NOON, small
from tests.archive.test_duplicates import printed
from tui.widgets.lists.due_table import bars_of

TODAY = date(2026, 3, 1)
TITLES = (
    "数字档案发展规划", "数字档案发展规划（征求意见稿）", "关于印发《数字档案发展规划》的通知",
    "数字档案发展规划（2024—2027年）", "冷链仓储建设方案", "冷链仓储建设方案（草案）",
    "政府工作报告", "航标管理办法（试行）", "档案发展规划", "“十四五”冷链仓储建设方案", "冷链仓储发展建设方案",
)  # fmt: skip
ISSUERS = ((), ("国务院",), ("浙江省人民政府",), ("福建省财政厅", "福建省人民政府"), ("交通运输部",))
NUMBERS = (None, None, None, "国发〔2024〕7号", "浙政发〔2025〕12号")
INDICATORS = ("档案数字化率", "冷库容量", "“航标”遥测率", "航标遥测率", "")
FIGURES = (("90", "%"), ("9000", "亿元"), ("0.9", "万亿元"), ("3", "倍"), ("若干", "个"))
DEADLINES = ("2025", "2027-06", "2026/2030", "")
TEXT = "到二〇三〇年，各项指标基本达到要求，设施成网，服务均等。"


def invented(chance: random.Random, number: int) -> Article:
    """An article with some documents, targets and goals of a few."""
    documents = tuple(
        Document(title, chance.choice(ISSUERS), chance.choice(NUMBERS), Span(0, chance.randrange(9), 10))
        for title in chance.sample(TITLES, chance.choice((0, 1, 1, 1, 2)))
    )
    targets = tuple(
        Target(
            chance.choice(INDICATORS), "ge", "level", *chance.choice(FIGURES), chance.choice(DEADLINES), None,
            Span(0, place, place + 9),
        )
        for place in chance.sample(range(12), chance.randrange(4))
    )  # fmt: skip
    goals = tuple(Goal(chance.choice(DEADLINES), TEXT[7:15], Span(0, 7, 15)) for _ in range(chance.randrange(2)))
    issuers = tuple(dict.fromkeys(name for document in documents for name in document.issuers))  # as they are extracted
    plan = Plan(documents, (), goals, targets, issuers or chance.choice(ISSUERS))
    when = NOON + timedelta(days=chance.choice((chance.randrange(500), chance.randrange(200, 206))), minutes=number)
    return replace(small(f"文{number}", published=when), blocks=(Block(TEXT),), plan=plan, title=f"第{number}号消息")


def is_named(name: str, record: Record) -> bool:
    return record.id == name


def listed(archive: Archive) -> list[Article]:
    return list(archive.get_many(archive.listing().ids()))


def sets_of(rows: Iterable[TargetRow]) -> set[tuple[object, ...]]:
    return {(row.statements, row.figures, row.document) for row in rows}


def check_tables(archive: Archive) -> None:
    """Compare both tables and the counts with the pure functions."""
    articles = listed(archive)
    wanted = rows_of(articles)
    for sort in SORTS:
        table = archive.targets(None, cast("TargetSort", sort))
        found = list(table.window(0, 10_000))
        assert sets_of(found) == sets_of(wanted)
        keys = [(SORTS[sort](row), SORTS["deadline"](row), -row.latest.published.timestamp()) for row in found]
        if sort in ("document", "date"):  # a document, or an article, has its rows together
            keys = [(SORTS[sort](row), (), 0) for row in found]
        assert keys == sorted(keys)
        assert [table.index_of(row.key) for row in found] == list(range(len(found)))
    rows = {row.key: row for row in document_rows(articles)}
    for sort in DOCUMENT_SORTS:
        documents = archive.documents(parse("", TODAY), cast("DocumentSort", sort))
        shown = list(documents.window(0, 10_000))
        assert {row.key: row for row in shown} == rows
        assert len(shown) == len(rows)
        order = [(*DOCUMENT_SORTS[sort](row, TODAY), -row.last_seen.timestamp()) for row in shown]
        assert order == sorted(order)
        assert [documents.index_of(row.key) for row in shown] == list(range(len(shown)))
    joined = join_mentions(mention for article in articles for mention in mentions_of(article))
    refused = archive.parts.index.connection.execute("SELECT key, refused FROM document")
    assert {key: json.loads(rules) for key, rules in refused} == {one.key: list(one.refused) for one in joined}
    for by in LABELS:
        assert archive.due_counts(None, by) == due_counts_of(wanted, by)
        check_bars(archive, parse("", TODAY), by)


def check_filter(archive: Archive, words: str) -> None:
    """Under a filter a row has the statements of the articles that it finds; documents are those of the archive."""
    query = parse(words, TODAY)
    inside = set(archive.listing(query).ids())
    others = And(tuple(node for node in query.without("agency").root.nodes if node != NO_AGENCY))
    stated = set(archive.listing(Query(others, TODAY)).ids())
    rows = [(row, tuple(one for one in row.statements if one.article in stated)) for row in rows_of(listed(archive))]
    chosen = [
        (row, tuple(one for one in statements if is_asked_for(replace(row, statements=(one,)), query)))
        for row, statements in rows
    ]
    wanted = [replace(row, statements=statements) for row, statements in chosen if statements]
    for sort in SORTS:
        assert sets_of(archive.targets(query, cast("TargetSort", sort)).window(0, 10_000)) == sets_of(wanted)
    found = archive.documents(query).window(0, 10_000)
    documents = [row for row in document_rows(listed(archive)) if inside & set(row.articles)]
    assert {row.key for row in found} == {row.key for row in documents}
    for by in LABELS:
        assert archive.due_counts(query, by) == due_counts_of(wanted, by)
        check_bars(archive, query, by)


def check_bars(archive: Archive, query: Query, by: DueBy) -> None:
    """Each bar of the calendar leads to as many rows as it counts."""
    for bar in bars_of(archive.due_counts(query, by), (), by, TODAY):
        rows = archive.targets(bar.query_of(query))
        assert (bar.label, len(rows.window(0, 10_000))) == (bar.label, bar.total)


@pytest.mark.parametrize("seed", range(2))
def test_the_tables_follow_every_change(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- invented articles
    articles = [invented(chance, number) for number in range(40)]
    with Archive.open(tmp_path / "archive", write=True) as archive:
        chance.shuffle(articles)
        for start in range(0, 40, 8):
            archive.store_many(articles[start : start + 8], search_later=chance.random() < 0.5)
            while archive.upkeep():
                pass
            check_tables(archive)
        for one in chance.sample(articles, 6):
            changed = replace(invented(chance, 99), id=one.id, keys=one.keys, published=one.published)
            archive.set_texts([changed])
        check_tables(archive)
        for one in chance.sample(articles, 8):
            archive.parts.writer.remove(one.published.date(), partial(is_named, one.id))
        check_tables(archive)
        check_filter(archive, "agency:国务院")
        check_filter(archive, "agency:福建省财政厅 date:2024")
        check_filter(archive, "agency:交通运输部 agency:国务院 due:*")
        check_filter(archive, "-has:agency")
        check_filter(archive, "date:2024 has:plan")
        check_filter(archive, "第3 or agency:福建省人民政府 or is:starred")
        archive.set_flags(archive.listing().ids()[:7], read=True)
        check_filter(archive, "is:unread")
    with Archive.open(tmp_path / "archive", write=True, rebuild=True) as archive:
        assert archive.targets().total == 0
        archive.catch_up()
        while archive.upkeep():
            pass
        check_tables(archive)


def test_copies_of_an_article_are_counted_once(tmp_path: Path) -> None:
    """A duplicate group has the statements of its leader. Split, each article has its own."""
    span = Span(0, 0, 9)
    plan = Plan(targets=(Target("冷库容量", "ge", "level", "3", "倍", "2027", None, span),), agencies=("商务部",))
    first, second = replace(printed("甲"), plan=plan), replace(printed("乙", minutes=9), plan=plan)
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many([first, second])
        assert len(archive.duplicates(second.id)) == 1
        assert [len(row.statements) for row in archive.targets().window(0, 9)] == [1]
        check_tables(archive)
        undo = archive.split_duplicates(second.id)
        assert [len(row.statements) for row in archive.targets().window(0, 9)] == [2]
        check_tables(archive)
        archive.undo(undo)
        assert [len(row.statements) for row in archive.targets().window(0, 9)] == [1]
        check_tables(archive)
