"""`zhengwen compare`: lines of 80 columns in either language, Markdown, JSON, and clear words for what it cannot do."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from feeds.archive import Archive
from feeds.demo import samples
from feeds.demo.markup import fill_dates, html_of, paragraphs_of
from feeds.model import BEIJING, Block, Document, Plan
from tests.compare.conftest import demo_articles
from tui.cli import zhengwen
from tui.text import cells

ROOT = Path(__file__).resolve().parents[2]
WHEN = datetime(2026, 11, 20, 9, tzinfo=BEIJING)
PAIR = ("ministries/charging-draft", "ministries/charging-final")


def post_of(slug: str, folder: Path) -> str:
    sample = next(sample for sample in samples() if sample.slug == slug)
    body = html_of(paragraphs_of(fill_dates(sample.body, WHEN)), "news")
    path = folder / f"{slug.rpartition('/')[2]}.md"
    path.write_text(f"---\ntitle: {sample.title}\ndate: 2026-11-08 10:00\n---\n{body}", "utf-8")
    return str(path)


@pytest.fixture
def pair(tmp_path: Path) -> list[str]:
    return [post_of(slug, tmp_path) for slug in PAIR]


def run(*words: str, folder: Path) -> Result:
    return CliRunner().invoke(zhengwen, ["--archive", str(folder / "archive"), "compare", *words])


def test_what_differs_stands_behind_its_sign(pair: list[str], tmp_path: Path) -> None:
    result = run(*pair, folder=tmp_path)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    for line in (
        "~  [-五-]{+六+}项重点任务",
        " >   推进老旧小区统建统营",
        "+    培育车网互动新业态",
        "~  2028  高速公路服务区快充覆盖率  ≥ 95% → ≥ 98%",
        "-  2030  乡镇充电设施覆盖率  90%",
    ):
        assert line in lines
    assert "规范充电价格公示" not in result.stdout
    assert "规范充电价格公示" in run(*pair, "--all", folder=tmp_path).stdout


@pytest.mark.parametrize("more", [[], ["--text"], ["--all"], ["--text", "--all"]])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_lines_are_plain_and_fit_80_columns(pair: list[str], more: list[str], language: str) -> None:
    outcome = subprocess.run(
        [sys.executable, "-m", "tui", "compare", *pair, *more],
        cwd=ROOT, env={**os.environ, "LANGUAGE": language, "COLUMNS": "80"}, capture_output=True, check=True,
    )  # fmt: skip
    text = outcome.stdout.decode()
    assert "\x1b" not in text
    assert max(map(cells, text.splitlines())) <= 80
    assert ("处改动" in text) is (language == "zh_CN")


def test_the_texts_are_compared_by_clause(pair: list[str], tmp_path: Path) -> None:
    lines = run(*pair, "--text", folder=tmp_path).stdout.splitlines()
    assert "~  新建公共快充站[-8000-]{+1万+}座，" in lines
    assert " > 二是改造低效老桩；" in lines


def test_an_article_beside_itself_has_no_difference(pair: list[str], tmp_path: Path) -> None:
    for more in ([], ["--text"], ["--md"]):
        assert "No difference." in run(pair[0], pair[0], *more, folder=tmp_path).stdout


def test_markdown_escapes_what_the_texts_hold(pair: list[str], tmp_path: Path) -> None:
    path = Path(pair[1])
    path.write_text(path.read_text("utf-8").replace("title: 两部门", "title: 两*部*门[链](x)"), "utf-8")
    lines = run(*pair, "--md", folder=tmp_path).stdout.splitlines()
    assert "- ~~五~~**六**项重点任务 (changed)" in lines
    assert "↔ 两\\*部\\*门\\[链\\](x)印发" in lines[0]


def test_json_is_one_object(pair: list[str], tmp_path: Path) -> None:
    told = json.loads(run(*pair, "--json", folder=tmp_path).stdout)
    assert told["counts"] == {"same": 9, "changed": 6, "new": 2, "gone": 1, "moved": 1}
    back = json.loads(run(*reversed(pair), "--json", folder=tmp_path).stdout)
    assert (back["counts"]["new"], back["counts"]["gone"]) == (1, 2)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """An archive with a draft, its final text, and the plan of the same name of two provinces."""
    demo = demo_articles()
    provinces = []
    for name, place in (("anhui", "安徽省人民政府"), ("jiangxi", "江西省人民政府")):
        plan = Plan((Document("渡口改造方案", (place,)),))
        article = replace(demo[PAIR[1]], id=name, keys=(name,), title=f"{place}印发渡口改造方案", plan=plan)
        provinces.append(replace(article, blocks=(Block(f"{article.title}。"),)))
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many([*(demo[slug] for slug in PAIR), *provinces])
    return tmp_path


def test_documents_are_compared_by_title_and_by_key(stored: Path) -> None:
    title = "《公共充电网络提质行动方案》"
    draft = "《公共充电网络提质行动方案（征求意见稿）》"
    notice = "《关于印发〈公共充电网络提质行动方案（2027—2030年）〉的通知》"
    with Archive.open(stored / "archive") as archive:
        table = archive.documents()
        key = next(row.key for row in table.window(0, table.total) if "充电" in row.title)
    plain = run(draft, title, folder=stored).stdout
    assert "~  [-五-]{+六+}项重点任务" in plain
    for words in ((title,), (notice,), (key,), (draft, key), (draft, notice)):
        assert run(*words, folder=stored).stdout == plain
    assert "No difference." in run(title, key, folder=stored).stdout


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (("《渡口改造方案》", "《渡口改造方案》"), 4, "several documents"),
        (("《渡口改造方案（2021年）》", "《航标条例》"), 4, "《"),
        (("《航标条例》",), 4, "no archived article is about 《航标条例》"),
        (("no such key", "《航标条例》"), 4, "no archived article is about no such key"),
        (("anhui 渡口改造方案",), 4, "no draft and final text"),
        (("anhui",), 4, "no earlier version of anhui is kept"),
        (("anhui@2",), 4, "no article has the id or address anhui@2"),
        (("anhui@2", "anhui"), 4, "the versions go from 1 to 1"),
        (("anhui@x", "anhui"), 4, "anhui@x is neither"),
    ],
)
def test_a_document_that_is_not_there_is_named_in_one_line(
    stored: Path, words: tuple[str, ...], code: int, reason: str
) -> None:
    result = run(*words, folder=stored)
    assert (result.exit_code, result.stdout) == (code, "")
    assert reason in result.stderr
    assert "Traceback" not in result.stderr


def test_what_cannot_be_compared_is_said_in_one_line(pair: list[str], tmp_path: Path) -> None:
    for words, code in (((pair[0], "nothing-of-the-kind"), 4), ((*pair, "--json", "--md"), 2), ((pair[0],), 2)):
        result = run(*words, folder=tmp_path)
        assert result.exit_code == code
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
