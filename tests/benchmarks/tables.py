"""The tables of targets and documents at a size: first pages of every order and filter, a search inside, the calendar.

    python -m tests.benchmarks.tables [--sizes 10000,100000,1000000] [--keep DIR]

A size is a number of articles. Only their rows in the index are made, as the archive makes them from an article (half
as many targets and goals, and every second article speaks of a document), and no day files. So the row of a document
with several plans is measured after its merged plan was noted.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

from msgspec.structs import replace

from feeds.archive import Archive
from feeds.archive.engine import DocumentSort, TargetSort
from feeds.archive.records import day_of, record_of
from feeds.archive.sqlite.rows.articles import ArticleRows
from feeds.model import Article, Document, Flags, Goal, Plan, Span, Target
from feeds.query import parse
from feeds.targets import DueBy
from tests.archive import corpus

Work = Callable[[], int]
"""What is measured. It returns a number of rows."""

TODAY = date(2024, 3, 1)
_EVERY = timedelta(minutes=5)
_PLACES = ("浙江省", "福建省", "江苏省", "湖北省", "四川省", "山东省", "河南省", "辽宁省", "")
_KINDS = ("发展规划", "行动方案", "管理办法", "实施意见", "建设标准", "试点方案")
_MEASURES = ("产业规模", "覆盖率", "达标率", "投资额", "能耗强度", "普及率", "国产化率", "用户数", "装机容量", "回收率")
_FIGURES = (("%", 5, 99), ("亿元", 100, 9000), ("万亿元", 1, 9), ("万千瓦", 10, 900), ("个", 10, 500), ("倍", 2, 9))
_PAGE = 50
TARGET_QUERIES = (
    "", "due:2030", "due:2027..2029 agency:财政部", "agency:商务部", "date:2024-01", "date:2023-06 due:>=2028",
    "is:unread", "has:goals cat:部委动态",
)  # fmt: skip
DOCUMENT_QUERIES = ("", "agency:商务部", "date:2024-01", "due:2030", "is:unread")
SEARCHES = ("方案", "综述", "试点示范", "万字综述")


def planned(number: int) -> Article:
    """An invented article, of which every second one speaks of a document and every fourth has two targets or more."""
    dice = random.Random(number)  # noqa: S311 -- invented articles
    one = corpus.article(number, 1)
    agency, field, place = dice.choice(corpus.AGENCIES), dice.choice(corpus.FIELDS), dice.choice(_PLACES)
    if dice.random() < 0.5:
        return replace(one, plan=Plan(agencies=(agency,)))
    title = f"{field}{dice.choice(corpus.DEEDS)}{dice.choice(_KINDS)}（{dice.randrange(number // 40 + 1)}号区）"
    title += dice.choice(("", "", "", "（征求意见稿）"))
    documents = (Document(title, (f"{place}人民政府" if place else agency,), None, Span(0, 0, 4)),)
    targets = []
    for spot in range(dice.choice((0, 0, 1, 1, 2))):
        unit, low, high = dice.choice(_FIGURES)
        indicator = f"{field}{dice.choice(_MEASURES)}" + (f"第{dice.randrange(2000)}类" if dice.random() < 0.3 else "")
        deadline = f"{dice.randint(2024, 2035)}" + dice.choice(("", "", "-06", "-12"))
        span = Span(2, spot, spot + 9)
        targets.append(Target(indicator, "ge", "up", str(dice.randint(low, high)), unit, deadline, None, span))
    goals = (Goal(str(dice.randint(2024, 2035)), f"{field}{dice.choice(corpus.DEEDS)}", Span(2, 4, 12)),)
    return replace(one, plan=Plan(documents, (), goals if dice.random() < 0.2 else (), tuple(targets), (agency,)))


def made(folder: Path, count: int) -> Path:
    """An archive whose index has the rows of `count` articles, made where there is none yet."""
    path = folder / f"tables-{count}"
    if (path / "made").exists():
        return path
    begun = time.perf_counter()
    with Archive.open(path, write=True) as archive:
        index = archive.parts.index
        rows = ArticleRows(index)
        for first in range(0, count, 500):
            with index.change():
                for number in range(min(first + 500, count) - 1, first - 1, -1):
                    one = planned(number)
                    rows.put(record_of(replace(one, blocks=one.blocks[:4]), Flags()), day_of(one.published), later=True)
            if first % 50_000 == 0:
                print(f"{first} {time.perf_counter() - begun:.0f} s", flush=True)
        with index.change() as connection:
            connection.execute("DELETE FROM fresh")  # duplicates are no part of this
        while rows.index_texts(2000):
            pass
        print(f"rows {time.perf_counter() - begun:.0f} s", flush=True)
        begun = time.perf_counter()
        while rows.join_documents(2000):
            pass
        print(f"joined {time.perf_counter() - begun:.0f} s", flush=True)
        with index.change() as connection:
            connection.execute("UPDATE document SET merged = 1")
    (path / "made").touch()
    return path


def first_targets(archive: Archive, words: str, sort: TargetSort = "deadline") -> Work:
    """The work of reading the first page of targets."""
    query = parse(words, TODAY) if words else None
    return lambda: len(archive.targets(query, sort).window(0, _PAGE))


def first_documents(archive: Archive, words: str, sort: DocumentSort = "seen") -> Work:
    """The work of reading the first page of documents."""
    query = parse(words, TODAY) if words else None
    return lambda: len(archive.documents(query, sort).window(0, _PAGE))


def bars(archive: Archive, words: str, by: DueBy) -> Work:
    """The work of counting the bars of the calendar."""
    query = parse(words, TODAY) if words else None
    return lambda: len(archive.due_counts(query, by))


def works(archive: Archive) -> Iterator[tuple[str, str, Work]]:
    """(name, aim, work) of all that is measured."""
    for target_sort in get_args(TargetSort):
        for words in TARGET_QUERIES:
            yield f"targets by {target_sort}: `{words}`", "≤ 50 ms", first_targets(archive, words, target_sort)
    for document_sort in get_args(DocumentSort):
        for words in DOCUMENT_QUERIES:
            yield f"documents by {document_sort}: `{words}`", "≤ 50 ms", first_documents(archive, words, document_sort)
    for words in SEARCHES:
        yield f"search in targets: `{words}`", "≤ 100 ms", first_targets(archive, words)
        yield f"search in documents: `{words}`", "≤ 100 ms", first_documents(archive, words)
    for words in ("", "agency:商务部"):
        for by in get_args(DueBy):
            yield f"calendar by {by}: `{words}`", "≤ 100 ms", bars(archive, words, by)


def measured(work: Work, runs: int) -> tuple[list[float], int]:
    """The milliseconds of `runs` runs after a first one, in their order, and the number of rows."""
    rows = work()
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return sorted(taken), rows


def print_size(folder: Path, size: int, runs: int) -> None:
    """Make the index of a size, measure, print a row for each figure."""
    with Archive.open(made(folder, size), catch_up=False) as archive:
        execute = archive.parts.index.connection.execute
        tables = ("article", "statement", "document")
        counts = [execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in tables]  # noqa: S608 -- our own tables
        print("{:,} articles, {:,} targets and goals, {:,} documents".format(*counts))
        for name, aim, work in works(archive):
            taken, rows = measured(work, runs)
            print(
                f"| {name} | {aim} | {statistics.median(taken):.1f} ms ({taken[0]:.1f} – {taken[-1]:.1f}) | {rows} rows"
            )


def main() -> None:
    """Measure each size that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        for size in map(int, asked.sizes.split(",")):
            print_size(asked.keep or Path(passing), size, asked.runs)


if __name__ == "__main__":
    main()
