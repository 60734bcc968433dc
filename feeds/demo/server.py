"""The server: sockets, routes, and the clock by which it publishes.

/api/roll/get?pageid=155&lid=1686&num=&page=&callback=    the roll, JSON or JSONP (lid 1690 in GB18030)
/api/zhibo/feed?zhibo_id=152&page=&page_size=&callback=   the 7x24 feed
/sina/finance/china/<lid>?format=rss|atom|json            whole bodies in the feed, as RSSHub gives them
/…/YYYY-MM-DD/doc-i<id>.shtml  /…/detail-i<id>.d.html     an article's page; a flash's page
/fault/<kind>/…                                           each of these from a server with this fault
"""

import asyncio
import contextlib
import re
from collections import deque
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from feeds.demo import faults, listings, pages
from feeds.demo.http import DemoAnswer, Exchange, Request, bytes_of, request_of, request_to, with_validators
from feeds.demo.publisher import Flash, Publisher, Story
from feeds.demo.samples import CHANNELS, Layout
from feeds.model import BEIJING

_PAGE = re.compile(r"/(?P<folder>\w+)/\d{4}-\d\d-\d\d/(?P<kind>doc|detail)-i(?P<comos>[a-z]+\d+)\.(?:shtml|d\.html)")
_SYNDICATED = re.compile(r"/sina/finance/(?:china|rollnews)(?:/(?P<lid>\d+))?")
_FAULTY = re.compile(r"/fault/(?P<kind>\w+)(?P<rest>/.*)?", re.DOTALL)
_LAYOUTS: dict[str, Layout] = {"china": "finance", "c": "news", "t": "classic", "sa": "mobile", "7x24": "mobile"}
_IN_GB18030 = "1690"
_ALL = {"1686", "2509", "2519"}
_FEED_LENGTH = 30


