"""The documentation is true: each example of README, docs, help and config.toml works and finds something."""

import importlib.util
import os
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from msgspec import Struct, structs

import tui.cli
from feeds import config
from feeds.archive import Archive
from feeds.kinds.registry import kind_names, kind_of
from feeds.query import FIELDS, parse
from tests.documentation.conftest import NOW, Place
from tests.documentation.extraction import (
    ROOT,
    catalogue_filters,
    code_spans,
    commands,
    commented_keys,
    docstring_filters,
    fences,
    help_filters,
    keys,
    page_filters,
    settings,
    spellings,
)
from tui.cli.commands import articles, export
from tui.commands import COMMANDS, shown_key

PATIENCE = 60  # seconds
# What a reader writes behind an offered sign.
BEHIND = {"due": "2030", "groups": "4", "value": "50%"}
FILTERS = [
    *page_filters(),
    *(("?", term) for term in help_filters()),
    *(("feeds.query", term) for term in docstring_filters()),
    *(("messages", term) for term in catalogue_filters()),
    *(
        ("offers", f"{field.name}:{word}" + ("" if word[-1].isalnum() else BEHIND[field.name]))
        for field in FIELDS
        for word in field.words
    ),
]
LINES = list(dict.fromkeys(line for usage in commands() for line in spellings(usage)))
SCREENS = [line for line in LINES if line in ("zhengwen", "zhengwen --demo")]


class Moment(datetime):
    """A clock that stands still, so that `date:today` means the demo's day."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return NOW.astimezone(tz)


def test_examples_are_found_at_all() -> None:
    assert len(LINES) > 25
    assert len(FILTERS) > 80
    assert {page for page, _term in FILTERS} >= {"docs/query.md", "?", "feeds.query", "messages", "offers"}
    assert SCREENS == ["zhengwen --demo", "zhengwen"]


@pytest.mark.parametrize(("page", "text"), FILTERS, ids=lambda value: value)
def test_a_filter_finds_something_and_its_spelling_the_same(demo_place: Place, page: str, text: str) -> None:
    wish = parse(text, NOW.date())
    with Archive.open(demo_place.archive) as archive:
        found = archive.listing(wish).ids()
        assert found
        assert archive.listing(parse(str(wish), NOW.date())).ids() == found


def test_an_agency_is_found_by_each_of_its_names(demo_place: Place) -> None:
    with Archive.open(demo_place.archive) as archive:
        for names in (
            ("工信部", "工业和信息化部"),
            ("发改委", "国家发展改革委", "国家发改委"),
            ("央行", "中国人民银行"),
        ):
            found = [archive.listing(parse(f"agency:{name}", NOW.date())).ids() for name in names]
            assert found[0]
            assert all(ids == found[0] for ids in found)


def command_of(words: list[str]) -> tuple[click.Command, int]:
    """The command that words name, and how many of them name it."""
    found: click.Command = tui.cli.zhengwen
    for number, word in enumerate(words):
        inner = found.commands.get(word) if isinstance(found, click.Group) else None
        if inner is None:
            return found, number
        found = inner
    return found, len(words)


def fill(line: str, place: Place) -> list[str]:
    """The line's words behind `zhengwen`, with something real for each placeholder; prose may leave arguments out."""
    posts = str(place.folder / "文件夹")
    opml = place.folder / "feeds.opml"
    opml.write_text("<opml/>", "utf-8")
    real = {
        "ID": place.article_id, "FILE": f"{posts}/post.md", "URL": place.page, "PATH": posts, "FOLDER": posts,
        "文件夹": posts, "DATE": "2026-11-01", "N": "5", "QUERY": "规划", "DIR": str(place.archive), "NAME": "到期",
        "FILE|URL|ID|-": f"{posts}/post.md", "WHEN": "week", "A": f"{posts}/post.md", "B": place.article_id,
        "SOURCE": "宏观经济", "OPML": str(opml), "QUERY|NUMBER|WORD": "规划", "NUMBER": "1", "WORD": "规划",
    }  # fmt: skip
    words = shlex.split(line)[1:]
    command, depth = command_of(words)
    given = [word for word in words[depth:] if not word.startswith("--")]
    if not given:
        words += [
            parameter.metavar.removesuffix("...")
            for parameter in command.params
            if isinstance(parameter, click.Argument) and parameter.required and parameter.metavar
        ]
        words += [
            word
            for parameter in command.params
            if isinstance(parameter, click.Option) and parameter.required
            for word in (parameter.opts[0], parameter.metavar or "")
        ]
    return [real.get(word.rstrip("…"), word) for word in words]


def run(place: Place, words: list[str]) -> Result:
    stdin = "y\n" if "prune" in words else "国家林草局印发《山核桃产业方案》，提出两项行动：良种行动、加工行动。"
    options = ["--config", str(place.config), "--archive", str(place.archive)]
    return CliRunner().invoke(tui.cli.zhengwen, [*options, *words], input=stdin)


