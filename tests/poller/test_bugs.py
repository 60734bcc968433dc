"""A bug in one page, entry or source does not affect the others."""

from collections.abc import Sequence

import httpx
import pytest
from msgspec import structs

from feeds.archive import records
from feeds.model import Article, Fault, Flags, Source
from feeds.workers.tasks import Task, WorkerAnswer
from tests.poller.bench import HOST, Bench, answered, reply, set_aside

ODD = (ZeroDivisionError("odd"), KeyError("odd"), RuntimeError("odd \x1b[31m"), AttributeError("odd"), MemoryError())


@pytest.mark.parametrize("bug", ODD, ids=lambda bug: type(bug).__name__)
async def test_a_bug_in_one_page_affects_only_that_page(
    bench: Bench, bug: Exception, capfd: pytest.CaptureFixture[str]
) -> None:
    bench.site.channels["1689"] = [3, 2, 1]
    bench.site.answers["article-2"] = bug
    poll = answered(await bench.poll())
    assert (poll.outcome, poll.new) == ("ok", 3)
    assert type(bug).__name__ in str(poll.fault)
    assert str(poll.fault).isprintable()
    assert "Traceback" in capfd.readouterr().err
    with bench.archive() as archive:
        texts = {row.title: bool(archive.get(row.id).blocks) for row in archive.listing().window(0, 9)}
    assert texts == {"第3号方案印发": True, "第2号方案印发": False, "第1号方案印发": True}
    bench.site.answers.clear()
    bench.now = bench.now.replace(hour=12)
    assert answered(await bench.poll()).changed == 1


@pytest.mark.parametrize("bug", ODD, ids=lambda bug: type(bug).__name__)
async def test_a_bug_in_one_source_affects_only_that_source(
    bench: Bench, bug: Exception, capfd: pytest.CaptureFixture[str]
) -> None:
    bench.sources = (bench.roll("坏", "1686"), bench.roll("好", "1689"))
    bench.site.channels["1689"] = [1]
    bench.site.answers["lid=1686"] = bug
    events = await bench.poll()
    assert answered(events, "坏").outcome == "failed"
    assert type(bug).__name__ in str(answered(events, "坏").fault)
    assert answered(events, "好").new == 1
    assert "Traceback" in capfd.readouterr().err


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:65536/", "http://[", "//", "http://xn--a/", "https://" + "a" * 70_000, "\x1b]0;x\x07"],
)
async def test_an_odd_redirect_affects_only_that_article(bench: Bench, location: str) -> None:
    bench.site.channels["1689"] = [2, 1]
    bench.site.answers["article-2"] = httpx.Response(
        302, headers=[(b"Location", location.encode())], stream=httpx.ByteStream(b"")
    )
    poll = answered(await bench.poll())
    assert (poll.outcome, poll.new) == ("ok", 2)
    assert str(poll.fault).isprintable()


@pytest.mark.parametrize("bug", ODD, ids=lambda bug: type(bug).__name__)
async def test_a_bug_in_storing_one_article_affects_only_that_article(
    bench: Bench, bug: Exception, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    bench.sources = (bench.roll("甲", "1686"), bench.roll("乙", "1689"))
    bench.site.channels["1686"] = [5, 4]
    bench.site.channels["1689"] = [3, 2, 1]
    keep = records.record_of

    def record_of(article: Article, flags: Flags) -> records.Record:
        if article.title.startswith("第2号"):
            raise bug
        return keep(article, flags)

    with monkeypatch.context() as patched:
        patched.setattr("feeds.archive.writer.record_of", record_of)
        events = await bench.poll()
    assert [(answered(events, name).outcome, answered(events, name).new) for name in "甲乙"] == [("ok", 2), ("ok", 2)]
    assert answered(events, "甲").fault is None
    assert type(bug).__name__ in str(answered(events, "乙").fault)
    assert "Traceback" in capfd.readouterr().err
    bench.now = bench.now.replace(hour=12)
    assert answered(await bench.poll(), "乙").new == 1
    with bench.archive() as archive:
        assert len(archive.listing().window(0, 9)) == 5


async def test_entries_that_are_left_out_are_reported(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.site.channels["1689"] = [2, 1]
    read = bench.workers.read

    async def read_with_a_fault(tasks: Sequence[Task]) -> list[WorkerAnswer]:
        unread = Fault("left out {count} of its entries: {reason}", {"count": 3, "reason": "odd"})
        answers = await read(tasks)
        return [structs.replace(answer, unread=unread) if answer.entries else answer for answer in answers]

    monkeypatch.setattr(bench.workers, "read", read_with_a_fault)
    poll = answered(await bench.poll())
    assert (poll.outcome, poll.new, str(poll.fault)) == ("ok", 2, "left out 3 of its entries: odd")


async def test_a_page_that_fails_does_not_hide_what_is_missing(bench: Bench) -> None:
    cut = "<rss version='2.0'><channel><item><title>甲</title><link>/gone</link></item><item><title>乙</ti"
    bench.site.answers["/cut.xml"] = reply(cut)
    bench.site.answers["/gone"] = reply(status=404)
    bench.sources = (Source(name="源", kind="rss", url=f"{HOST}/cut.xml"),)
    poll = answered(await bench.poll(), "源")
    assert (poll.new, "breaks off" in str(poll.fault)) == (1, True)


async def test_a_post_that_links_into_the_local_network_is_not_followed(bench: Bench) -> None:
    folder = bench.folder / "posts"
    folder.mkdir()
    for name, link in (
        ("a", "http://127.0.0.1:9/x"),
        ("b", "http://localhost./x"),
        ("c", f"{HOST}/china/article-1.html"),
    ):
        (folder / f"{name}.md").write_text(f"---\ntitle: {name}\nlink: {link}\ndate: 2026-01-11 10:00\n---\n", "utf-8")
    bench.sources = (Source(name="帖子", kind="posts", url=str(folder), category=("帖子",)),)
    events = await bench.poll()
    assert bench.titles() == {"a", "b", "c"}
    assert [request.url.host for request in bench.site.asked] == ["finance.example.cn"]
    assert "inside the local network" in str(answered(events, "帖子").fault)
    assert not set_aside(events)


async def test_no_login_of_a_source_is_stored_or_printed(bench: Bench) -> None:
    feed = (
        "<rss version='2.0'><channel><item><title>甲</title><link>/china/article-1.html</link></item></channel></rss>"
    )
    loop = httpx.Response(302, headers={"Location": "/loop"}, stream=httpx.ByteStream(b""))
    bench.site.answers.update({"/feed": reply(feed), "/loop": loop, "/port": ValueError("http://bob:S3cret@x/")})
    address = HOST.replace("//", "//bob:S3cret@")
    bench.sources = tuple(
        Source(name=path, kind="rss", url=f"{address}/{path}", category=(path,)) for path in ("feed", "loop", "gone")
    )
    bench.site.answers["/gone"] = reply(status=404)
    events = await bench.poll()
    kept = "".join(path.read_text("utf-8", "replace") for path in bench.folder.rglob("*") if path.is_file())
    assert bench.titles() == {"甲"}
    assert "S3cret" not in kept
    assert "bob" not in kept
    assert "S3cret" not in repr(events)
    assert {request.headers["Authorization"] for request in bench.site.asked} == {"Basic Ym9iOlMzY3JldA=="}
