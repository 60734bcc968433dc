"""The head of `show`: one time zone everywhere, and no name twice."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from feeds.archive import Archive
from feeds.model import BEIJING, Article, Block
from tui.cli import zhengwen

PUBLISHED = datetime(2026, 3, 4, 0, 30, tzinfo=BEIJING)


@pytest.fixture(params=["UTC", "America/New_York", "Pacific/Auckland", "Asia/Shanghai"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The process on another clock's time."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def head(tmp_path: Path, article: Article) -> list[str]:
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many([article])
    (tmp_path / "config.toml").write_text("", "utf-8")
    options = ("--config", str(tmp_path / "config.toml"), "--archive", str(tmp_path / "archive"))
    return CliRunner().invoke(zhengwen, [*options, "show", article.id]).stdout.splitlines()[:2]


def article(origin: str, author: str) -> Article:
    return Article(
        id="k7w2m9x4q1aa",
        keys=("guid:s:1",),
        title="水利部部署春灌工作",
        published=PUBLISHED,
        seen=PUBLISHED + timedelta(hours=1),
        origin=origin,
        author=author,
        blocks=(Block("各灌区按时开闸放水。"),),
    )


@pytest.mark.usefixtures("elsewhere")
def test_the_time_is_beijings(tmp_path: Path) -> None:
    assert head(tmp_path, article("水利网", "")) == ["水利部部署春灌工作", "水利网 · 2026-03-04 00:30"]


@pytest.mark.parametrize(
    ("origin", "author", "line"),
    [
        ("水利网", "水利网", "水利网 · 2026-03-04 00:30"),
        ("水利网", "灌区处", "水利网 · 灌区处 · 2026-03-04 00:30"),
        ("", "灌区处", "灌区处 · 2026-03-04 00:30"),
    ],
)
def test_an_author_who_is_the_origin_is_shown_once(tmp_path: Path, origin: str, author: str, line: str) -> None:
    assert head(tmp_path, article(origin, author))[1] == line
