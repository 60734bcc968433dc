"""`python -m feeds.demo`: the embedded Sina as a process of its own.

Prints one JSON line {"port": …, "url": …}, then serves until SIGTERM or SIGINT, with --tied also until stdin ends.
"""

import argparse
import asyncio
import contextlib
import json
import signal
import sys
from datetime import datetime

from feeds.demo.server import DemoServer
from feeds.model import BEIJING


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m feeds.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two arrivals, 0 for none")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=_moment, default=None, help="what the clock shows at first, ISO 8601")
    parser.add_argument("--tied", action="store_true", help="end when stdin ends")
    asked = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(
            _serve(DemoServer(every=asked.every, start=asked.start, seed=asked.seed, port=asked.port), asked.tied)
        )


async def _serve(demo: DemoServer, tied: bool) -> None:  # noqa: FBT001 -- private, called once
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in its loop
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, ended.set)
    async with demo:
        print(json.dumps({"port": demo.port, "url": demo.url}), flush=True)  # noqa: T201 -- this line is the interface
        if tied:
            watched = asyncio.StreamReader()
            await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(watched), sys.stdin)
            last = asyncio.create_task(_until_end(watched, ended))
        await ended.wait()
        if tied:
            last.cancel()


async def _until_end(stdin: asyncio.StreamReader, ended: asyncio.Event) -> None:
    while await stdin.read(4096):
        pass
    ended.set()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


if __name__ == "__main__":
    main()
