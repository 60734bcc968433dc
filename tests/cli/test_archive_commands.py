"""`zhengwen archive …` from outside: the output and the exit code of each command."""

import signal
from collections.abc import Generator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feeds.archive import Archive
from feeds.archive.whole import Progressed, Whole
from tests.archive.corpus import article, articles
from tests.archive.ready import copy_ready
from tests.archive.test_versions import RECORDED
from tui.cli import zhengwen

COUNT = 900


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Nine hundred articles of four days."""
    (tmp_path / "config.toml").write_text("", "utf-8")
    copy_ready(tmp_path / "archive", "archive commands", fill)
    return tmp_path


def fill(archive: Archive) -> None:
    archive.store_many(articles(COUNT), search_later=True)
    while archive.upkeep(1000):
        pass


def run(place: Path, *words: str, stdin: str | None = None) -> Result:
    options = ("--config", str(place / "config.toml"), "--archive", str(place / "archive"))
    return CliRunner().invoke(zhengwen, [*options, "archive", *words], input=stdin)


def day(place: Path, name: str) -> Path:
    return place / "archive/shards/2024" / f"{name}.json"


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def test_verify_reports_that_all_is_well(place: Path) -> None:
    result = run(place, "verify")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "4 days read, no fault\n", "")


def test_verify_names_each_damaged_file(place: Path) -> None:
    flip(day(place, "2024-02-28"))
    flip(day(place, "2024-03-01"))
    result = run(place, "verify")
    assert (result.exit_code, result.stdout) == (1, "4 days read, 2 faults\n")
    assert [line.split()[1] for line in result.stderr.splitlines()] == ["2024-03-01.json", "2024-02-28.json"]


def test_rebuild_counts_what_is_in_the_index(place: Path) -> None:
    for file in (place / "archive").glob("index.sqlite*"):
        file.write_bytes(b"no database")
    result = run(place, "rebuild")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "900 articles in the index\n", "")
    assert run(place, "verify").exit_code == 0


def test_stats_prints_bytes_and_their_ratios(place: Path) -> None:
    lines = run(place, "stats").stdout.splitlines()
    assert lines[0] == "900 articles, 4 days"
    assert [line.split()[0] for line in lines[1:5]] == ["text", "day", "index", "marks"]
    assert float(lines[2].split()[-2]) <= 1.3
    assert "2024" in lines[7].split()
    assert sum("900" in line for line in lines) == 2


def test_stats_counts_old_days_and_migrate_rewrites_them(place: Path) -> None:
    day(place, "2024-03-01").write_bytes(RECORDED)
    assert "1 day is of an earlier version" in run(place, "stats").stdout
    assert run(place, "migrate").stdout == "1 day written anew\n"
    assert run(place, "migrate").stdout == "0 days written anew\n"
    assert "earlier version" not in run(place, "stats").stdout


def test_prune_asks_and_no_keeps_everything(place: Path) -> None:
    result = run(place, "prune", "--before", "2024-03-01", stdin="n\n")
    assert result.exit_code == 1
    assert "from before 2024-03-01 for good?" in result.stdout
    assert run(place, "verify").stdout == "4 days read, no fault\n"


def test_prune_removes_what_is_older_and_says_how_much(place: Path) -> None:
    with Archive.open(place / "archive", write=True) as archive:
        archive.set_flags([article(COUNT - 1).id], starred=True)
        total = archive.listing().total
    result = run(place, "prune", "--before", "2024-03-01", stdin="y\n")
    assert result.exit_code == 0
    assert "1 older article is starred or tagged and stays" in result.stdout
    with Archive.open(place / "archive") as archive:
        left = archive.listing().total
    assert f"{total - left} articles removed" in result.stdout
    assert 1 < left < total
    assert run(place, "prune", "--before", "2024-03-01", "--yes").stdout.endswith("0 articles removed, 0 B\n")
    assert run(place, "prune", "--before", "2025-01-01", "--yes", "--all").exit_code == 0
    with Archive.open(place / "archive") as archive:
        assert archive.listing().total == 0


def test_prune_wants_a_day(place: Path) -> None:
    assert run(place, "prune", "--before", "soon").exit_code == 2
    assert run(place, "prune").exit_code == 2


@pytest.mark.parametrize("words", [("rebuild",), ("migrate",), ("prune", "--before", "2024-03-01", "--yes")])
def test_a_command_that_writes_needs_the_archive_for_itself(place: Path, words: tuple[str, ...]) -> None:
    with Archive.open(place / "archive", write=True):
        assert run(place, *words).exit_code == 3
        assert run(place, "verify").exit_code == 0
        assert run(place, "stats").exit_code == 0


@pytest.mark.parametrize(
    ("words", "walk"),
    [
        (("verify",), "verify"),
        (("rebuild",), "rebuild"),
        (("stats",), "measure"),
        (("prune", "--before", "2025-01-01", "--yes"), "prune"),
    ],
)
def test_an_interrupt_ends_it_between_two_days(
    place: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], walk: str
) -> None:
    steps = getattr(Whole, walk)

    def interrupt(*given: object, **more: object) -> Generator[Progressed, None, None]:
        for number, step in enumerate(steps(*given, **more)):
            if number == 1:
                signal.raise_signal(signal.SIGINT)
            yield step

    with monkeypatch.context() as patch:
        patch.setattr(Whole, walk, interrupt)
        result = run(place, *words)
    assert result.exit_code == 130
    assert result.stderr.startswith("zhengwen: interrupted; ")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.output
    with Archive.open(place / "archive", write=True) as archive:
        assert [fault for step in Whole(archive).verify() for fault in step.faults] == []
