"""The results of tasks, computed in this process."""

import json
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import msgspec
import pytest

from feeds.archive.preparation.articles import ready_article
from feeds.assembly import article_of
from feeds.model import Article, Entry, Flags, Page, Source
from feeds.posts import post_text
from feeds.workers import worker
from feeds.workers.tasks import FeedTask, PostsTask, PostTask, Task, TextTask, WorkerAnswer
from feeds.workers.worker import answer_of, lines_of

SEEN = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
POST = "---\ntitle: 某省印发规划\ndate: 2026-01-12 09:00:00\n---\n\n<p>《规划》提出四大任务。</p>\n"
URL = "https://finance.example.cn/a.html"


def test_a_body_comes_before_a_summary_and_a_summary_replaces_a_missing_page() -> None:
    body = answer_of(TextTask(Entry(source="a", title="题", summary="提要", body="<p>正文。</p>"), None, SEEN)).article
    summary = answer_of(TextTask(Entry(source="a", title="题", summary="提要"), None, SEEN)).article
    waiting = answer_of(TextTask(Entry(source="a", title="题", summary="提要", url=URL), None, SEEN)).article
    assert body
    assert summary
    assert waiting
    assert [article.paragraphs for article in (body, summary, waiting)] == [["正文。"], ["提要"], []]


@pytest.mark.parametrize(
    ("entry", "page", "setting", "expected"),
    [
        (Entry(source="a", title="题", summary="提要", url=URL), b"", False, ["提要"]),
        (Entry(source="a", title="题", summary="提要", url=URL), b"", True, []),
        (Entry(source="a", title="题", url=URL, body="<p>订阅全文。</p>"), b"", True, ["订阅全文。"]),
        (Entry(source="a", title="题", url=URL, body="<p>订阅全文。</p>"), b"<html></html>", True, ["订阅全文。"]),
        (Entry(source="a", title="题", url=URL, body="<p>订阅全文。</p>"), b"", False, ["订阅全文。"]),
    ],
)
def test_a_text_follows_the_sources_setting_about_pages(
    entry: Entry,
    page: bytes,
    setting: bool,  # noqa: FBT001 -- a parameter of the test
    expected: list[str],
) -> None:
    answer = Page(url=URL, body=page, content_type="text/html") if page else None
    article = answer_of(TextTask(entry, answer, SEEN, has_page=setting)).article
    assert article
    assert article.paragraphs == expected


def test_an_article_is_filed_and_seen_as_the_task_says() -> None:
    article = answer_of(TextTask(Entry(source="a", title="题", body="<p>正文。</p>"), None, SEEN, ("宏观",))).article
    assert article
    assert (article.categories, article.seen) == ((("宏观",),), SEEN)


def test_a_page_that_fails_gives_a_fault_and_the_data_of_the_feed() -> None:
    page = Page(url=URL, body=b"%PDF-1.7 " + bytes(range(256)), content_type="application/pdf")
    answer = answer_of(TextTask(Entry(source="a", title="题", url=URL), page, SEEN))
    assert answer.article
    assert answer.article.title == "题"
    assert not answer.deadly


def test_a_feed_gives_its_entries_or_a_fault() -> None:
    source = Source(name="部委动态", kind="rss", url="https://feeds.example.cn/a", interval=300)
    feed = b"<rss version='2.0'><channel><item><title>A</title><link>https://example.cn/1</link></item></channel></rss>"
    assert [entry.title for entry in answer_of(FeedTask(source, Page(url="", body=feed))).entries] == ["A"]
    assert "no feed" in str(answer_of(FeedTask(source, Page(url="", body=b"<p>Hello"))).fault)


def test_a_file_is_read_as_entries_or_as_an_article(tmp_path: Path) -> None:
    file = tmp_path / "one.md"
    file.write_text(POST, "utf-8")
    (entry,) = answer_of(PostsTask(bytes(file), "posts")).entries
    article = answer_of(PostTask(bytes(file), "posts", SEEN)).article
    assert article
    assert (entry.title, article.title, article.sources) == ("某省印发规划", "某省印发规划", ("posts",))
    assert "cannot be read" in str(answer_of(PostsTask(bytes(tmp_path / "none.md"), "posts")).fault)


def test_a_post_is_read_once_and_made_ready_whoever_wrote_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "one.md"
    file.write_text(POST, "utf-8")
    theirs = answer_of(PostTask(bytes(file), "posts", SEEN))
    assert theirs.article
    own = tmp_path / "own.md"
    own.write_text(post_text(theirs.article, Flags(starred=True)), "utf-8")
    opened: list[str] = []
    open_file = Path.open
    monkeypatch.setattr(Path, "open", lambda path, *rest: opened.append(path.name) or open_file(path, *rest))  # type: ignore[func-returns-value]
    for path, flags in ((file, Flags()), (own, Flags(starred=True))):
        answer = answer_of(PostTask(bytes(path), "posts", SEEN))
        assert answer.article
        assert (answer.ready, answer.flags) == (ready_article(answer.article), flags)
    assert opened == ["one.md", "own.md"]


def answer_in(line: bytes) -> WorkerAnswer:
    assert line.endswith(b"\n")
    return msgspec.json.decode(line, type=WorkerAnswer)


