"""The server: sockets, routes and the clock that lets news arrive.

/api/roll/get?pageid=155&lid=1686&num=&page=&callback=    the roll, JSON or JSONP (lid 1690 in GB18030)
/api/zhibo/feed?zhibo_id=152&page=&page_size=&callback=   the 7x24 wire
/sina/finance/china/<lid>?format=rss|atom|json            whole bodies in the feed, as RSSHub gives them
/…/YYYY-MM-DD/doc-i<id>.shtml  /…/detail-i<id>.d.html     an article's page; a flash's page
/fault/<kind>/…                                           any of these from a server with that fault
"""

import asyncio
import contextlib
import re
from collections import deque
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from feeds.demo import faults, listings, pages
from feeds.demo.http import DemoAnswer, Exchange, Request, conditional, request_of, request_to, wire_of
from feeds.demo.newsroom import Flash, Newsroom, Story
from feeds.demo.samples import CHANNELS, Dress
from feeds.model import BEIJING

_PAGE = re.compile(r"/(?P<folder>\w+)/\d{4}-\d\d-\d\d/(?P<kind>doc|detail)-i(?P<comos>[a-z]+\d+)\.(?:shtml|d\.html)")
_SYNDICATED = re.compile(r"/sina/finance/(?:china|rollnews)(?:/(?P<lid>\d+))?")
_FAULTY = re.compile(r"/fault/(?P<kind>\w+)(?P<rest>/.*)?", re.DOTALL)
_DRESSES: dict[str, Dress] = {"china": "finance", "c": "news", "t": "classic", "sa": "mobile", "7x24": "mobile"}
_IN_GB18030 = "1690"
_ALL = {"1686", "2509", "2519"}
_FEED_LENGTH = 30


