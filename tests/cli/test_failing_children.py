"""Messages about an environment that cannot be used, and about a process that cannot start."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
POST = "---\ntitle: 某省印发规划\ndate: 2026-01-12 09:00:00\n---\n\n<p>《规划》提出四大任务。</p>\n"
CONFIG = '[fetch]\nretries = 0\n[[source]]\nname = "远"\nkind = "rss"\nurl = "http://feeds.example.invalid/a"\n'
POSTS = '[[source]]\nname = "近"\nkind = "posts"\nurl = "posts"\n'


def zhengwen(place: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return subprocess.run(
        [sys.executable, "-m", "tui", *words, "--config", str(place / "config.toml"), "--archive", str(place / "a")],
        cwd=ROOT, env={**kept, "LANG": "C.UTF-8", **variables}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text(CONFIG + POSTS, "utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "a.md").write_text(POST, "utf-8")
    return tmp_path


def shadow(place: Path, module: str) -> str:
    """A folder for PYTHONPATH in which this module cannot be imported."""
    folder = place / "shadow"
    folder.mkdir()
    (folder / f"{module}.py").write_text("raise RuntimeError('out of order \\x1b[31m')\n")
    return str(folder)


def test_a_bad_proxy_stops_only_the_sources_behind_it_and_is_reported(place: Path) -> None:
    run = zhengwen(place, "poll", "--once", ALL_PROXY="socks4://bob:S3cret@127.0.0.1:9")
    assert run.returncode == 1
    assert "ALL_PROXY names a SOCKS proxy (socks4://127.0.0.1:9)" in run.stdout
    assert "某省印发规划" in run.stdout
    assert "Traceback" not in run.stdout + run.stderr
    assert "S3cret" not in run.stdout + (place / "a" / "state.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("variable", "value", "address"),
    [
        ("ALL_PROXY", "socks4://127.0.0.1:9", "https://feeds.example.invalid/a"),
        ("HTTPS_PROXY", "http://127.0.0.1:65536", "https://feeds.example.invalid/a"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem", "https://feeds.example.invalid/a"),
        ("http_proxy", "[", "http://feeds.example.invalid/a"),
    ],
)
def test_plan_and_doctor_name_the_variable_in_a_line(place: Path, variable: str, value: str, address: str) -> None:
    run = zhengwen(place, "plan", address, **{variable: value})
    assert run.returncode == 1
    assert run.stderr.startswith(f"zhengwen: {variable}")
    assert run.stderr.count("\n") == 1
    doctor = zhengwen(place, "doctor", **{variable: value})
    assert doctor.returncode == 1
    assert [line for line in doctor.stdout.splitlines() if line.startswith("✗") and variable in line]
    assert not doctor.stderr


def test_doctor_prints_the_proxy_without_its_login(place: Path) -> None:
    run = zhengwen(
        place, "doctor", HTTPS_PROXY="http://bob:S3cret@proxy.example.cn:3128", NO_PROXY="[::1],example.cn,a%b"
    )
    assert "http://proxy.example.cn:3128 (HTTPS_PROXY)" in run.stdout
    assert "[::1], example.cn" in run.stdout
    assert "! NO_PROXY: a%b" in run.stdout
    assert "S3cret" not in run.stdout


@pytest.mark.parametrize("as_json", [False, True])
def test_a_poller_that_cannot_start_reports_why(place: Path, *, as_json: bool) -> None:
    words = ["poll", "--once", *(["--json"] if as_json else [])]
    run = zhengwen(place, *words, PYTHONPATH=shadow(place, "aiolimiter"))
    assert run.returncode == 1
    assert "RuntimeError: out of order �[31m" in run.stdout
    assert len(run.stdout.splitlines()) == 1
    if as_json:
        assert json.loads(run.stdout)["event"] == "stopped"
    assert not run.stderr
    assert "Traceback" in (place / "a" / "poller.log").read_text("utf-8")


def test_a_worker_that_cannot_start_stops_its_sources_and_reports_why(place: Path) -> None:
    run = zhengwen(place, "poll", "--once", PYTHONPATH=shadow(place, "selectolax"))
    assert run.returncode == 1
    assert "the process that reads does not start: RuntimeError: out of order �[31m" in run.stdout
    assert "Traceback" not in run.stdout + run.stderr


def test_an_archive_that_is_a_file_is_one_line(place: Path) -> None:
    (place / "a").write_text("no folder")
    run = zhengwen(place, "poll", "--once")
    assert run.returncode == 1
    assert len(run.stdout.splitlines()) == 1
    assert not run.stderr


def test_only_the_owner_can_read_the_pollers_files(place: Path) -> None:
    zhengwen(place, "poll", "--once")
    for name in ("state.json", "poller.log"):
        assert (place / "a" / name).stat().st_mode & 0o777 == 0o600