RSS = Source(name="地方", kind="rss", url="https://feeds.example.cn/a")
ROLL = Source(name="滚动", kind="roll", channel="155/1686")
LIVE = Source(name="快讯", kind="live", channel="152")
FEEDS = [
    (RSS, "<rss version='2.0'><channel>%s</channel></rss>", "<item><title>%s</title><guid>%s</guid></item>", ""),
    (RSS, '{"version": "https://jsonfeed.org/version/1.1", "items": [%s]}', '{"title": "%s", "id": "%s"}', ","),
    (ROLL, '{"result": {"data": [%s]}}', '{"title": "%s", "url": "https://a.example.cn/%s"}', ","),
    (LIVE, '{"result": {"data": {"feed": {"list": [%s]}}}}', '{"rich_text": "【%s】印发", "id": "%s"}', ","),
]


@pytest.mark.parametrize(("source", "feed", "item", "joint"), FEEDS)
@pytest.mark.parametrize(
    "bug", [ValueError("year 0"), OverflowError("date"), KeyError("k"), RecursionError(), TypeError()]
)
def test_a_bug_in_one_entry_of_a_feed_affects_only_that_entry(
    source: Source, feed: str, item: str, joint: str, bug: Exception,
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def make(*, title: str, **fields: Any) -> Entry:
        if "怪题" in title:
            raise bug
        return Entry(title=title, **fields)

    for module in ("roll", "rss", "live"):
        monkeypatch.setattr(f"feeds.kinds.{module}.reading.Entry", make)
    titles = ["其一", "怪题", "其三"]
    body = feed % joint.join(item % (title, number) for number, title in enumerate(titles))
    answer = answer_in(*lines_of([FeedTask(source, Page(url="https://feeds.example.cn/a", body=body.encode()))]))
    assert [entry.title for entry in answer.entries] == ["其一", "其三"]
    assert not answer.fault
    assert str(answer.unread).startswith("left out 1 of its entries: not read, because zhengwen has a fault: ")
    assert type(bug).__name__ in str(answer.unread)
    assert capfd.readouterr().err.count("Traceback") == 1


@pytest.mark.parametrize("fails", [1, 2])
def test_a_bug_in_a_text_leaves_the_data_of_the_feed(
    fails: int, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    calls = 0

    def article_of_once(*words: object) -> Article:
        nonlocal calls
        calls += 1
        if calls <= fails:
            raise IndexError
        return article_of(*words)  # type: ignore[arg-type]

    monkeypatch.setattr("feeds.workers.worker.article_of", article_of_once)
    answer = answer_in(*lines_of([TextTask(Entry(source="a", title="题", body="<p>正文</p>"), None, SEEN)]))
    assert "IndexError" in str(answer.fault)
    assert (answer.article.title if answer.article else None) == ("题" if fails == 1 else None)
    assert "IndexError" in capfd.readouterr().err


@pytest.mark.parametrize("half", ["\\ud83d", "\\udc00 \\ud800"])
def test_half_a_surrogate_pair_in_a_body_does_not_remove_the_entry(half: str) -> None:
    items = [{"id": "1", "title": "其一", "content_html": "<p>甲HALF乙</p>"}, {"id": "2", "title": "其二"}]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).replace("HALF", half)
    answer = answer_in(*lines_of([FeedTask(RSS, Page(url=RSS.url, body=body.encode()))]))
    assert [entry.title for entry in answer.entries] == ["其一", "其二"]


def test_tasks_that_are_read_together_have_the_answers_of_each_alone(tmp_path: Path) -> None:
    own, theirs = tmp_path / "own.md", tmp_path / "theirs.md"
    theirs.write_text(POST, "utf-8")
    article = answer_of(PostTask(bytes(theirs), "posts", SEEN)).article
    assert article
    own.write_text(post_text(article, Flags(read=True)), "utf-8")
    feed = b"<rss version='2.0'><channel><item><title>A</title></item></channel></rss>"
    tasks: list[Task] = [
        TextTask(Entry(source="a", title="其一", body="<p>到2028年建成10座。</p>"), None, SEEN),
        FeedTask(RSS, Page(url="", body=feed)),
        PostTask(bytes(own), "posts", SEEN),
        PostTask(bytes(tmp_path / "none.md"), "posts", SEEN),
        PostsTask(bytes(theirs), "posts"),
        PostTask(bytes(theirs), "posts", SEEN),
        TextTask(Entry(source="a", title="其二", summary="提要"), None, SEEN),
    ]
    watched: list[None] = []
    answers = [answer_in(line) for line in lines_of(tasks, lambda: watched.append(None))]
    assert answers == [answer_of(task) for task in tasks]
    assert len(watched) == 4 * 3 + 3  # a text and a post have three steps, all else has one


def test_lines_that_wait_are_read_in_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_ROW", 3)
    monkeypatch.setattr(worker, "_ROW_BYTES", 10)
    lines: SimpleQueue[bytes] = SimpleQueue()
    for line in (b"1", b"2", b"3", b"4", b"long enough", b"5", b"6", b""):
        lines.put(line)
    assert list(worker._rows_in(lines)) == [[b"1", b"2", b"3"], [b"4", b"long enough"], [b"5", b"6"]]
