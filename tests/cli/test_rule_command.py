"""`zhengwen rule`: what rules and mute words take of the archive now. Nothing is changed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec import structs

from feeds.archive import Archive
from feeds.model import Flags
from tests.archive.conftest import small
from tui.cli import zhengwen

CONFIG = """
mute = ["促销"]
[[rule]]
query = "title:湿地"
star = true
tag = ["生态", "看"]
[[rule]]
query = "促销 -title:湿地"
read = true
hide = true
[[source]]
name = "甲"
kind = "rss"
url = "https://a.example.cn/"
mute = ["直播"]
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store(small("一", title="湿地保护办法"), Flags(starred=True, tags=("生态",)))
        archive.store(small("二", "周末促销。", title="商场公告"), Flags(hidden=True))
        archive.store(small("三", "另有直播。", title="湿地\t通告", source="甲"))
        archive.store(structs.replace(small("四", "直播。", title="乙地通告"), sources=("乙",)))
    return tmp_path


def run(place: Path, *words: str) -> Result:
    options = ["--config", str(place / "config.toml"), "--archive", str(place / "archive")]
    return CliRunner().invoke(zhengwen, [*options, "rule", *words])


def test_rules_and_mute_words_are_listed_with_what_they_find_hidden_articles_too(place: Path) -> None:
    assert run(place, "list").stdout.splitlines() == [
        "mute word\t促销\thide\t1 article",
        "mute word of 甲\tsource:甲 直播\thide\t1 article",
        "rule 1\ttitle:湿地\tstar, tag 生态, tag 看\t2 articles",
        "rule 2\t促销 -title:湿地\tmark as read, hide\t1 article",
    ]
    rows = json.loads(run(place, "list", "--json").stdout)
    assert rows[0] == {
        "mute": "促销", "source": "", "query": "促销", "read": False, "star": False, "hide": True, "tags": [],
        "articles": 1,
    }  # fmt: skip
    assert [(row.get("number"), row["tags"], row["articles"]) for row in rows[2:]] == [
        (1, ["生态", "看"], 2), (2, [], 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["1"], [("湿地 通告", "star, tag 生态, tag 看"), ("湿地保护办法", "tag 看")]),
        (["2"], [("商场公告", "mark as read")]),
        (["促销"], [("商场公告", "has these marks already")]),
        (["直播"], [("湿地 通告", "hide")]),
        (["湿地", "-直播"], [("湿地保护办法", "")]),
        (["is:hidden"], [("商场公告", "")]),
        (["湿地", "--star", "--tag", "看", "--limit", "1"], [("湿地 通告", "star, tag 看")]),
        (["title:无此"], []),
    ],
)
def test_a_test_shows_what_a_rule_or_a_query_takes_and_changes_nothing(
    place: Path, words: list[str], lines: list[tuple[str, str]]
) -> None:
    files = {path: path.read_bytes() for path in (place / "archive" / "shards").rglob("*.json")}
    result = run(place, "test", *words)
    assert result.exit_code == 0
    fields = [line.split("\t") for line in result.stdout.splitlines()]
    assert [(row[3], row[4]) for row in fields] == lines
    assert {path: path.read_bytes() for path in files} == files
    with Archive.open(place / "archive") as archive:
        assert [row.title for row in archive.listing().window(0, 9) if row.starred] == ["湿地保护办法"]


def test_the_json_of_a_test_has_the_marks_that_an_article_lacks(place: Path) -> None:
    found = json.loads(run(place, "test", "1", "--json", "--limit", "1").stdout)
    assert (found["query"], found["star"], found["tags"], found["articles"]) == ("title:湿地", True, ["生态", "看"], 2)
    (row,) = found["newest"]
    assert row["would"] == {"read": False, "star": True, "hide": False, "tags": ["生态", "看"]}


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (["test", "3"], 2, "zhengwen: there is no rule 3; config.toml has 2\n"),
        (["test", "0"], 2, "zhengwen: there is no rule 0; config.toml has 2\n"),
        (["test", "is:red"], 2, "zhengwen: expected one of "),
        (["test", "due:x"], 2, "zhengwen: "),
    ],
)
def test_a_mistake_is_one_line(place: Path, words: list[str], code: int, line: str) -> None:
    result = run(place, *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1


def test_without_rules_it_says_so(place: Path) -> None:
    (place / "config.toml").write_text('language = "en"\n', "utf-8")
    result = run(place, "list")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "has no [[rule]] and no mute word" in result.stderr
    assert json.loads(run(place, "list", "--json").stdout) == []
