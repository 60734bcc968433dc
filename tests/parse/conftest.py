"""Fixtures of the tests of `feeds.parse`."""

from pathlib import Path

import pytest

from feeds.model import Page, Source

DATA = Path(__file__).resolve().parent / "data"
SINA = Path(__file__).resolve().parents[3] / "shared" / "sina" / "pages"


@pytest.fixture(scope="session")
def sina_pages() -> Path:
    """Saved pages that stand beside the project where it is built; elsewhere the test is skipped."""
    if not SINA.is_dir():
        pytest.skip("no saved pages beside this checkout")
    return SINA


@pytest.fixture
def roll_source() -> Source:
    return Source(name="部委动态", kind="roll", channel="155/1689", category=("金融", "部委动态"))


@pytest.fixture
def live_source() -> Source:
    return Source(name="快讯", kind="live", channel="152", category=("金融", "7x24"))


@pytest.fixture
def rss_source() -> Source:
    return Source(name="国内", kind="rss", url="https://feeds.example/china", category=("金融", "国内"))


@pytest.fixture
def sample() -> "PageMaker":
    return PageMaker()


class PageMaker:
    """Answers as a server would give them."""

    def file(self, name: str, url: str = "https://finance.sina.com.cn/x.shtml") -> Page:
        return Page(url=url, body=(DATA / name).read_bytes(), content_type="text/html; charset=utf-8")

    def text(
        self, text: str, content_type: str = "", url: str = "https://feeds.example/a", coding: str = "utf-8"
    ) -> Page:
        return Page(url=url, body=text.encode(coding), content_type=content_type)
