"""Faults of servers, on request, to test how feeds are fetched.

An address can request a fault (`/fault/<kind>/api/roll/get?…` is `/api/roll/get?…` with that fault), and a test can set
one for a channel (`demo.faults["1689"] = "down"`).

    down    the connection is reset            slow    one byte after another, with pauses
    cut     the body ends before its length    empty   200 without a body
    html    a page instead of JSON             gbk     GB18030 bytes with the label UTF-8
    429     with Retry-After                   500     an error of the server
    loop    a redirect to itself               moved   one redirect to the right address
    bomb    a small gzip of 64 MiB
"""

import asyncio
import gzip
import json
import re
import socket
import struct
from functools import cache
from typing import Literal, get_args

from feeds.demo.http import DemoAnswer, Request
from feeds.demo.pages import maintenance_page

Fault = Literal["down", "slow", "cut", "empty", "html", "gbk", "429", "500", "loop", "moved", "bomb"]
KINDS: tuple[str, ...] = get_args(Fault)
RETRY_AFTER = 7
_BOMB = 64 * 1024 * 1024


def answer_with_fault(kind: str, request: Request, answer: DemoAnswer) -> DemoAnswer:
    """The answer of a server with this fault. `down`, `slow` and `cut` are faults of the connection."""
    match kind:
        case "empty":
            answer = DemoAnswer(body=b"", content_type=answer.content_type)
        case "html":
            answer = DemoAnswer(body=maintenance_page().encode())
        case "gbk":
            answer = _with_wrong_label(answer)
        case "429":
            answer = DemoAnswer(body="请求过于频繁".encode(), status=429, headers={"Retry-After": str(RETRY_AFTER)})
        case "500":
            answer = DemoAnswer(body=b"Internal Server Error", content_type="text/plain", status=500)
        case "loop":
            answer = DemoAnswer(body=b"", status=302, headers={"Location": request.target})
        case "moved":
            right = re.sub(r"^/fault/[^/?]*", "", request.target)
            answer = DemoAnswer(body=b"", status=301, headers={"Location": right})
        case "bomb":
            headers = {"Content-Encoding": "gzip"}
            answer = DemoAnswer(body=_bomb(), content_type=answer.content_type, headers=headers)
    return answer


async def send_slowly(writer: asyncio.StreamWriter, data: bytes, pause: float = 0.2) -> None:
    """Send the head at once, then the body byte by byte. No read times out, but the whole answer never ends."""
    head, _, body = data.partition(b"\r\n\r\n")
    writer.write(head + b"\r\n\r\n")
    for number in range(len(body)):
        writer.write(body[number : number + 1])
        await writer.drain()
        await asyncio.sleep(pause)


def reset_connection(writer: asyncio.StreamWriter) -> None:
    """End the connection with RST instead of FIN."""
    if (connection := writer.get_extra_info("socket")) is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def _with_wrong_label(answer: DemoAnswer) -> DemoAnswer:
    text = answer.body.decode("utf-8", "replace")
    if "json" in answer.content_type:
        # Escapes are ASCII, with which the label would be right.
        text = json.dumps(json.loads(text), ensure_ascii=False)
    content_type = answer.content_type.split(";")[0] + "; charset=utf-8"
    return DemoAnswer(body=text.encode("gb18030"), content_type=content_type)


@cache
def _bomb() -> bytes:
    return gzip.compress(b" " * _BOMB, mtime=0)
