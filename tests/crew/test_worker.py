"""What is read of a task, in this process."""

from datetime import UTC, datetime
from pathlib import Path

from feeds.crew.tasks import Feed, Post, Posts, Text
from feeds.crew.worker import answer_of
from feeds.model import Entry, Page, Source

SEEN = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
POST = "---\ntitle: 某省印发规划\ndate: 2026-01-12 09:00:00\n---\n\n<p>《规划》提出四大任务。</p>\n"
URL = "https://finance.example.cn/a.html"


def test_a_body_goes_before_a_summary_and_a_summary_stands_in_where_no_page_is_to_be_had() -> None:
    body = answer_of(Text(Entry(source="a", title="题", summary="提要", body="<p>正文。</p>"), None, SEEN)).article
    summary = answer_of(Text(Entry(source="a", title="题", summary="提要"), None, SEEN)).article
    waiting = answer_of(Text(Entry(source="a", title="题", summary="提要", url=URL), None, SEEN)).article
    assert body
    assert summary
    assert waiting
    assert [article.paragraphs for article in (body, summary, waiting)] == [["正文。"], ["提要"], []]


def test_an_article_is_filed_and_seen_as_the_task_says() -> None:
    article = answer_of(Text(Entry(source="a", title="题", body="<p>正文。</p>"), None, SEEN, ("宏观",))).article
    assert article
    assert (article.categories, article.seen) == ((("宏观",),), SEEN)


def test_a_page_that_is_none_is_a_fault_beside_the_article_as_its_feed_tells_it() -> None:
    page = Page(url=URL, body=b"%PDF-1.7 " + bytes(range(256)), content_type="application/pdf")
    answer = answer_of(Text(Entry(source="a", title="题", url=URL), page, SEEN))
    assert answer.article
    assert answer.article.title == "题"
    assert not answer.deadly


def test_a_feed_gives_its_entries_or_says_why_not() -> None:
    source = Source(name="部委动态", kind="rss", url="https://feeds.example.cn/a", interval=300)
    feed = b"<rss version='2.0'><channel><item><title>A</title><link>https://example.cn/1</link></item></channel></rss>"
    assert [entry.title for entry in answer_of(Feed(source, Page(url="", body=feed))).entries] == ["A"]
    assert "no feed" in str(answer_of(Feed(source, Page(url="", body=b"<p>Hello"))).fault)


def test_a_file_is_read_as_entries_or_as_an_article(tmp_path: Path) -> None:
    file = tmp_path / "one.md"
    file.write_text(POST, "utf-8")
    (entry,) = answer_of(Posts(bytes(file), "posts")).entries
    article = answer_of(Post(bytes(file), "posts", SEEN)).article
    assert article
    assert (entry.title, article.title, article.sources) == ("某省印发规划", "某省印发规划", ("posts",))
    assert "cannot be read" in str(answer_of(Posts(bytes(tmp_path / "none.md"), "posts")).fault)
