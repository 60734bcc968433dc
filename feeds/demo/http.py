"""The part of HTTP/1.1 (RFC 9112) that a feed reader needs: GET and HEAD, keep-alive, conditional requests, gzip."""

import asyncio
import gzip
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit

from msgspec import Struct

_MAX_HEAD = 32 * 1024
_LEAST_PACKED = 400


class Request(Struct, frozen=True, kw_only=True):
    """One request: `path` is decoded, `query` has the first value of each name, names of headers are lower-case."""

    method: str
    target: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]


class DemoAnswer(Struct, frozen=True, kw_only=True):
    """One answer before its bytes are made."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    modified: datetime | None = None
    headers: dict[str, str] = {}


class Exchange(Struct, frozen=True, kw_only=True):
    """One request with its answer. The server keeps the last ones for tests."""

    target: str
    status: int
    size: int
    headers: dict[str, str]


async def request_of(reader: asyncio.StreamReader) -> Request | None:
    """Read the next request on the connection; None if the connection ended or it is not HTTP."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        return None
    if len(head) > _MAX_HEAD:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return None
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return request_to(words[1], method=words[0], headers=headers)


def request_to(target: str, *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Request:
    """A request for `target`, a path with its query."""
    parts = urlsplit(target)
    query = dict(reversed(parse_qsl(parts.query, keep_blank_values=True)))
    return Request(method=method, target=target, path=unquote(parts.path), query=query, headers=dict(headers or {}))


def etag_of(body: bytes) -> str:
    """A strong validator (RFC 9110 §8.8.3) for a body."""
    return f'"{hashlib.blake2b(body, digest_size=10).hexdigest()}"'


def with_validators(request: Request, answer: DemoAnswer) -> DemoAnswer:
    """The answer with its validators, or a 304 if the client already has it (RFC 9110 §13.2.2)."""
    if answer.status != 200 or not answer.body:
        return answer
    etag = etag_of(answer.body)
    headers = {**answer.headers, "ETag": etag, "Cache-Control": "max-age=0", "Vary": "Accept-Encoding"}
    if answer.modified:
        headers["Last-Modified"] = format_datetime(answer.modified.astimezone(UTC), usegmt=True)
    if _is_known(request, etag, answer.modified):
        return DemoAnswer(body=b"", content_type="", status=304, headers=headers)
    return DemoAnswer(body=answer.body, content_type=answer.content_type, headers=headers)


def bytes_of(request: Request, answer: DemoAnswer) -> bytes:
    """The bytes of head and body, packed if the request allows it and the body is long."""
    body = answer.body
    headers = {"Server": "zhengwen-demo", **answer.headers}
    if answer.content_type:
        headers["Content-Type"] = answer.content_type
    is_packed = "gzip" in request.headers.get("accept-encoding", "") and "Content-Encoding" not in headers
    if is_packed and len(body) > _LEAST_PACKED:
        body = gzip.compress(body, compresslevel=5, mtime=0)
        headers["Content-Encoding"] = "gzip"
    if answer.status != 304:
        headers.setdefault("Content-Length", str(len(body)))
    if request.headers.get("connection", "").lower() == "close":
        headers["Connection"] = "close"
    head = f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    return head.encode("latin-1") + (b"" if request.method == "HEAD" else body)


def _is_known(request: Request, etag: str, modified: datetime | None) -> bool:
    if known := request.headers.get("if-none-match"):
        return known.strip() == "*" or etag in [tag.strip().removeprefix("W/") for tag in known.split(",")]
    since = request.headers.get("if-modified-since")
    if since and modified:
        try:
            return modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except ValueError:
            return False
    return False
