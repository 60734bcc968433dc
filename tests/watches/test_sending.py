"""An address of Apprise is read late, sent to once, and never printed. A module of the same name stands for Apprise."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from feeds.errors import FetchError
from feeds.watches.sending import address_of, message_of
from tests.watches.killing import ROOT

ADDRESS = "dingtalk://invented-token"
FAKE = """
import sys
class NotifyFormat: TEXT = "text"
class Apprise:
    def add(self, address):
        self.address = address
        return "://" in address
    def notify(self, title, body, body_format):
        if "down" in self.address: return False
        if "bug" in self.address: raise ValueError(self.address)
        open(sys.argv[0] and "SENT", "a").write(title + "|" + body + "\\n")
        return True
"""


def test_an_address_comes_from_a_variable_or_a_private_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROBOT", ADDRESS)
    file = tmp_path / "robot"
    file.write_text(ADDRESS + "\n", "utf-8")
    file.chmod(0o600)
    assert address_of(ADDRESS, tmp_path) == ADDRESS
    assert address_of({"env": "ROBOT"}, tmp_path) == ADDRESS
    assert address_of({"file": "robot"}, tmp_path) == ADDRESS


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused_without_its_content(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "robot"
    file.write_text(ADDRESS, "utf-8")
    file.chmod(mode)
    with pytest.raises(FetchError, match=r"robot can be read by others; .* \(chmod 600\)$") as caught:
        address_of({"file": str(file)}, tmp_path)
    assert "token" not in str(caught.value)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="NO_SUCH_ROBOT is not set"):
        address_of({"env": "NO_SUCH_ROBOT"}, tmp_path)
    with pytest.raises(FetchError, match="cannot be read"):
        address_of({"file": "missing"}, tmp_path)


@pytest.mark.parametrize(("text", "fault"), [("", "not set or empty"), (" \n", "empty"), ("x" * 9000, "too long")])
def test_a_file_without_an_address_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "robot"
    file.write_text(text, "utf-8")
    file.chmod(0o600)
    with pytest.raises(FetchError, match=rf"^notify\.apprise: .*/robot is .*{fault}"):
        address_of({"file": "robot"}, tmp_path)


def test_a_message_lists_the_first_articles() -> None:
    rows = [{"id": f"a{number}", "title": f"第{number}篇", "url": "https://x.example/"} for number in range(30)]
    title, body = message_of({"watches": ["甲", "乙"], "count": 30, "articles": rows})
    assert title == "甲 · 乙 (30)"
    assert body.splitlines()[0] == "第0篇"
    assert body.endswith("… +10")
    due = {"watches": ["甲"], "count": 1, "articles": [{"id": "a", "due": "2026 建成", "title": "题"}]}
    assert message_of(due) == ("甲", "2026 建成")


def send(folder: Path, address: str) -> subprocess.CompletedProcess[str]:
    (folder / "apprise.py").write_text(FAKE, "utf-8")
    (folder / "config.toml").write_text('[notify]\napprise = [{ env = "ROBOT" }]\n', "utf-8")
    telling = {"watches": ["甲"], "count": 1, "articles": [{"id": "a", "title": "题"}]}
    job = folder / "1.apprise1.json"
    job.write_text(json.dumps(telling), "utf-8")
    words = [sys.executable, "-P", "-m", "feeds.watches.sending", str(folder / "config.toml"), "1", str(job)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}", "ROBOT": address}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("address", "code", "left"),
    [
        (ADDRESS, 0, ".told"),
        ("dingtalk://token-down", 1, ".json"),
        ("no address token", 1, ".json"),
        ("x://token-bug", 1, ".told"),
    ],
)
def test_a_telling_is_sent_once_and_kept_if_it_was_not_sent(tmp_path: Path, address: str, code: int, left: str) -> None:
    run = send(tmp_path, address)
    assert run.returncode == code
    assert "token" not in run.stdout + run.stderr
    assert [file.suffix for file in tmp_path.glob("1.*")] == [left]
    sent = tmp_path / "SENT"
    assert (sent.read_text("utf-8") if sent.exists() else "") == ("甲|题\n" if address == ADDRESS else "")
