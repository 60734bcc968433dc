"""Servers that misbehave, on demand: what the fetching of feeds must withstand.

A fault is asked for in the address (`/fault/<kind>/api/roll/get?…` answers as `/api/roll/get?…` would, spoiled) or laid
on a channel from a test (`demo.faults["1689"] = "down"`).

    down    the connection is reset         slow    a byte now and then, for ever
    cut     the body ends before its length  empty   200 with no body
    html    a page where JSON was asked for  gbk     GB18030 bytes labelled UTF-8
    429     with Retry-After                 500     an error of the server's own
    loop    a redirect to itself             moved   one redirect to the right place
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


def spoiled(kind: str, request: Request, answer: DemoAnswer) -> DemoAnswer:
    """The answer as a server with that fault gives it; `down`, `slow` and `cut` are faults of the connection."""
    match kind:
        case "empty":
            answer = DemoAnswer(body=b"", content_type=answer.content_type)
        case "html":
            answer = DemoAnswer(body=maintenance_page().encode())
        case "gbk":
            answer = _mislabelled(answer)
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


async def trickle(writer: asyncio.StreamWriter, wire: bytes, pause: float = 0.2) -> None:
    """The head at once, then the body byte by byte: no read ever times out, and the whole takes for ever."""
    head, _, body = wire.partition(b"\r\n\r\n")
    writer.write(head + b"\r\n\r\n")
    for number in range(len(body)):
        writer.write(body[number : number + 1])
        await writer.drain()
        await asyncio.sleep(pause)


def reset(writer: asyncio.StreamWriter) -> None:
    """End the connection with RST instead of FIN."""
    if (connection := writer.get_extra_info("socket")) is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def _mislabelled(answer: DemoAnswer) -> DemoAnswer:
    text = answer.body.decode("utf-8", "replace")
    if "json" in answer.content_type:
        # Escapes are ASCII and would hide the wrong label.
        text = json.dumps(json.loads(text), ensure_ascii=False)
    content_type = answer.content_type.split(";")[0] + "; charset=utf-8"
    return DemoAnswer(body=text.encode("gb18030"), content_type=content_type)


@cache
def _bomb() -> bytes:
    return gzip.compress(b" " * _BOMB, mtime=0)
