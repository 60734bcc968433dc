"""`zhengwen targets` and `documents`: rows over the articles of a filter, as lines, JSON and CSV."""

import csv
import io
import json
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from feeds.archive import Archive
from feeds.model import Article, Goal, Target
from tests import disks
from tests.compare.conftest import demo_articles
from tui.cli import zhengwen
from tui.text import cells


def stored() -> list[Article]:
    return [
        replace(article, id=blake2b(slug.encode(), digest_size=8).hexdigest())
        for slug, article in demo_articles().items()
    ]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables") / "archive"
    with Archive.open(folder, write=True) as opened:
        opened.store_many(stored())
    return folder


def run(archive: Path, *words: str) -> Result:
    return CliRunner().invoke(zhengwen, ["--archive", str(archive), *words])


def rows_in(archive: Path, *words: str) -> list[dict[str, object]]:
    result = run(archive, *words, "--json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_tables_join_what_an_import_left_before_they_are_printed(archive: Path, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", write=True) as opened:
        opened.store_many(stored(), search_later=True)
        assert opened.join_documents()
    for words in (["documents"], ["targets"], ["targets", "--sort", "document"]):
        assert rows_in(tmp_path / "archive", *words) == rows_in(archive, *words)
    with Archive.open(tmp_path / "archive") as opened:
        assert not opened.join_documents()


def test_a_table_says_that_titles_wait_where_the_archive_cannot_be_written_to(tmp_path: Path) -> None:
    with disks.disk(tmp_path / "disk", "64m") as place:
        with Archive.open(place / "archive", write=True) as opened:
            opened.store_many(stored(), search_later=True)
            waiting = opened.join_documents()
        disks.make_read_only(place)
        result = run(place / "archive", "documents")
    assert f"{waiting} titles are not joined" in result.stderr


def every_part() -> Iterator[Target | Goal]:
    for article in stored():
        yield from article.plan.targets
        yield from article.plan.goals


def test_every_target_and_goal_of_the_archive_is_in_a_row(archive: Path) -> None:
    rows = rows_in(archive, "targets")
    statements = [statement for row in rows for statement in row["statements"]]  # type: ignore[attr-defined]
    assert len(statements) == len(list(every_part()))
    with Archive.open(archive) as opened:
        for statement in statements:
            span = statement["span"]
            text = opened.get(statement["article"]).paragraphs[span["p"]]
            assert text[span["start"] : span["end"]] == statement["text"]


def test_the_filter_chooses_articles_and_due_chooses_rows(archive: Path) -> None:
    rows = rows_in(archive, "targets", "due:2028", "充电")
    assert {row["deadline"] for row in rows} == {"2028"}
    assert {row["document"] for row in rows} == {"公共充电网络提质行动方案（2027—2030年）"}
    assert rows_in(archive, "targets", "due:<=2027", "充电") == []


def test_the_draft_and_the_final_text_disagree_in_one_row(archive: Path) -> None:
    rows = {row["indicator"]: row for row in rows_in(archive, "targets", "充电")}
    row = rows["公共快充站"]
    assert (row["figures"], row["disputed"]) == (["1万座", "8000座"], True)
    assert not rows["公共充电桩平均可用率"]["disputed"]
    assert len(rows["公共充电桩平均可用率"]["statements"]) == 2  # type: ignore[arg-type]
    line = next(line for line in run(archive, "targets", "充电").stdout.splitlines() if "公共快充站" in line)
    assert "8000座" in line
    assert "×2" in line


@pytest.mark.parametrize("sort", ["deadline", "value", "agency", "document", "date"])
def test_every_order_prints_every_row(archive: Path, sort: str) -> None:
    assert len(rows_in(archive, "targets", "--sort", sort)) == len(rows_in(archive, "targets"))
    lines = run(archive, "targets", "--sort", sort, "--limit", "0").stdout.splitlines()
    assert max(map(cells, lines)) <= 80


def test_lines_are_limited_and_say_how_many_more(archive: Path) -> None:
    result = run(archive, "targets", "--limit", "3")
    count = len(rows_in(archive, "targets"))
    assert result.stderr == f"{count - 3} more; --limit 0 lists all\n"
    assert "Nothing matches" in run(archive, "targets", "date:1999-01-01").stderr


def test_a_document_is_one_row(archive: Path) -> None:
    rows = rows_in(archive, "documents")
    titles = [row["title"] for row in rows]
    assert len(set(titles)) == len(titles)
    (row,) = rows_in(archive, "documents", "title:充电")
    assert (row["stage"], row["stages"]) == ("issued", ["consulted", "issued"])
    assert row["joined_by"] == ["first", "stage"]
    shown = run(archive, "documents", "title:充电").stdout
    assert "《公共充电网络提质行动方案（2027—2030年）》" in shown
    assert "2 articles" in shown


@pytest.mark.parametrize("command", ["targets", "documents"])
def test_csv_is_a_table_with_a_mark_in_front(archive: Path, command: str) -> None:
    result = run(archive, command, "--csv")
    assert result.stdout.startswith("\ufeff")
    head, *rows = list(csv.reader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert len(rows) == len(rows_in(archive, command))
    assert {len(row) for row in rows} == {len(head)}
    assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@"}]


@pytest.mark.parametrize("command", ["targets", "documents"])
def test_two_forms_at_once_are_refused(archive: Path, command: str) -> None:
    result = run(archive, command, "--csv", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
