"""The command line from outside: output, failures and exit codes of each command."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feeds.archive import Archive
from feeds.demo import samples
from tests.archive.corpus import articles
from tui.cli import zhengwen

ROOT = Path(__file__).resolve().parents[2]
POST = """---
title: '林草部门：三项行动推进油茶产业提质'
categories:
 - 金融
 - 试验
author: 演示日报
date: Thu, 08 Oct 2026 02:00:00 GMT
---

<div><p>　　国家林草局近日印发《油茶产业提质行动方案》（以下简称《方案》），提出三项行动：\
低产林改造行动、良种推广行动、加工增效行动。</p>
<p>　　到2030年，全国油茶种植面积达到9000万亩以上。</p></div>
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An archive of forty articles and a configuration that polls nothing."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "config.toml").write_text('[[source]]\nname = "p"\nkind = "posts"\nurl = "posts"\n', "utf-8")
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many(articles(40, seed=3))
    return tmp_path


def run(place: Path, *words: str, stdin: str | None = None) -> Result:
    options = ("--config", str(place / "config.toml"), "--archive", str(place / "archive"))
    return CliRunner().invoke(zhengwen, [*options, *words], input=stdin)


def one_line(result: Result) -> str:
    assert result.stderr.startswith("zhengwen: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_list_prints_rows_newest_first_and_says_how_many_more(place: Path) -> None:
    result = run(place, "list", "--limit", "5")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 5
    assert result.stderr == "35 more; --limit 0 lists all\n"


def test_list_as_json_is_one_array_in_the_same_order(place: Path) -> None:
    rows = json.loads(run(place, "list", "--json", "--limit", "0").stdout)
    assert len(rows) == 40
    assert [row["published"] for row in rows] == sorted((row["published"] for row in rows), reverse=True)
    assert json.loads(run(place, "list", "--json", "date:1999-01-01").stdout) == []


def test_list_takes_the_filter_language(place: Path) -> None:
    rows = json.loads(run(place, "list", "--json", "--limit", "0", "cat:制造").stdout)
    assert rows
    assert all("制造" in row["category"] for row in rows)


def test_a_wrong_query_is_one_line_with_its_position(place: Path) -> None:
    result = run(place, "list", "(date:week")
    assert result.exit_code == 2
    assert "parenthesis" in one_line(result)


def test_show_finds_an_article_by_the_start_of_its_id(place: Path) -> None:
    row = json.loads(run(place, "list", "--json", "--limit", "1").stdout)[0]
    shown = run(place, "show", row["id"][:8])
    assert shown.exit_code == 0
    assert shown.stdout.replace("\n", "").startswith(row["title"])
    record = json.loads(run(place, "show", row["id"], "--json").stdout)
    assert record["title"] == row["title"]
    assert record["flags"]["read"] is False
    assert record["blocks"]


def test_an_unknown_id_is_one_line(place: Path) -> None:
    result = run(place, "show", "zzzz")
    assert result.exit_code == 4
    assert "zzzz" in one_line(result)


def test_plan_reads_a_post_from_a_file_and_from_standard_input(place: Path) -> None:
    (place / "post.md").write_text(POST, "utf-8")
    from_file = json.loads(run(place, "plan", "--json", str(place / "post.md")).stdout)
    from_stdin = json.loads(run(place, "plan", "--json", "-", stdin=POST).stdout)
    assert from_file == from_stdin
    assert set(from_file) == {
        *("title", "url", "published", "paragraphs", "documents", "groups", "goals", "targets", "agencies", "code"),
    }
    assert from_file["published"] == "2026-10-08T02:00:00+00:00"
    assert [document["title"] for document in from_file["documents"]] == ["油茶产业提质行动方案"]
    assert from_file["groups"][0]["declared"] == 3
    assert len(from_file["groups"][0]["items"]) == 3
    assert from_file["targets"][0]["value"] == "9000"


def test_plan_without_json_prints_an_outline(place: Path) -> None:
    printed = run(place, "plan", "-", stdin=POST).stdout
    assert "《油茶产业提质行动方案》" in printed
    assert "三项行动  3/3" in printed


def test_plan_takes_plain_text_a_saved_page_and_an_archived_id(place: Path) -> None:
    text = "国家林草局印发《油茶方案》，提出两项行动：低产林改造行动、良种推广行动。"
    plain = json.loads(run(place, "plan", "--json", "-", stdin=text).stdout)
    page = f"<!doctype html><html><body><h1>油茶</h1><div class='article'><p>{text}</p></div></body></html>"
    saved = json.loads(run(place, "plan", "--json", "-", stdin=page).stdout)
    assert plain["groups"] == saved["groups"] != []
    assert plain["published"] is None
    row = json.loads(run(place, "list", "--json", "--limit", "1").stdout)[0]
    assert json.loads(run(place, "plan", "--json", row["id"]).stdout)["title"] == row["title"]


def test_a_file_without_an_article_is_one_line(place: Path) -> None:
    result = run(place, "plan", "-", stdin="")
    assert result.exit_code == 1
    assert "no article text" in one_line(result)


def test_import_counts_what_is_new_and_what_is_known(place: Path) -> None:
    (place / "posts" / "a.md").write_text(POST, "utf-8")
    assert run(place, "import", str(place / "posts")).stdout == "1 new, 0 changed, 0 known already\n"
    assert run(place, "import", str(place / "posts")).stdout == "0 new, 0 changed, 1 known already\n"
    changed = POST.replace("9000万亩", "9100万亩")
    (place / "posts" / "a.md").write_text(changed, "utf-8")
    assert run(place, "import", str(place / "posts")).stdout == "0 new, 1 changed, 0 known already\n"


def test_import_refuses_a_locked_archive(place: Path) -> None:
    (place / "posts" / "a.md").write_text(POST, "utf-8")
    with Archive.open(place / "archive", write=True):
        result = run(place, "import", str(place / "posts"))
    assert result.exit_code == 3
    one_line(result)


def test_config_commands(place: Path) -> None:
    path = str(place / "config.toml")
    assert run(place, "config", "path").stdout == f"{path}\n"
    assert run(place, "config", "check").stdout == f"{path}: good, 1 source\n"
    assert 'kind = "posts"' in run(place, "config", "show").stdout
    (place / "config.toml").write_text("theme = 3", "utf-8")
    broken = run(place, "config", "check")
    assert broken.exit_code == 2
    assert "theme: expected auto, dark or light" in one_line(broken)


def test_doctor_names_what_is_wrong(place: Path) -> None:
    good = run(place, "doctor")
    assert good.exit_code == 0
    assert "40 articles" in good.stdout
    (place / "config.toml").write_text("theme = 3", "utf-8")
    bad = run(place, "doctor")
    assert bad.exit_code == 1
    assert "✗ config.toml" in bad.stdout


def test_the_options_stand_before_or_after_the_command(place: Path) -> None:
    before = run(place, "list", "--json")
    words = ["list", "--json", "--config", str(place / "config.toml"), "--archive", str(place / "archive")]
    assert CliRunner().invoke(zhengwen, words).stdout == before.stdout


def test_a_name_of_neither_file_nor_article_is_one_line(place: Path) -> None:
    result = run(place, "plan", "no-such-file.md")
    assert result.exit_code == 4
    assert "neither a file nor" in one_line(result)


def test_the_dashboard_refuses_to_draw_into_a_pipe(place: Path) -> None:
    result = run(place)
    assert result.exit_code == 1
    assert "needs a terminal" in one_line(result)


def test_a_mistake_on_the_command_line_ends_with_the_usage_code(place: Path) -> None:
    assert run(place, "lists").exit_code == 2
    assert run(place, "--demo", "list").exit_code == 2


def sentence_in(place: Path, language: str) -> str:
    env = {**os.environ, "LANG": language, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-P", "-m", "tui", "--help"]
    return subprocess.run(command, env=env, cwd=place, capture_output=True, text=True, check=True).stdout


def test_help_is_in_the_readers_language(place: Path) -> None:
    assert "列出存档文章" in sentence_in(place, "zh_CN.UTF-8")
    assert "List archived articles" in sentence_in(place, "en_GB.UTF-8")


def test_poll_once_stores_posts_and_prints_events(place: Path) -> None:
    (place / "posts" / "a.md").write_text(POST, "utf-8")
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    options = ["--config", str(place / "config.toml"), "--archive", str(place / "archive")]
    command = [sys.executable, "-P", "-m", "tui", "poll", "--once", "--json", *options]
    done = subprocess.run(command, env=env, cwd=place, capture_output=True, text=True, check=True, timeout=60)
    events = [json.loads(line)["event"] for line in done.stdout.splitlines()]
    assert events[0] == "started"
    assert events[-1] == "stopped"
    assert "stored" in events
    assert len(json.loads(run(place, "list", "--json", "油茶").stdout)) == 1


def test_every_sample_of_the_demo_goes_through_the_plan_command(place: Path) -> None:
    for sample in samples()[:6]:
        result = run(place, "plan", "--json", "-", stdin=sample.body)
        assert result.exit_code == 0
        assert json.loads(result.stdout)["paragraphs"]


def test_a_term_with_a_minus_is_not_an_option(place: Path) -> None:
    every = json.loads(run(place, "list", "--json", "--limit", "0").stdout)
    for term in ("-cat:制造", "-is:read", "-h制造", "-title:规划"):
        with_dashes = run(place, "list", "--json", "--limit", "0", "--", term)
        assert run(place, "list", term, "--json", "--limit", "0").stdout == with_dashes.stdout
        assert run(place, "list", "--json", term, "--limit=0").stdout == with_dashes.stdout
    fewer = json.loads(run(place, "list", "date:1999..", "-cat:制造", "--json", "--limit", "0").stdout)
    assert 0 < len(fewer) < len(every)
    either = json.loads(run(place, "list", "--json", "--limit", "0", "cat:制造", "or", "-cat:制造").stdout)
    assert len(either) == len(every)
    assert run(place, "list", "-h").stdout.startswith("Usage")
    for words in (("--jsn",), ("规划", "--unread"), ("--limit",), ("--limit", "-1")):
        assert run(place, "list", *words).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--version",),
        ("list",),
        ("show", "@"),
        ("plan", "@"),
        ("compare", "@", "@"),
        ("targets",),
        ("config", "show"),
    ],
)
def test_a_command_that_prints_starts_no_event_loop(place: Path, words: tuple[str, ...]) -> None:
    with Archive.open(place / "archive") as archive:
        name = archive.listing().ids()[0]
    script = (
        "import sys; from tui.__main__ import main\n"
        "try: main()\n"
        "finally: print('asyncio' in sys.modules, file=sys.stderr)"
    )
    options = ["--config", str(place / "config.toml"), "--archive", str(place / "archive")]
    given = [name if word == "@" else word for word in words]
    outcome = subprocess.run(
        [sys.executable, "-c", script, *options, *given], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert outcome.stdout
    assert outcome.stderr == "False\n"
