"""`zhengwen mark`: marks from the command line, of one article or several."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feeds.archive import Archive
from feeds.model import Flags
from tests.cli.test_export_command import stored
from tui.cli import zhengwen


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mark") / "archive"
    with Archive.open(folder, write=True) as opened:
        opened.store_many(stored()[:3])
    return folder


def run(archive: Path, *words: str) -> Result:
    return CliRunner().invoke(zhengwen, ["--archive", str(archive), "mark", *words])


def flags_of(archive: Path, name: str) -> Flags:
    with Archive.open(archive, catch_up=False) as opened:
        return opened.flags(name)


def test_marks_are_set_and_taken_away(archive: Path) -> None:
    first, second = (article.id for article in stored()[:2])
    done = run(archive, first, second, "--read", "--star", "--tag", "+甲,乙", "--note", "先看\x1b[31m")
    assert done.exit_code == 0, done.output
    assert flags_of(archive, second) == Flags(read=True, starred=True, tags=("甲", "乙"), note="先看")
    assert run(archive, second, "--unread", "--unstar", "--tag", "-甲，+丙", "--note", "").exit_code == 0
    assert flags_of(archive, second) == Flags(tags=("乙", "丙"))
    assert flags_of(archive, first).starred
    assert run(archive, second, "--tag", "丁", "--tag", "-乙", "--tag", "+a b，戊").exit_code == 0
    assert flags_of(archive, second).tags == ("丙", "丁", "a b", "戊")
    assert run(archive, second, "--tag", "＋#己，－丙, ＃庚").exit_code == 0
    assert flags_of(archive, second).tags == ("丁", "a b", "戊", "己", "庚")
    assert run(archive, second, "--tag", "+, #").exit_code == 2


def test_a_hidden_article_is_listed_again(archive: Path) -> None:
    name = stored()[2].id
    assert run(archive, name, "--hide").exit_code == 0
    assert flags_of(archive, name) == Flags(hidden=True)
    assert run(archive, name, "--unhide").exit_code == 0
    assert flags_of(archive, name) == Flags()


def test_a_mistake_marks_nothing(archive: Path) -> None:
    third = stored()[2].id
    assert run(archive, third).exit_code == 2
    assert run(archive, third, "zzzz", "--star").exit_code == 4
    assert run(archive, "--star").exit_code == 2
    assert flags_of(archive, third) == Flags()
