"""Which addresses are opened, which only after the reader was asked, and by what name their host is shown."""

from pathlib import Path

import pytest

from tests.tui.sample import dashboard_of, until
from tui import browsing
from tui.screens.main.parts.web_page import WebPage

PLAIN = (
    "https://news.example.cn/1",
    "http://新闻.example.cn/1",
    "https://政策.中国/",
    "http://bücher.example/",
    "http://192.0.2.7/",
)
DOUBTFUL = (
    "https://bob:geheim@news.example.cn/1",
    "https://news.example.cn@evil.example/1",
    "https://nеws.example.cn/",
    "https://αpple.example/",
    "https://аррӏе.example/",
    "https://xn--80ak6aa92e.example/",
)


@pytest.mark.parametrize("url", PLAIN)
def test_a_plain_address_is_no_matter_of_doubt(url: str) -> None:
    assert browsing.may_open(url)
    assert browsing.doubt_of(url) == ""


@pytest.mark.parametrize("url", DOUBTFUL)
def test_an_address_that_may_mislead_is_asked_about(url: str) -> None:
    assert browsing.may_open(url)
    assert browsing.doubt_of(url)
    assert browsing.host_of(url).isascii()


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "https:///x", "https://a.example\\@b.example/"]
)
def test_nothing_but_the_web_is_opened(url: str) -> None:
    assert not browsing.may_open(url)


async def test_o_asks_once_and_opens_then(archive_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(browsing, "open_url", lambda url: not opened.append(url))  # type: ignore[func-returns-value]
    monkeypatch.setattr(browsing, "takes_the_terminal", lambda: False)
    url = DOUBTFUL[0]
    monkeypatch.setattr(WebPage, "address", lambda _page: url)
    async with dashboard_of(archive_path) as (app, pilot):
        await pilot.press("o")
        assert "news.example.cn" in (words := "".join(notice.message for notice in app._notifications))
        assert "geheim" not in words
        assert not opened
        await pilot.press("o")
        await until(pilot, lambda: opened == [url], "the browser")
