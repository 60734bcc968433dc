"""`python -m feeds.demo`: the embedded Sina as a process of its own.

It prints one JSON line {"port": …, "url": …} and serves until SIGTERM or SIGINT. With --tied it also ends with stdin.
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
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        demo = DemoServer(every=arguments.every, start=arguments.start, seed=arguments.seed, port=arguments.port)
        asyncio.run(_serve(demo, arguments.tied))


async def _serve(demo: DemoServer, tied: bool) -> None:  # noqa: FBT001 -- private, called once
    loop = asyncio.get_running_loop()
    end = asyncio.Event()
    with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in its loop
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, end.set)
    async with demo:
        print(json.dumps({"port": demo.port, "url": demo.url}), flush=True)  # noqa: T201 -- the parent reads it
        if tied:
            stdin = asyncio.StreamReader()
            await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stdin), sys.stdin)
            last = asyncio.create_task(_until_end(stdin, end))
        await end.wait()
        if tied:
            last.cancel()


async def _until_end(stdin: asyncio.StreamReader, end: asyncio.Event) -> None:
    while await stdin.read(4096):
        pass
    end.set()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


if __name__ == "__main__":
    main()
