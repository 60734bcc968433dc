"""Kill the poller at random moments and count what its command was told.

    python -m tests.watches.killing RUNS [--dashboard | --together]

A writer puts posts into a folder; 20 watches follow them; the command of [notify] writes a line for each article. With
`--dashboard` the process that is killed is `zhengwen` in a terminal of its own, the poller that it runs, or both; with
`--together` it is always both.
"""

import json
import os
import pty
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from feeds.archive import Archive
from feeds.archive.state import poller_of

ROOT = Path(__file__).resolve().parents[2]
WATCHES = 20
_VICTIMS: dict[str, Sequence[str]] = {"": (), "--dashboard": ("poller", "dashboard", "both"), "--together": ("both",)}
_COMMAND = """
import json, os, sys
told = json.load(sys.stdin)
rows = [f"{name} {row['title']}" for row in told["articles"] for name in row["watches"]]
out = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
os.write(out, "".join(row + chr(10) for row in rows).encode())
"""


class KilledPoller:
    """A folder of posts, a configuration with 20 watches, and a poller that is killed again and again."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.posts = folder / "posts"
        self.posts.mkdir()
        self.lines = folder / "lines"
        self.archive = folder / "archive"
        self.events = folder / "events"
        self.dice = random.Random(seed)  # noqa: S311 -- moments, no secrets
        self.count = 0
        program = folder / "tell.py"
        program.write_text(_COMMAND, "utf-8")
        command = json.dumps([sys.executable, "-S", str(program), str(self.lines)])
        views = "".join(
            f'[[view]]\nname = "甲{number}"\nquery = "title:第{number}类"\nnotify = true\n' for number in range(WATCHES)
        )
        self.config = folder / "config.toml"
        source = f'[[source]]\nname = "文稿"\nkind = "posts"\nurl = "{self.posts}"\ninterval = 1\n'
        self.config.write_text(f'language = "zh"\n[notify]\ncommand = {command}\ndigest = 5\n{source}{views}', "utf-8")

    def write(self, count: int) -> None:
        """Put posts into the folder."""
        for _ in range(count):
            self.count += 1
            title = f"第{self.count % WATCHES}类事项之{self.count}"
            head = f"---\ntitle: {title}\ndate: 2026-10-01 08:00:00\n---\n"
            text = f"{head}{title}，由牵头单位在年内办结，编号{self.count * 7}。\n"
            beside = self.posts / f".{self.count}"
            beside.write_text(text, "utf-8")
            beside.rename(self.posts / f"{self.count:06}.md")

    def start(self) -> subprocess.Popen[bytes]:
        """A poller."""
        words = [sys.executable, "-P", "-m", "feeds", "--config", str(self.config), "--archive", str(self.archive)]
        with (self.folder / "log").open("ab") as log, self.events.open("wb") as events:
            return subprocess.Popen(
                words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE,
                stdout=events, stderr=log, start_new_session=True,
            )  # fmt: skip

    def start_dashboard(self) -> subprocess.Popen[bytes]:
        """A dashboard in a terminal of its own, which runs a poller."""
        terminal, inner = pty.openpty()
        words = [sys.executable, "-P", "-m", "tui", "--config", str(self.config), "--archive", str(self.archive)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
        process = subprocess.Popen(
            words, cwd=ROOT, env=environment, stdin=inner, stdout=inner, stderr=inner, start_new_session=True
        )
        os.close(inner)
        threading.Thread(target=_drain, args=(terminal,), daemon=True).start()
        return process

    def run_dashboard_and_kill(self, longest: float, choices: Sequence[str]) -> None:
        """Write posts, run a dashboard, and kill at a random moment one of `choices`: its poller, itself, or both."""
        self.write(self.dice.randint(1, 5))
        process, before = self.start_dashboard(), sum(self.told().values())
        patience = time.monotonic() + 15.0
        while self.dice.random() < 0.995 and sum(self.told().values()) == before and time.monotonic() < patience:
            time.sleep(0.1)
        end = time.monotonic() + self.dice.uniform(0.05, longest)
        while time.monotonic() < end:
            time.sleep(min(0.2, max(0.0, end - time.monotonic())))
            self.write(self.dice.randint(0, 1))
        victims = self.dice.choice(choices)
        if victims != "dashboard" and (poller := poller_of(self.archive)):
            os.kill(poller.pid, signal.SIGKILL)
            time.sleep(self.dice.uniform(0, 3) if victims == "poller" else 0)
        process.kill()
        process.wait()

    def run_and_kill(self, start: Callable[[], subprocess.Popen[bytes]], longest: float) -> None:
        """Write posts, run a poller and kill it at a random moment: itself alone, or with its group.

        The moment is one of its first seconds, or it comes soon after the poller has stored articles.
        """
        self.write(self.dice.randint(1, 5))
        process = start()
        patience = time.monotonic() + 20.0
        if self.dice.random() < 0.7:
            while b'"stored"' not in self.events.read_bytes() and time.monotonic() < patience:
                time.sleep(0.02)
        end = time.monotonic() + self.dice.uniform(0.05, longest)
        while time.monotonic() < end:
            time.sleep(min(0.2, max(0.0, end - time.monotonic())))
            self.write(self.dice.randint(0, 1))
        if self.dice.random() < 0.5:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdin:
            process.stdin.close()

    def finish(self, patience: float = 90.0) -> Counter[str]:
        """Let a poller work until all is told, and some seconds longer. Return the lines of the command."""
        process = self.start()
        end = time.monotonic() + patience
        while time.monotonic() < end and len(self.told()) < self.count:
            time.sleep(0.1)
        time.sleep(1.0)
        process.terminate()
        process.wait()
        if process.stdin:
            process.stdin.close()
        return self.told()

    def told(self) -> Counter[str]:
        """The lines that the command has written."""
        return Counter(self.lines.read_text("utf-8").splitlines()) if self.lines.exists() else Counter()

    def expected(self) -> set[str]:
        """The lines that it should write: one for each post."""
        return {f"甲{number % WATCHES} 第{number % WATCHES}类事项之{number}" for number in range(1, self.count + 1)}

    def stored(self) -> int:
        """The number of articles in the archive."""
        with Archive.open(self.archive) as archive:
            return sum(row.copies for row in archive.listing().window(0, 100_000))


def _drain(terminal: int) -> None:
    with suppress(OSError):  # the other end is closed
        while os.read(terminal, 65536):
            pass
    os.close(terminal)


def main(runs: int, choices: Sequence[str]) -> int:
    """Kill `runs` times and print the counts. Without choices no dashboard runs."""
    with tempfile.TemporaryDirectory(prefix="killing-") as folder:
        killed = KilledPoller(Path(folder), seed=runs)
        for number in range(runs):
            if choices:
                killed.run_dashboard_and_kill(4.0, choices)
            else:
                killed.run_and_kill(killed.start, 4.0)
            if number % 20 == 19:
                print(f"{number + 1} kills, {killed.count} posts, {sum(killed.told().values())} told", flush=True)
        told, expected = killed.finish(), killed.expected()
        twice = [line for line, times in told.items() if times > 1]
        forgotten = sorted(expected - set(told))
        print(f"{runs} kills, {killed.count} posts, {killed.stored()} stored, {sum(told.values())} lines, "
              f"{len(twice)} twice {twice[:5]}, {len(forgotten)} forgotten {forgotten[:5]}")  # fmt: skip
        return int(bool(twice or forgotten or set(told) - expected))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), _VICTIMS[sys.argv[2] if len(sys.argv) > 2 else ""]))
