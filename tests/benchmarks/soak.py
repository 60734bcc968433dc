"""The dashboard alone with many busy sources: bytes to the terminal, and memory for each minute.

    python -m tests.benchmarks.soak --minutes 20 --sources 200

A server of its own answers on 127.0.0.1. One source in ten fails, each of five kinds in turn; the others list one new
article a second between them. Nobody types. Run by hand: tests do not time.
"""

import argparse
import asyncio
import contextlib
import subprocess
import sys
import tempfile
import time
from email.utils import formatdate
from html import escape
from pathlib import Path

from tests.archive import corpus
from tests.benchmarks.scale.footprint import child_of, memory
from tests.benchmarks.scale.terminal import PYTHON, ROOT, SIZE, Terminal

KEPT = 40  # articles that a feed lists at most
WARM = 2  # minutes after which memory should stand still
BYTES, MEGABYTES = 20_000, 70.0  # what the dashboard may write a second, and take
_SEED = 11
_FAILURES = (
    b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 5\r\n\r\nhello",
    b"",  # silence, and then the end
    None,  # the end at once
    b"HTTP/1.1 429 Slow down\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n",
)


def _item(number: int, begun: float) -> str:
    article = corpus.article(-number - 1000, _SEED)
    body = "".join(f"<p>{escape(text)}</p>" for text in article.paragraphs[:4])
    return (
        f"<item><title>{escape(article.title)} {number}</title><guid isPermaLink='false'>soak-{number}</guid>"
        f"<pubDate>{formatdate(begun + number)}</pubDate><description>{escape(body)}</description></item>"
    )


def _feed(source: int, well: int, begun: float) -> bytes:
    numbers = range(source, int(time.time() - begun) + 1, well)[-KEPT:]
    items = "".join(_item(number, begun) for number in reversed(numbers))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>feed {source}</title>'
        f"<link>http://127.0.0.1/</link><description>invented</description>{items}</channel></rss>"
    ).encode()


async def _serve(sources: int) -> None:
    begun, well = time.time(), max(1, sources - sources // 10)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                source = int(head.split()[1].rpartition(b"/")[2])
                if source < well:
                    body = _feed(source, well, begun)
                    kind = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
                    writer.write(kind + b"Content-Length: %d\r\n\r\n" % len(body) + body)
                elif failure := _FAILURES[source % len(_FAILURES)]:
                    writer.write(failure)
                else:
                    await asyncio.sleep(0 if failure is None else 8)
                    break
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await asyncio.to_thread(sys.stdin.read)  # until whoever started us goes


def _config(folder: Path, sources: int, port: str, interval: int) -> Path:
    head = 'language = "en"\nview = []\n[fetch]\npause = 0.0\nper_host = 16\nretries = 0\n'
    if not sources:
        head = 'source = []\nlanguage = "en"\nview = []\n'
    path = folder / "config.toml"
    tables = (
        f'[[source]]\nname = "s{n}"\nkind = "rss"\nurl = "http://127.0.0.1:{port}/feed/{n}"\ninterval = {interval}\n'
        for n in range(sources)
    )
    path.write_text(head + "".join(tables), "utf-8")
    return path


def soak(minutes: float, sources: int, interval: int, size: tuple[int, int]) -> bool:
    """Let it run, print a line a minute and the sum; whether it kept to what it may write and take."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.soak", "--serve", "--sources", str(sources)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    if server.stdin is None or server.stdout is None:
        raise AssertionError
    port = server.stdout.readline().decode().strip()
    rates: list[float] = []
    sizes: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        config = _config(Path(folder), sources, port, interval)
        command = [*PYTHON, "tui", "--config", str(config), "--archive", f"{folder}/archive"]
        with Terminal(command, size=size) as terminal:
            pid = terminal.process.pid
            terminal.idle(10)  # the first pictures, and the first round of every source
            print("minute   bytes/s   dashboard MB   poller MB", flush=True)
            slice_ = min(60.0, minutes * 60)
            for minute in range(1, max(1, round(minutes)) + 1):
                before = terminal.written
                terminal.idle(slice_)
                rates.append((terminal.written - before) / slice_)
                sizes.append(memory(pid)["Rss"])
                poller = memory(child_of(pid))["Rss"]
                print(f"{minute:6}  {rates[-1]:8.0f}  {sizes[-1]:13.1f}  {poller:10.1f}", flush=True)
    server.stdin.close()
    server.wait(10)
    mean, most = sum(rates) / len(rates), max(sizes)
    grown = sizes[-1] - sizes[min(WARM, len(sizes)) - 1]
    print(f"{mean:.0f} bytes/s, at most {max(rates):.0f}; at most {most:.1f} MB, {grown:+.1f} MB after minute {WARM}")
    return max(rates) <= BYTES and most <= MEGABYTES


def main() -> None:
    """Soak, or serve for a soak."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--interval", type=int, default=20, help="seconds between two turns of a source")
    parser.add_argument("--size", default="x".join(map(str, SIZE)))
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        asyncio.run(_serve(asked.sources))
        return
    width, height = map(int, asked.size.split("x"))
    sys.exit(0 if soak(asked.minutes, asked.sources, asked.interval, (width, height)) else 1)


if __name__ == "__main__":
    main()
