"""An archive to write into, and small articles."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.identity import id_of
from feeds.model import BEIJING, Article, Block, Plan

NOON = datetime(2023, 5, 10, 12, 0, tzinfo=BEIJING)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A new archive, opened by its writer."""
    with Archive.open(tmp_path / "archive", write=True) as opened:
        yield opened


def small(
    name: str,
    *paragraphs: str,
    title: str = "",
    published: datetime = NOON,
    source: str = "宏观经济",
    category: tuple[str, ...] = ("金融",),
    agencies: tuple[str, ...] = (),
    keys: tuple[str, ...] = (),
) -> Article:
    """An article of a few words, known by `name`."""
    return Article(
        id=id_of(name),
        keys=(name, *keys),
        title=title or f"关于{name}的通知",
        published=published,
        seen=published + timedelta(minutes=1),
        sources=(source,),
        categories=(category,),
        blocks=tuple(map(Block, paragraphs or (f"{name}的正文。",))),
        plan=Plan(agencies=agencies),
    )
