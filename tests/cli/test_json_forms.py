"""All commands print one JSON form of a plan; an article of the archive has one plan, the stored one."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec import structs

from feeds.archive import Archive
from feeds.model import Block, Document, Group, Item, Plan, Span, Target
from tests.archive.corpus import articles
from tui.cli import zhengwen

TEXT = "某湖治理行动方案提出，到2033年，水面恢复到1.5万亩。"
STORED = Plan(
    documents=(Document("某湖治理行动方案", ("水利部",), "某水〔2032〕2号", Span(0, 0, 8)),),
    groups=(Group("治理", None, Span(0, 2, 4), (Item("恢复", Span(0, 20, 22)),), open=True),),
    targets=(Target("水面", "ge", "level", "1.5", "万亩", "2033", None, Span(0, 18, 28), 0.5),),
    agencies=("水利部",),
    code="一湖一策",
)
"""No reading of the text gives this plan."""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    article = next(iter(articles(1, every=timedelta(hours=1))))
    with Archive.open(tmp_path, write=True) as opened:
        opened.store(structs.replace(article, title="某湖治理", blocks=(Block(TEXT),), plan=STORED))
    return tmp_path


def output_of(archive: Path, *words: str) -> str:
    result = CliRunner().invoke(zhengwen, ["--archive", str(archive), *words])
    assert result.exit_code == 0, result.output
    return result.stdout


def the_id(archive: Path) -> str:
    return str(json.loads(output_of(archive, "list", "--json"))[0]["id"])


def test_both_forms_of_the_command_print_the_stored_plan(archive: Path) -> None:
    name = the_id(archive)
    as_json: dict[str, Any] = json.loads(output_of(archive, "plan", name, "--json"))
    assert as_json["code"] == "一湖一策"
    assert as_json["targets"][0]["comparator"] == "ge"
    assert as_json["documents"][0]["number"] == "某水〔2032〕2号"
    outline = output_of(archive, "plan", name)
    assert "《某湖治理行动方案》" in outline
    assert "恢复" in outline


def test_an_article_has_its_plan_in_the_form_of_the_plan(archive: Path) -> None:
    name = the_id(archive)
    plan, article = (json.loads(output_of(archive, command, name, "--json")) for command in ("plan", "show"))
    assert article["plan"] == {part: plan[part] for part in article["plan"]}
    assert plan.keys() - article["plan"].keys() == {"title", "url", "published", "paragraphs"}
    assert plan["paragraphs"] == [block["text"] for block in article["blocks"]]


def test_a_target_has_the_number_beside_the_printed_value(archive: Path) -> None:
    target = json.loads(output_of(archive, "plan", the_id(archive), "--json"))["targets"][0]
    assert (target["value"], target["unit"]) == ("1.5", "万亩")
    assert target["quantity"] == {"number": 1.5, "scale": 10_000, "unit": "亩"}


def test_the_documentation_names_every_field(archive: Path) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "json.md").read_text("utf-8")
    name = the_id(archive)
    plan = json.loads(output_of(archive, "plan", name, "--json"))
    fields = {*plan, *plan["groups"][0], *plan["targets"][0], *plan["documents"][0], *plan["targets"][0]["quantity"]}
    assert {field for field in fields if f'"{field}"' not in page} == set()
    row = json.loads(output_of(archive, "list", "--json"))[0]
    assert {field for field in row if f"`{field}`" not in page} == set()