@pytest.mark.parametrize("line", [line for line in LINES if line not in SCREENS])
def test_a_command_does_what_the_documentation_says(
    place: Place, line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for module in (articles, export):
        monkeypatch.setattr(module, "datetime", Moment)
    monkeypatch.chdir(tmp_path)  # where an export is written
    words = fill(line, place)
    if words[0] == "poll" and "--once" not in words:
        code, said = poll(place, words)
    else:
        result = run(place, words)
        code, said = result.exit_code, result.stdout
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert code == 0, result.output
    assert code == 0
    assert said.strip()


def poll(place: Place, words: list[str]) -> tuple[int, str]:
    """`zhengwen poll`, ended by SIGTERM once it has said something: its code and first line."""
    command = [sys.executable, "-m", "tui", "--config", str(place.config), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
    return process.returncode, line


@pytest.mark.parametrize("line", SCREENS)
def test_the_dashboard_opens_and_ends_as_documented(place: Place, line: str) -> None:
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    environ = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tui", "--config", str(place.config), *line.split()[1:]]
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, start_new_session=True, env=environ, cwd=place.folder
    )
    os.close(slave)
    shown, limit = b"", time.monotonic() + PATIENCE
    try:
        while time.monotonic() < limit:
            if "冷链".encode() in shown:
                os.write(master, b"q")  # README: `q` pressed twice quits; a panel takes one more
            if select.select([master], [], [], 0.5)[0]:
                shown += os.read(master, 65536)
    except OSError:  # Linux says so when the other side is closed
        pass
    finally:
        os.close(master)
        if time.monotonic() >= limit:
            process.kill()
    assert process.wait(60) == 0
    assert b"Traceback" not in shown


def every_command(group: click.Group, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*before, name), command
        if isinstance(command, click.Group):
            yield from every_command(command, (*before, name))


EVERY = dict(every_command(tui.cli.zhengwen))


@pytest.mark.parametrize("words", [(), *EVERY], ids=" ".join)
def test_help_and_the_page_of_commands_agree(words: tuple[str, ...]) -> None:
    command = EVERY[words] if words else tui.cli.zhengwen
    for flag in ("--help", "-h"):
        result = CliRunner().invoke(tui.cli.zhengwen, [*words, flag])
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: ")
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    if not isinstance(command, click.Group):
        assert any(shlex.split(line)[1:][: len(words)] == [*words] for line in LINES)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and "--version" not in parameter.opts:
            assert all(option in page for option in parameter.opts)


@pytest.mark.parametrize(("page", "key"), keys())
def test_a_documented_key_belongs_to_a_command(page: str, key: str) -> None:
    assert key in {shown_key(known) for command in COMMANDS for known in command.keys}


@pytest.mark.parametrize(("page", "text"), list(fences("toml")))
def test_a_block_of_configuration_is_accepted(tmp_path: Path, page: str, text: str) -> None:
    assert check(tmp_path, text) == 0


TABLES = {
    "": "",
    "fetch": "[fetch]\n",
    "source": '[[source]]\nname = "a"\nkind = "rss"\n',
    "feed": '[[source]]\nname = "a"\nkind = "rss"\nurl = "https://a.cn/x"\n',
    "view": '[[view]]\nname = "a"\nquery = "is:unread"\n',
    "macro": '[[macro]]\nname = "a"\ncommands = ["toggle-star"]\n',
    "pipe": '[[pipe]]\nname = "a"\ncommand = "wc"\n',
    "rule": '[[rule]]\nquery = "报价"\n',
    "keys": "[keys]\n",
}


@pytest.mark.parametrize("line", settings())
def test_a_setting_between_backticks_is_accepted(tmp_path: Path, line: str) -> None:
    assert 0 in [check(tmp_path, f"{table}{line}\n") for table in TABLES.values()]


@pytest.mark.parametrize("line", re.findall(r"^\w+ = .*$", (ROOT / "config.toml").read_text("utf-8"), re.MULTILINE))
def test_each_value_that_a_comment_lists_is_accepted(tmp_path: Path, line: str) -> None:
    key, _equals, rest = line.partition(" = ")
    comment = rest.partition("  #")[2]
    listed = re.search(r"\w+(?: \| \w+)+", comment)
    for value in listed[0].split(" | ") if listed else ():
        assert check(tmp_path, f"{key} = {value if value.isdecimal() else repr(value)}\n") == 0


def test_config_toml_explains_every_key_and_no_other() -> None:
    shipped = tomllib.loads((ROOT / "config.toml").read_text("utf-8"))
    commented = commented_keys()
    structs_of: dict[str, type[Struct]] = {
        "": config.tables.FileTable,
        "fetch": config.tables.FetchTable,
        "source": config.tables.SourceTable,
        "view": config.tables.ViewTable,
        "macro": config.tables.MacroTable,
        "pipe": config.tables.PipeTable,
        "rule": config.tables.RuleTable,
    }
    for table, struct in structs_of.items():
        known = {field.name for field in structs.fields(struct)} - {"options"}  # no reader can write it
        if table == "source":
            known |= {key for name in kind_names() for key in kind_of(name).own_keys}
        given = set(shipped if not table else shipped["fetch"] if table == "fetch" else commented[table])
        assert known - {"fetch", "source", "view", "macro", "pipe", "rule"} <= given <= known


def check(folder: Path, text: str) -> int:
    (folder / "config.toml").write_text(text, "utf-8")
    result = CliRunner().invoke(tui.cli.zhengwen, ["--config", str(folder / "config.toml"), "config", "check"])
    return result.exit_code


SHELL = [line.strip() for _page, text in fences("sh") for line in text.splitlines() if line.startswith("jq ")]


@pytest.mark.parametrize("line", SHELL)
def test_a_line_of_jq_prints_something(demo_place: Place, line: str) -> None:
    if shutil.which("jq") is None:
        pytest.skip("no jq on this machine")
    outcome = subprocess.run(["sh", "-c", line], cwd=demo_place.folder, capture_output=True, check=True)  # noqa: S607
    assert outcome.stdout.strip()


def test_each_module_that_is_named_for_a_command_exists() -> None:
    text = "\n".join(body for language in ("sh", "") for _page, body in fences(language))
    text += "\n".join(span for path in (ROOT / "docs").glob("*.md") for span in code_spans(path))
    named = set(re.findall(r"python -m ([\w.]+)", text))
    assert "tests.benchmarks" in named
    assert all(importlib.util.find_spec(name) for name in named)