class DemoServer:
    """An async context manager that serves on 127.0.0.1 while it is open.

    `every` seconds bring one more article (0: none by itself); `start` is what the clock shows when the server opens
    (now by default); the same `start` and `seed` give the same news. `faults` maps a lid, a zhibo_id or a path to a
    kind of fault; `exchanges` holds the last requests.
    """

    def __init__(self, *, every: float = 0.0, start: datetime | None = None, seed: int = 0, port: int = 0) -> None:
        self.faults: dict[str, str] = {}
        self.exchanges: deque[Exchange] = deque(maxlen=1000)
        self.port = port
        self._every = every
        self._start = (start or datetime.now(BEIJING)).replace(microsecond=0)
        self._opened = 0.0
        self._news = Newsroom(start=self._start, seed=seed, now=self.now)
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The base of every address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def now(self) -> datetime:
        """The server's clock: `start` and what has passed since it opened."""
        if self._server is None:
            return self._start
        return self._start + timedelta(seconds=asyncio.get_running_loop().time() - self._opened)

    def stories(self, channel: str = "") -> list[Story]:
        """What has been published, newest first."""
        return self._news.stories(channel)

    def flashes(self) -> list[Flash]:
        """The wire so far, newest first."""
        return self._news.flashes()

    def publish_next(self) -> Story:
        """Let one more article arrive at once."""
        return self._news.publish_next()

    def publish_flash(self) -> Flash:
        """Let one more line arrive on the wire at once."""
        return self._news.publish_flash()

    def reissue(self) -> Story | None:
        """Change the newest article that can still change; None when there is none."""
        return self._news.reissue()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, limit=64 * 1024)
        self._opened = asyncio.get_running_loop().time()
        self.port = self._server.sockets[0].getsockname()[1]
        if self._every > 0:
            self._keep(asyncio.create_task(self._let_arrive()))
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
        """The answer to a request by a server in good order, before validators and compression."""
        if request.path == "/api/roll/get":
            return self._roll(request)
        if request.path == "/api/zhibo/feed":
            flashes = self._news.flashes() if request.query.get("zhibo_id", "152") == "152" else []
            text = listings.live_text(flashes, request.query, self.url, self._news.changed)
            return DemoAnswer(body=text.encode(), content_type=_script_type(request), modified=self._news.changed)
        if match := _SYNDICATED.fullmatch(request.path):
            return self._syndicated(match["lid"] or "1686", request.query.get("format", "rss"))
        if match := _PAGE.fullmatch(request.path):
            return self._page(match)
        if request.path == "/":
            return DemoAnswer(body="<!DOCTYPE html><title>zhengwen demo</title><h1>演示站点</h1>".encode())
        return DemoAnswer(body="<h1>404</h1>页面没有找到".encode(), status=404)

    def _roll(self, request: Request) -> DemoAnswer:
        lid = request.query.get("lid", "1686")
        stories = self._news.stories("" if lid in _ALL else lid) if lid in CHANNELS or lid in _ALL else []
        encoding = "gb18030" if lid == _IN_GB18030 else "utf-8"
        text = listings.roll_text(stories, request.query, self.url, escaped=encoding == "utf-8")
        return DemoAnswer(
            body=text.encode(encoding),
            content_type=_script_type(request, encoding),
            modified=max((story.updated for story in stories), default=self._start),
        )

    def _syndicated(self, lid: str, form: str) -> DemoAnswer:
        stories = self._news.stories("" if lid in _ALL else lid)[:_FEED_LENGTH]
        forms = {
            "rss": (listings.rss_text, "application/xml; charset=utf-8"),
            "atom": (listings.atom_text, "application/atom+xml; charset=utf-8"),
            "json": (listings.json_feed_text, "application/feed+json; charset=utf-8"),
        }
        if form not in forms or not stories:
            return DemoAnswer(body=b"no such feed", content_type="text/plain", status=404)
        text_of, content_type = forms[form]
        text = text_of(stories, lid, self.url, pages.artibody_of)
        return DemoAnswer(
            body=text.encode(), content_type=content_type, modified=max(story.updated for story in stories)
        )

    def _page(self, match: re.Match[str]) -> DemoAnswer:
        dress: Dress = "mobile" if match["kind"] == "detail" else _DRESSES.get(match["folder"], "finance")
        if story := self._news.story(match["comos"]):
            related = [other for other in self._news.stories()[:6] if other.comos != story.comos][:4]
            text, modified = pages.page_of(story, self.url, dress, related), story.updated
        elif flash := self._news.flash(match["comos"]):
            text, modified = pages.flash_page_of(flash, self.url), flash.published
        else:
            return DemoAnswer(body="<h1>404</h1>页面没有找到".encode(), status=404)
        encoding = pages.ENCODINGS[dress]
        # As Sina does: the label stands in the page's own meta.
        return DemoAnswer(body=text.encode(encoding, "xmlcharrefreplace"), content_type="text/html", modified=modified)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A task of our own: asyncio up to 3.11 reports the cancelling of its own ones as an error.
        self._keep(asyncio.create_task(self._converse(reader, writer)))

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (request := await request_of(reader)) and await self._respond(request, writer):
                pass
        except ConnectionError:
            pass  # the reader went away, as readers do
        except asyncio.CancelledError:
            # A reader that reads no more would keep a close waiting for its buffers.
            writer.transport.abort()
            raise
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _respond(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False when the connection is to end."""
        kind, request_inside = self._fault_of(request)
        if kind == "down":
            self._note(request, 0, 0)
            faults.reset(writer)
            return False
        if request.method not in ("GET", "HEAD"):
            answer = DemoAnswer(body=b"", status=405, headers={"Allow": "GET, HEAD"})
        else:
            answer = conditional(request, faults.spoiled(kind, request, self.answer_to(request_inside)))
        wire = wire_of(request, answer)
        self._note(request, answer.status, len(wire))
        if kind == "slow":
            await faults.trickle(writer, wire)
        elif kind == "cut":
            writer.write(wire[: -max(1, len(wire) // 3)])
        else:
            writer.write(wire)
        await writer.drain()
        return kind not in ("slow", "cut") and request.headers.get("connection", "").lower() != "close"

    def _fault_of(self, request: Request) -> tuple[str, Request]:
        if match := _FAULTY.fullmatch(request.target):
            kind = match["kind"] if match["kind"] in faults.KINDS else "500"
            return kind, request_to(match["rest"] or "/", method=request.method, headers=request.headers)
        names = (request.query.get("lid"), request.query.get("zhibo_id"), request.path)
        return next((self.faults[name] for name in names if name in self.faults), ""), request

    def _note(self, request: Request, status: int, size: int) -> None:
        self.exchanges.append(Exchange(target=request.target, status=status, size=size, headers=request.headers))

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._let_go)

    def _let_go(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            context = {"message": "the demo server has a bug", "exception": error}
            task.get_loop().call_exception_handler(context)

    async def _let_arrive(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            for _ in self._news.arrive():
                pass


def _script_type(request: Request, encoding: str = "utf-8") -> str:
    kind = "application/javascript" if request.query.get("callback") else "application/json"
    return f"{kind}; charset={encoding}"
