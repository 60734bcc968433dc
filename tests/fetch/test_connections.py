"""The number to which a name resolves decides whether it may be requested."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address

import pytest
import stamina

from feeds.errors import FetchError, Unreachable
from feeds.fetch import Fetcher, connections, permission
from feeds.fetch.numbers import Number, Reach, reach_of
from feeds.model import FetchLimits

NAMES: dict[str, list[str]] = {}
OUTSIDE = ip_address("127.0.0.2")  # stands for the public network in these tests


@pytest.fixture(autouse=True)
def _a_network_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    async def numbers_of(host: str, port: int) -> list[str]:
        return NAMES.get(host) or [str(ip_address(host))]

    def reach(number: Number) -> Reach:
        return "outside" if number == OUTSIDE else reach_of(number)

    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(connections, "_numbers_of", numbers_of)
    monkeypatch.setattr(connections, "reach_of", reach)
    monkeypatch.setattr(permission, "reach_of", reach)
    NAMES.clear()
    with stamina.set_testing(True, attempts=1):
        yield


class Server:
    """Answers every request, and remembers its head."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.heads: list[str] = []
        self.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere"


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    handling = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        handling.add(asyncio.current_task())
        with suppress(OSError, asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                served.heads.append(head.decode())
                writer.write(served.answer)
                await writer.drain()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(handle, "0.0.0.0", 0, ssl=tls)  # noqa: S104 -- every number of the loopback network
    served = Server(server.sockets[0].getsockname()[1])
    async with server:
        yield served
    await asyncio.gather(*filter(None, handling))


def fetcher() -> Fetcher:
    return Fetcher(FetchLimits(deadline=5.0, pause=0.0, retries=0))


@pytest.mark.parametrize("numbers", [["127.0.0.1"], ["127.0.0.1", "::1"], ["10.0.0.1", "127.0.0.1"], ["100.64.0.1"]])
async def test_a_name_that_leads_inside_is_refused(numbers: list[str]) -> None:
    async with serving() as server, fetcher() as client:
        NAMES["pages.example.cn"] = numbers
        for source in ("http://feed.example.cn/feed", f"http://127.0.0.1:{server.port}/feed", ""):
            with pytest.raises(FetchError, match="inside the local network") as failure:
                await client.get(f"http://pages.example.cn:{server.port}/x", linked_from=source)
            assert f"pages.example.cn ({numbers[0]})" in str(failure.value)
    assert server.heads == []


@pytest.mark.parametrize(
    "number", ["169.254.169.254", "fe80::1%1", "100.100.100.200", "fd00:ec2::254", "168.63.129.16"]
)
async def test_a_metadata_service_is_refused_even_as_a_source(number: str) -> None:
    async with fetcher() as client:
        NAMES["feed.example.cn"] = [number]
        with pytest.raises(FetchError, match="never asked"):
            await client.get("http://feed.example.cn/feed")


async def test_the_readers_own_source_may_be_inside() -> None:
    async with serving() as server, fetcher() as client:
        NAMES["news.intern"] = ["127.0.0.1"]
        url = f"http://news.intern:{server.port}"
        assert (await client.get(f"{url}/feed")).body == b"here"
        assert (await client.get(f"{url}/a", linked_from=f"{url}/feed")).body == b"here"
    assert all(f"Host: news.intern:{server.port}" in head for head in server.heads)


async def test_an_open_connection_inside_serves_only_the_readers_source() -> None:
    async with serving() as server, fetcher() as client:
        NAMES["news.intern"] = ["127.0.0.1"]
        await client.get(f"http://news.intern:{server.port}/feed")
        for found in ("http://feed.example.cn/feed", ""):
            with pytest.raises(FetchError, match="inside the local network"):
                await client.get(f"http://news.intern:{server.port}/admin", linked_from=found)
    assert len(server.heads) == 1


async def test_a_redirect_is_checked_like_the_first_request() -> None:
    async with serving() as server, fetcher() as client:
        NAMES.update({"feed.example.cn": [str(OUTSIDE)], "router.example.cn": ["127.0.0.1"]})
        to = f"http://router.example.cn:{server.port}/admin"
        server.answer = f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()
        with pytest.raises(FetchError, match="inside the local network"):
            await client.get(f"http://feed.example.cn:{server.port}/feed")
    assert len(server.heads) == 1


async def test_a_name_that_led_outside_is_refused_inside_later() -> None:
    async with serving() as server, fetcher() as client:
        url = f"http://feed.example.cn:{server.port}/feed"
        server.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nhere"
        NAMES["feed.example.cn"] = [str(OUTSIDE)]
        await client.get(url)
        NAMES["feed.example.cn"] = ["127.0.0.1"]
        with pytest.raises(FetchError, match="inside the local network"):
            await client.get(url)
    assert len(server.heads) == 1


async def test_only_the_outer_numbers_of_a_name_are_used() -> None:
    async with serving() as server, fetcher() as client:
        NAMES["feed.example.cn"] = ["127.0.0.1", str(OUTSIDE)]
        await client.get(f"http://feed.example.cn:{server.port}/feed")
        server_numbers = {"127.0.0.1", str(OUTSIDE)}
        NAMES["feed.example.cn"] = ["127.0.0.1"]
        with pytest.raises(FetchError, match="inside the local network"):
            await client.get(f"http://feed.example.cn:{server.port}/x", linked_from="http://feed.example.cn/")
    assert server_numbers
    assert len(server.heads) == 1


async def test_this_machine_is_inside_by_any_of_its_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "reach_of", lambda _: "outside")
    async with serving() as server, fetcher() as client:
        NAMES["pages.example.cn"] = ["127.0.0.1"]  # as if it were this machine's number in the public network
        with pytest.raises(FetchError, match="inside the local network"):
            await client.get(f"http://pages.example.cn:{server.port}/x", linked_from="http://feed.example.cn/")
    assert server.heads == []


async def test_the_next_number_is_tried_if_one_does_not_answer() -> None:
    async with serving() as server, fetcher() as client:
        NAMES["news.intern"] = ["::1", "127.0.0.1"]  # nobody listens at the first
        url = f"http://news.intern:{server.port}/feed"
        assert (await client.get(url)).body == b"here"
    async with fetcher() as client:
        NAMES["news.intern"] = ["::1", "127.0.0.1"]
        with pytest.raises(Unreachable, match=r"news\.intern refuses the connection"):
            await client.get(url)


@pytest.mark.parametrize("host", ["a..b", "a" * 70 + ".example.cn", "%5b", "-", "xn--zzzzzzzz-.example.invalid"])
async def test_a_host_that_cannot_be_resolved_is_a_fault_of_its_address(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    async with fetcher() as client:
        with pytest.raises(FetchError):
            await client.get(f"http://{host}/")