class DemoServer:
    """An async context manager that serves on 127.0.0.1 while it is open.

    Every `every` seconds it publishes one more article (0: never by itself). `start` is the time of its clock when it
    opens (by default now). The same `start` and `seed` give the same articles. `faults` maps a lid, a zhibo_id or a
    path to a kind of fault. `exchanges` has the last requests.
    """

    def __init__(self, *, every: float = 0.0, start: datetime | None = None, seed: int = 0, port: int = 0) -> None:
        self.faults: dict[str, str] = {}
        self.exchanges: deque[Exchange] = deque(maxlen=1000)
        self.port = port
        self._every = every
        self._start = (start or datetime.now(BEIJING)).replace(microsecond=0)
        self._opened = 0.0
        self._news = Publisher(start=self._start, seed=seed, now=self.now)
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The base of every address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def now(self) -> datetime:
        """The time of the server's clock: `start` and the time since the server opened."""
        if self._server is None:
            return self._start
        return self._start + timedelta(seconds=asyncio.get_running_loop().time() - self._opened)

    def stories(self, channel: str = "") -> list[Story]:
        """The published stories, newest first."""
        return self._news.stories(channel)

    def flashes(self) -> list[Flash]:
        """The published flashes, newest first."""
        return self._news.flashes()

    def publish_next(self) -> Story:
        """Publish one more article now."""
        return self._news.publish_next()

    def publish_flash(self) -> Flash:
        """Publish one more flash now."""
        return self._news.publish_flash()

    def reissue(self) -> Story | None:
        """Change the newest article that can still change; None if no text can change."""
        return self._news.reissue()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, limit=64 * 1024)
        self._opened = asyncio.get_running_loop().time()
        self.port = self._server.sockets[0].getsockname()[1]
        if self._every > 0:
            self._keep_task(asyncio.create_task(self._publish_regularly()))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()

    def answer_to(self, request: Request) -> DemoAnswer:
        """The answer of a server without faults, before validators and packing."""
        if request.path == "/api/roll/get":
            return _roll_answer(self._news, request, self.url, self._start)
        if request.path == "/api/zhibo/feed":
            flashes = self._news.flashes() if request.query.get("zhibo_id", "152") == "152" else []
            text = listings.live_text(flashes, request.query, self.url, self._news.changed)
            return DemoAnswer(body=text.encode(), content_type=_script_type(request), modified=self._news.changed)
        if match := _SYNDICATED.fullmatch(request.path):
            return _syndication_answer(self._news, match["lid"] or "1686", request.query.get("format", "rss"), self.url)
        if match := _PAGE.fullmatch(request.path):
            return _page_answer(self._news, match, self.url)
        if request.path == "/":
            return DemoAnswer(body="<!DOCTYPE html><title>zhengwen demo</title><h1>演示站点</h1>".encode())
        return self._of_kind(request.path)

    def _of_kind(self, path: str) -> DemoAnswer:
        """The page that a kind of source serves in the demo by its own `demo.py`."""
        from feeds.kinds import demo_at  # few requests need it

        demo = demo_at(path)
        if demo is None:
            return DemoAnswer(body="<h1>404</h1>页面没有找到".encode(), status=404)
        stories = self._news.stories()[:_FEED_LENGTH]
        page = demo.answer(listings.entries_of(stories, self.url))
        modified = max((story.updated for story in stories), default=self._start)
        return DemoAnswer(body=page.body, content_type=page.content_type, modified=modified)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A separate task: asyncio up to 3.11 reports the cancelling of its own tasks as an error.
        self._keep_task(asyncio.create_task(self._serve_connection(reader, writer)))

    async def _serve_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (request := await request_of(reader)) and await self._respond(request, writer):
                pass
        except ConnectionError:
            pass  # the client closed the connection
        except asyncio.CancelledError:
            # The close would wait for the buffers of a client that does not read any more.
            writer.transport.abort()
            raise
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _respond(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Answer one request. Return False if the connection must end."""
        kind, request_inside = self._fault_of(request)
        if kind == "down":
            self._note_exchange(request, 0, 0)
            faults.reset_connection(writer)
            return False
        if request.method not in ("GET", "HEAD"):
            answer = DemoAnswer(body=b"", status=405, headers={"Allow": "GET, HEAD"})
        else:
            answer = with_validators(request, faults.answer_with_fault(kind, request, self.answer_to(request_inside)))
        data = bytes_of(request, answer)
        self._note_exchange(request, answer.status, len(data))
        if kind == "slow":
            await faults.send_slowly(writer, data)
        elif kind == "cut":
            writer.write(data[: -max(1, len(data) // 3)])
        else:
            writer.write(data)
        await writer.drain()
        return kind not in ("slow", "cut") and request.headers.get("connection", "").lower() != "close"

    def _fault_of(self, request: Request) -> tuple[str, Request]:
        if match := _FAULTY.fullmatch(request.target):
            kind = match["kind"] if match["kind"] in faults.KINDS else "500"
            return kind, request_to(match["rest"] or "/", method=request.method, headers=request.headers)
        names = (request.query.get("lid"), request.query.get("zhibo_id"), request.path)
        return next((self.faults[name] for name in names if name in self.faults), ""), request

    def _note_exchange(self, request: Request, status: int, size: int) -> None:
        self.exchanges.append(Exchange(target=request.target, status=status, size=size, headers=request.headers))

    def _keep_task(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._drop_task)

    def _drop_task(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            context = {"message": "the demo server has a bug", "exception": error}
            task.get_loop().call_exception_handler(context)

    async def _publish_regularly(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            for _ in self._news.publish_due():
                pass


def _script_type(request: Request, encoding: str = "utf-8") -> str:
    kind = "application/javascript" if request.query.get("callback") else "application/json"
    return f"{kind}; charset={encoding}"


def _roll_answer(news: Publisher, request: Request, base: str, start: datetime) -> DemoAnswer:
    lid = request.query.get("lid", "1686")
    stories = news.stories("" if lid in _ALL else lid) if lid in CHANNELS or lid in _ALL else []
    encoding = "gb18030" if lid == _IN_GB18030 else "utf-8"
    text = listings.roll_text(stories, request.query, base, escaped=encoding == "utf-8")
    return DemoAnswer(
        body=text.encode(encoding),
        content_type=_script_type(request, encoding),
        modified=max((story.updated for story in stories), default=start),
    )


def _syndication_answer(news: Publisher, lid: str, form: str, base: str) -> DemoAnswer:
    stories = news.stories("" if lid in _ALL else lid)[:_FEED_LENGTH]
    forms = {
        "rss": (listings.rss_text, "application/xml; charset=utf-8"),
        "atom": (listings.atom_text, "application/atom+xml; charset=utf-8"),
        "json": (listings.json_feed_text, "application/feed+json; charset=utf-8"),
    }
    if form not in forms or not stories:
        return DemoAnswer(body=b"no such feed", content_type="text/plain", status=404)
    text_of, content_type = forms[form]
    text = text_of(stories, lid, base, pages.artibody_of)
    return DemoAnswer(body=text.encode(), content_type=content_type, modified=max(story.updated for story in stories))


def _page_answer(news: Publisher, match: re.Match[str], base: str) -> DemoAnswer:
    layout: Layout = "mobile" if match["kind"] == "detail" else _LAYOUTS.get(match["folder"], "finance")
    if story := news.story(match["comos"]):
        related = [other for other in news.stories()[:6] if other.comos != story.comos][:4]
        text, modified = pages.page_of(story, base, layout, related), story.updated
    elif flash := news.flash(match["comos"]):
        text, modified = pages.flash_page_of(flash, base), flash.published
    else:
        return DemoAnswer(body="<h1>404</h1>页面没有找到".encode(), status=404)
    encoding = pages.ENCODINGS[layout]
    # As at Sina, the label is in the page's own meta.
    return DemoAnswer(body=text.encode(encoding, "xmlcharrefreplace"), content_type="text/html", modified=modified)
