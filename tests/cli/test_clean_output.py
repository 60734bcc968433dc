"""No command prints a byte that controls a terminal, whatever its input is."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from feeds.archive import Archive
from feeds.model import Block, Document, Plan, Span
from tests.archive.conftest import small

# ESC sequences of each family, 8-bit controls, bidirectional controls, line ends that forge a line, and markup.
ODD = (
    "\x1b]0;T\x07\x1b[31m\x1bPq\x1b\\\x9b5m\x9d52;c;eA==\x9c\x00\x08\x7f\x85\u2028\u202e\u2067\u061c"
    "[red]甲[/red][@click=app.bell]"
)
# Of C0 only the line end and, between the fields of a list, the tab.
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def run(place: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    options = ("--config", str(place / "config.toml"), "--archive", str(place / "archive"))
    return subprocess.run(
        [sys.executable, "-m", "tui", *options, *words],
        capture_output=True, check=False, env=os.environ | {"PYTHONUTF8": "1", "LANG": "C.UTF-8"} | environ,
    )  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An archive whose every string is odd: stored past all doors, as a day file of another machine may be."""
    posts = tmp_path / "posts"
    (posts / "夹\x1b]0;F\x07\u202e").mkdir(parents=True)
    (posts / "夹\x1b]0;F\x07\u202e" / "无\x9b31m\nx.md").write_text("x", "utf-8")
    (posts / "有\x1b[5m.md").write_text(f"---\ntitle: '题{ODD}'\nauthor: '{ODD}'\n---\n\n<p>正文{ODD}。</p>", "utf-8")
    (tmp_path / "config.toml").write_text(
        f'[[source]]\nname = "p"\nkind = "posts"\nurl = {json.dumps(str(posts))}\n', "utf-8"
    )
    article = msgspec.structs.replace(
        small("甲", f"正文{ODD}。", title=f"题{ODD}", source=f"源{ODD}", category=(f"类{ODD}",)),
        author=ODD, origin=f"报{ODD}", summary=ODD, url=f"https://news.example/{ODD}", keywords=(ODD,),
    )  # fmt: skip
    plan = Plan(documents=(Document(f"文件{ODD}", (f"部{ODD}",), f"号{ODD}", Span(0, 0, 2)),), agencies=(f"部{ODD}",))
    article = msgspec.structs.replace(article, plan=plan, blocks=(Block(f"正文{ODD}。"), Block(ODD, "heading", 1)))
    with Archive.open(tmp_path / "archive", write=True) as archive:
        name = archive.store(article).id
        archive.set_flags([name], starred=True, tag=[f"签{ODD}"])
        archive.fold_flags()
    return tmp_path


COMMANDS = [
    ("list",), ("list", "--json"), ("list", f"agency:{ODD}"), ("list", f"tga:{ODD}"), ("list", "--view", ODD),
    ("show", "ID"), ("show", "ID", "--json"), ("show", ODD), ("plan", "ID"), ("plan", "ID", "--json"),
    ("plan", f"no/such/{ODD}".replace("\x00", "")), ("plan", f"http://{ODD}/".replace("\x00", "")),
    ("archive", "stats"), ("archive", "verify"), ("archive", "rebuild"), ("doctor",), ("config", "show"),
    ("import", "POSTS"), ("import", "no\x1b[31msuch\x9b\u202e"), ("poll", "--once"), ("poll", "--once", "--json"),
    (f"no\x1b[31m{chr(0x9B)}such",), ("archive", "prune", "--before", "20\x1b[31m"), ("list", "--limit", "\x1b[31m"),
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words).encode("unicode_escape").decode()[:40])
def test_no_output_controls_a_terminal(place: Path, words: tuple[str, ...]) -> None:
    with Archive.open(place / "archive") as archive:
        name = archive.listing().ids()[0]
    found = {"ID": name, "POSTS": str(place / "posts")}
    outcome = run(place, *(found.get(word, word).replace("\x00", "") for word in words))
    text = (outcome.stdout + outcome.stderr).decode("utf-8")
    assert text
    assert "Traceback" not in text
    assert STEERS.findall(text) == []


@pytest.mark.parametrize("word", ["--\x1b[31mx", "--\x9b5m", "--\u202ex", "--once=\x1b]0;T\x07"])
def test_the_pollers_command_line_prints_no_controls(word: str) -> None:
    outcome = subprocess.run([sys.executable, "-m", "feeds", word], capture_output=True, check=False)
    assert outcome.returncode == 2
    assert STEERS.findall(outcome.stderr.decode()) == []


@pytest.mark.parametrize("encoding", ["gbk", "latin-1", "cp437", "big5"])
@pytest.mark.parametrize(
    "words", [("list",), ("show", "ID"), ("plan", "ID"), ("doctor",), ("archive", "stats"), ("--help",)]
)
def test_a_character_that_the_encoding_lacks_is_replaced(tmp_path: Path, encoding: str, words: str) -> None:
    (tmp_path / "config.toml").write_text('[[source]]\nname = "p"\nkind = "posts"\nurl = "posts"\n', "utf-8")
    with Archive.open(tmp_path / "archive", write=True) as archive:
        name = archive.store(small("甲", "正文😀ё。", title="题😀é𠮷")).id
    outcome = run(
        tmp_path, *(name if word == "ID" else word for word in words), PYTHONIOENCODING=encoding, PYTHONUTF8="0"
    )
    assert b"Traceback" not in outcome.stderr
    assert outcome.returncode == 0 or words == "doctor"
    outcome.stdout.decode(encoding)


def test_json_loses_nothing_to_an_encoding(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[[source]]\nname = "p"\nkind = "posts"\nurl = "posts"\n', "utf-8")
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store(small("甲", "正文。", title="题😀é𠮷"))
    outcome = run(tmp_path, "list", "--json", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert json.loads(outcome.stdout)[0]["title"] == "题😀é𠮷"


def test_a_list_in_a_pipe_is_not_cut_and_has_tabs(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[[source]]\nname = "p"\nkind = "posts"\nurl = "posts"\n', "utf-8")
    title = "关于" + "进一步" * 40 + "发展的通知"
    with Archive.open(tmp_path / "archive", write=True) as archive:
        name = archive.store(small("甲", "正文。", title=title)).id
    (line,) = run(tmp_path, "list", COLUMNS="80").stdout.decode().splitlines()
    assert line.split("\t")[2:5] == [name, "宏观经济", title]
    none = run(tmp_path, "list", "没有的词语")
    assert (none.returncode, none.stdout, none.stderr.count(b"\n")) == (0, b"", 1)
