"""One article from an address, over real HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from feeds.errors import FeedError
from feeds.intake.article import article_of_address
from feeds.model import FetchLimits
from tests.http_server import QuietHandler, serving

SEEN = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
PAGE = (
    "<html><head><meta charset='utf-8'><title>某市印发方案</title></head><body><p>方案提出三项任务。</p></body></html>"
)


@pytest.fixture
def place() -> Iterator[str]:
    """A host that shows its page to one login."""

    class Site(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802 -- as http.server calls it
            good = self.headers.get("Authorization") == "Basic Ym9iOlMzY3JldA=="
            body = (PAGE if self.path == "/a" else "<html></html>").encode()
            self.send_response(200 if good else 401)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with serving(Site) as host:
        yield host


def test_a_login_opens_the_page_and_is_not_in_its_address(place: str) -> None:
    article = article_of_address(f"http://bob:S3cret@{place}/a", FetchLimits(retries=0), SEEN)
    assert (article.title, article.url) == ("某市印发方案", f"http://{place}/a")
    assert "S3cret" not in repr(article)


@pytest.mark.parametrize("login", ["bob:S3cret", "bob:wr0ng"])
def test_no_message_holds_the_login(place: str, login: str) -> None:
    with pytest.raises(FeedError) as failure:
        article_of_address(f"http://{login}@{place}/empty", FetchLimits(retries=0), SEEN)
    assert "bob" not in str(failure.value)
    assert place.partition(":")[0] in str(failure.value)
