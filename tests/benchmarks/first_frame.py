"""The dashboard's first full picture beside an empty Textual app, both started cold in a terminal of 120×40.

    python tests/benchmarks/first_frame.py [--articles 10000] [--runs 15]

Each run starts both, in turn, on a pseudo-terminal and takes the time from the start of the process until its first
picture stands: for the empty app its one word, for the dashboard the title of the newest article. Run by hand.
"""

import argparse
import os
import platform
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from feeds.archive import Archive  # noqa: E402 -- the checkout's own
from tests.archive.corpus import articles  # noqa: E402

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("READYREADY")
Empty().run()
"""
CONFIG = 'language = "zh"\n[[source]]\nname = "nothing"\nkind = "posts"\nurl = "{folder}"\n'


def picture(command: list[str], marker: bytes) -> float:
    """Seconds until `marker` has been drawn."""
    main, side = pty.openpty()
    ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdin=side, stdout=side, stderr=side, env=env, cwd="/", start_new_session=True)
    os.close(side)
    seen = b""
    try:
        while marker not in seen:
            if not select.select([main], [], [], 30)[0]:
                raise TimeoutError(seen[-2000:].decode(errors="replace"))
            seen = (seen + os.read(main, 65536))[-200_000:]
        return time.perf_counter() - begun
    finally:
        os.close(main)  # nobody reads the screen any more: to the child that is a hang-up
        child.send_signal(signal.SIGTERM)
        child.wait(20)


def row(name: str, seconds: list[float]) -> str:
    low, middle, high = min(seconds), statistics.median(seconds), max(seconds)
    return f"{name:24} min {low * 1000:6.0f} ms   median {middle * 1000:6.0f} ms   max {high * 1000:6.0f} ms"


def measure(runs: int, first: Callable[[], float], second: Callable[[], float]) -> tuple[list[float], list[float]]:
    first(), second()  # the first start of each reads cold files
    pairs = [(first(), second()) for _ in range(runs)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def main() -> None:
    """Build the archive, measure in pairs, print medians and the ratio pair by pair."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "archive"
        with Archive.open(place, write=True) as archive:
            archive.store_many(articles(options.articles, seed=1))
            newest = archive.listing().window(0, 1)[0]
        (Path(folder) / "posts").mkdir()
        config = Path(folder) / "config.toml"
        config.write_text(CONFIG.format(folder=Path(folder) / "posts"), "utf-8")
        dashboard = [sys.executable, "-P", "-m", "tui", "--config", str(config), "--archive", str(place)]
        marker = newest.title[:6].encode()
        empty, full = measure(
            options.runs,
            lambda: picture([sys.executable, "-c", EMPTY], b"READYREADY"),
            lambda: picture(dashboard, marker),
        )
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(row("empty Textual app", empty))
    print(row(f"{options.articles:,} articles", full))
    ratios = [b / a for a, b in zip(empty, full, strict=True)]
    middle = statistics.median(ratios)
    print(f"{'ratio, pair by pair':24} min {min(ratios):6.2f}      median {middle:6.2f}      max {max(ratios):6.2f}")


if __name__ == "__main__":
    main()
