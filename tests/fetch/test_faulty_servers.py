"""Faulty servers on real sockets of 127.0.0.1, because the limits of httpx end there."""

import asyncio
import gzip
import resource
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from feeds.errors import FetchError, TimedOut, TooLarge, Unreachable
from feeds.fetch import Fetcher
from feeds.fetch.bodies import Unpacker
from feeds.model import FetchLimits

MEGABYTE = 1024 * 1024


@asynccontextmanager
async def serving(handler: Callable[[asyncio.StreamWriter], Awaitable[None]]) -> AsyncIterator[str]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await handler(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


def fetcher(deadline: float = 10.0, max_bytes: int = MEGABYTE) -> Fetcher:
    return Fetcher(FetchLimits(deadline=deadline, max_bytes=max_bytes, pause=0.0, retries=0))


async def test_a_body_that_trickles_is_cut_at_the_deadline() -> None:
    async def trickle(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with serving(trickle) as url, fetcher(deadline=0.3) as client:
        with pytest.raises(TimedOut):
            await client.get(url)


async def test_headers_that_never_come_are_cut_at_the_deadline() -> None:
    async def silence(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(5)

    async with serving(silence) as url, fetcher(deadline=0.2) as client:
        with pytest.raises(TimedOut):
            await client.get(url)


async def test_an_endless_body_stops_at_the_limit() -> None:
    async def flood(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    async with serving(flood) as url, fetcher() as client:
        with pytest.raises(TooLarge, match="more than 1048576 bytes"):
            await client.get(url)


async def test_a_megabyte_that_unpacks_to_a_gigabyte_costs_neither_memory_nor_time() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(1024)) + packer.flush()
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n".encode()

    async def explode(writer: asyncio.StreamWriter) -> None:
        writer.write(head + bomb)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with serving(explode) as url, fetcher(max_bytes=8 * MEGABYTE) as client:
        with pytest.raises(TooLarge):
            await client.get(url)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # KiB


async def test_a_connection_that_breaks_in_the_body_is_unreachable() -> None:
    async def hang_up(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")

    async with serving(hang_up) as url, fetcher() as client:
        with pytest.raises(Unreachable, match="broke off"):
            await client.get(url)


async def test_an_answer_that_is_not_http_is_unreachable() -> None:
    async def greet(writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.cn ready\r\n")

    async with serving(greet) as url, fetcher() as client:
        with pytest.raises(Unreachable):
            await client.get(url)


async def test_a_port_where_nobody_listens_refuses() -> None:
    async def nothing(writer: asyncio.StreamWriter) -> None:
        """Never reached."""

    async with serving(nothing) as url:
        pass
    async with fetcher() as client:
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1 refuses the connection"):
            await client.get(url)


async def test_a_packing_that_was_not_requested_is_named() -> None:
    async def brotli(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 3\r\n\r\nabc")

    async with serving(brotli) as url, fetcher() as client:
        with pytest.raises(FetchError, match="packed its answer as br"):
            await client.get(url)


# Unpacking, byte by byte

TEXT = "到2027年，规模以上企业全面普及。".encode() * 50


def unpack(packed: bytes, encoding: str, step: int, cap: int = MEGABYTE) -> bytes:
    unpacker = Unpacker("example.cn", encoding, cap)
    for start in range(0, len(packed), step):
        unpacker.add(packed[start : start + step])
    return unpacker.finish()


@pytest.mark.parametrize("step", [1, 2, 7, 100_000])
@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("X-GZIP", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT, wbits=-15)),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0\0\0\0"),
    ],
)
def test_every_packing_is_unpacked_from_any_chunks(encoding: str, packed: bytes, step: int) -> None:
    assert unpack(packed, encoding, step) == TEXT


@pytest.mark.parametrize("kept", [1, 5, 30])
def test_a_packed_body_that_is_cut_off_is_a_fault(kept: int) -> None:
    with pytest.raises(Unreachable, match="broke off"):
        unpack(gzip.compress(TEXT)[:kept], "gzip", 3)


def test_an_empty_packed_body_is_empty() -> None:
    assert unpack(b"", "gzip", 1) == b""


def test_a_body_that_cannot_be_unpacked_is_a_fault() -> None:
    with pytest.raises(FetchError, match="cannot be unpacked"):
        unpack(b"<html>no gzip at all</html>", "gzip", 5)


FEED = '<?xml version="1.0" encoding="UTF-8"?><rss><channel><title>某市发布</title></channel></rss>'.encode()


@pytest.mark.parametrize("step", [1, 5, 100_000])
@pytest.mark.parametrize(
    "encoding",
    [
        *(
            "UTF-8",
            "utf8",
            "none",
            "None",
            "aws-chunked",
            "identity, utf-8",
            "8bit",
            "binary",
            "gb2312",
            "charset=utf-8",
        ),
        *("text/html", "", "br", "zstd", "house-made"),
    ],
)
def test_a_body_that_begins_as_text_or_file_is_used_as_it_is(encoding: str, step: int) -> None:
    for body in (FEED, b"\n " + FEED, b"\xef\xbb\xbf" + FEED, b'{"items": []}', b"<rss/>", b"[]"):
        assert unpack(body, encoding, step) == body


@pytest.mark.parametrize("encoding", ["aws-chunked, gzip", "gzip, utf-8", "gzip,aws-chunked", "br", "house-made"])
def test_gzip_is_unpacked_beside_a_name_that_is_not_a_packing(encoding: str) -> None:
    assert unpack(gzip.compress(FEED), encoding, 3) == FEED


@pytest.mark.parametrize("encoding", ["none", "utf-8", "aws-chunked"])
def test_a_body_with_a_name_that_is_not_a_packing_is_used_as_it_is(encoding: str) -> None:
    for body in (TEXT, bytes(range(256)), b"%PDF-1.7\n\x00\x01", b""):
        assert unpack(body, encoding, 100) == body


def test_plain_text_with_an_unknown_packing_is_used() -> None:
    assert unpack(TEXT, "house-made", 7) == TEXT
    assert unpack(TEXT.decode().encode("gb18030"), "house-made", 7) == TEXT.decode().encode("gb18030")


@pytest.mark.parametrize("body", [b"\x28\xb5\x2f\xfd\x04\x00" * 20, b"\x1b\x07\x00\xf8\x25" * 20, b"\x0b\x02"])
@pytest.mark.parametrize("encoding", ["br", "zstd", "house-made", "gzip, br"])
def test_bytes_in_a_packing_that_was_not_requested_are_refused(encoding: str, body: bytes) -> None:
    with pytest.raises(FetchError, match="packed its answer as"):
        unpack(body, encoding, 9)


def test_the_limit_itself_is_allowed_and_one_byte_more_is_not() -> None:
    assert len(unpack(gzip.compress(bytes(2048)), "gzip", 10, cap=2048)) == 2048
    with pytest.raises(TooLarge):
        unpack(gzip.compress(bytes(2049)), "gzip", 10, cap=2048)


def test_a_string_of_empty_packings_ends() -> None:
    with pytest.raises(TooLarge):
        unpack(gzip.compress(b"") * 1001, "gzip", 4096)
