"""Articles made of a few paragraphs, for the tests of the plan room."""

from collections.abc import Callable
from datetime import datetime

import pytest

from feeds.model import BEIJING, Article, Block, Plan
from feeds.plan import plan_of

WHEN = datetime(2022, 3, 20, 9, tzinfo=BEIJING)


def article_of(*paragraphs: str, title: str = "", when: datetime = WHEN) -> Article:
    blocks = tuple(Block(paragraph) for paragraph in paragraphs)
    return Article(id="x", keys=("x",), title=title, published=when, seen=when, blocks=blocks)


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    return article_of


@pytest.fixture(scope="session")
def plan() -> Callable[..., Plan]:
    """The plan of an article with these paragraphs."""

    def of(*paragraphs: str, title: str = "", when: datetime = WHEN) -> Plan:
        return plan_of(article_of(*paragraphs, title=title, when=when))

    return of
