"""Kills, full disks, signals and writers: `python -m tests.endurance --kills 200 --full 40 --signals 40 --writers 60`.

A round starts processes that store articles and mark them, and ends them: by kill -9 (also of the poller beside the
demo, of an import, and of a dashboard that has shown stars), by a full disk, by a signal to the poller, or with a
second writer beside the first. Then the archive is looked at. A line a kind says how many articles or marks were lost
that had been acknowledged, how many processes ended in a traceback, and how many sound files were called damaged.
All must be 0. Full disks need the right to mount one.
"""

import argparse
import json
import os
import pty
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from feeds.archive import Archive
from feeds.archive.whole import Whole
from feeds.demo import demo_config
from feeds.errors import ArchiveLocked, FeedError, NoSuchArticle
from feeds.query import parse
from tests import disks

STORE = """
import sys
from datetime import timedelta
from pathlib import Path
from feeds.archive import Archive
from feeds.errors import FeedError
from tests.archive.corpus import articles
try:
    with Archive.open(Path(sys.argv[1]), write=True) as archive:
        print("open", flush=True)
        batch = []
        for article in articles(4000, int(sys.argv[2]), every=timedelta(hours=3)):
            batch.append(article)
            if len(batch) == 7:
                stored = archive.store_many(batch)
                archive.set_flags([told.id for told in stored[::2]], read=True)
                print("stored", *(told.id for told in stored), flush=True)
                print("read", *(told.id for told in stored[::2]), flush=True)
                batch.clear()
                archive.fold_flags(3)
except FeedError as error:
    print("refused", error, flush=True)
"""
MARK = """
import random, sys
from pathlib import Path
from feeds.archive import Archive
from feeds.errors import FeedError
try:
    with Archive.open(Path(sys.argv[1])) as archive:
        while True:
            for row in archive.listing().window(random.randrange(20), 3):
                archive.set_flags([row.id], starred=True)
                print("starred", row.id, flush=True)
except FeedError as error:
    print("refused", error, flush=True)
"""
POSTS = 60


@dataclass
class Count:
    """What came of the rounds of one kind."""

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    tracebacks: int = 0
    alarms: int = 0
    words: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.tracebacks or self.alarms)


@dataclass
class Said:
    """What processes acknowledged: ids by the word before them."""

    ids: dict[str, set[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def take(self, text: str, count: Count) -> None:
        """Take in what a process printed; a last line without its end was not acknowledged."""
        for line in text.split("\n")[:-1]:
            word, *rest = line.split()
            if word in ("stored", "read", "starred"):
                self.ids.setdefault(word, set()).update(rest)
                count.acknowledged += len(rest)
            self.words.append(line)


def _start(script: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _wait_for_end(process: subprocess.Popen[str], said: Said, count: Count) -> None:
    out, err = process.communicate()
    said.take(out, count)
    if "Traceback" in err:
        count.tracebacks += 1
        count.words.append(err.strip().splitlines()[-1])


def _examine(place: Path, said: Said, count: Count) -> None:
    """Look at an archive: what was acknowledged must be there, and nothing may be called damaged."""
    count.rounds += 1
    if not (place / "shards").exists() and not said.ids:
        return
    with Archive.open(place, catch_up=False) as archive:
        faults = [str(fault) for step in Whole(archive).verify() for fault in step.faults]
    with Archive.open(place, write=True) as archive:
        faults += map(str, archive.set_aside)
        for name in said.ids.get("stored", ()):
            try:
                archive.get(name)
            except (NoSuchArticle, FeedError):
                count.lost += 1
        flags = {name: archive.flags(name) for names in said.ids.values() for name in names}
        count.lost += sum(not flags[name].read for name in said.ids.get("read", ()))
        count.lost += sum(not flags[name].starred for name in said.ids.get("starred", ()))
    faults += map(str, place.glob("*damaged*"))
    count.alarms += len(faults)
    count.words += faults[:3]


def kills(place: Path, dice: random.Random, count: Count) -> None:
    """Kill -9 a process that stores and one that marks, at any moment."""
    said = Said()
    writer = _start(STORE, place, dice.randrange(9))
    if writer.stdout:
        writer.stdout.readline()
    marker = _start(MARK, place)
    time.sleep(dice.uniform(0, 1.5))
    for process in dice.sample([writer, marker], 2):
        process.send_signal(signal.SIGKILL)
        _wait_for_end(process, said, count)
    _examine(place, said, count)


def posts_in(place: Path) -> tuple[Path, Path]:
    """A folder of posts, and a configuration whose one source it is."""
    posts, config = place / "posts", place / "config.toml"
    posts.mkdir(parents=True, exist_ok=True)
    for number in range(POSTS):
        head = f"---\ntitle: 第{number}号通知\ndate: 2025-03-{1 + number % 28:02} 10:00\n---\n"
        text = f"{head}<p>关于第{number}件事的说明。</p>\n"
        (posts / f"{number}.md").write_text(text, "utf-8")
    config.write_text('[[source]]\nname = "通知"\nkind = "posts"\nurl = "posts"\n', "utf-8")
    return posts, config


def _kill_at(process: subprocess.Popen[str], count: Count) -> str:
    """Kill a process; what it had printed."""
    process.send_signal(signal.SIGKILL)
    out, err = process.communicate()
    if "Traceback" in err:
        count.tracebacks += 1
        count.words.append(err.strip().splitlines()[-1])
    return out


def pollers(place: Path, dice: random.Random, count: Count) -> None:
    """Kill -9 the poller while it polls the demo, at any moment."""
    place.mkdir(parents=True, exist_ok=True)
    demo = [sys.executable, "-m", "feeds.demo", "--tied", "--every", "0"]
    with subprocess.Popen(demo, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        line = server.stdout.readline() if server.stdout else ""
        config = place / "config.toml"
        config.write_text(demo_config(json.loads(line)["url"], place / "archive"), "utf-8")
        command = [sys.executable, "-m", "feeds", "--config", str(config)]
        poller = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        time.sleep(dice.uniform(0, 5))
        out = _kill_at(poller, count)
        server.terminate()
        server.communicate()
    lines = out.split("\n")[:-1]  # a last line without its end was not acknowledged
    stored = {event["id"] for event in map(json.loads, lines) if event["event"] == "stored"}
    count.acknowledged += len(stored)
    _examine(place / "archive", Said({"stored": stored} if stored else {}), count)


def imports(place: Path, dice: random.Random, count: Count) -> None:
    """Kill -9 `zhengwen import`, at any moment; the same command brings in the rest."""
    posts, config = posts_in(place)
    archive = place / "archive"
    words = ["--config", str(config), "--archive", str(archive), "import", str(posts)]
    command = [sys.executable, "-m", "tui", *words]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(dice.uniform(0, 4))
    _kill_at(first, count)
    second = subprocess.run(command, capture_output=True, text=True, check=False)
    count.tracebacks += "Traceback" in second.stderr
    count.alarms += second.returncode != 0
    count.acknowledged += POSTS
    with Archive.open(archive) as opened:
        count.lost += POSTS - opened.listing().count()
    _examine(archive, Said(), count)


def dashboards(place: Path, dice: random.Random, count: Count) -> None:
    """Kill -9 the dashboard after stars that it has shown."""
    posts, config = posts_in(place)
    archive = place / "archive"
    words = ["--config", str(config), "--archive", str(archive)]
    subprocess.run([sys.executable, "-m", "tui", *words, "import", str(posts)], capture_output=True, check=True)
    master, slave = pty.openpty()
    environ = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", *words], stdin=slave, stdout=slave, stderr=slave, env=environ,
        start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    output, shown = _read_on(master, "号通知".encode(), 30), 0
    for _ in range(dice.randrange(1, 6)):
        _read_on(master, b"", 0.5)  # what moving paints
        os.write(master, b"f")
        news = _read_on(master, "★".encode(), dice.uniform(0, 2))
        shown += "★".encode() in news
        output += news
        os.write(master, b"j")
    process.kill()
    process.wait()
    os.close(master)
    count.acknowledged += shown
    count.tracebacks += b"Traceback" in output
    _wait_for_lock(archive)
    with Archive.open(archive) as opened:
        count.lost += max(0, shown - opened.listing(parse("is:starred", date.min)).count())
    _examine(archive, Said(), count)


def _wait_for_lock(archive: Path) -> None:
    """Wait for the dashboard's poller, which ends with its stdin."""
    for _ in range(100):
        with suppress(ArchiveLocked), Archive.open(archive, write=True):
            return
        time.sleep(0.1)


def _read_on(master: int, wanted: bytes, patience: float) -> bytes:
    """What a terminal is written until `wanted` is in it, or nothing comes for so many seconds."""
    output = b""
    while not (wanted and wanted in output) and select.select([master], [], [], patience)[0]:
        try:
            output += os.read(master, 65536)
        except OSError:  # the other side is closed
            break
    return output


def full(place: Path, dice: random.Random, count: Count) -> None:
    """Store and mark until the disk is full, then make room."""
    with disks.disk(place, f"{dice.randrange(2500, 6000)}k") as disk:
        said = Said()
        with Archive.open(disk / "archive", write=True):
            pass
        blocked = disk / "blocked"
        blocked.write_bytes(bytes(100_000))
        writer, marker = _start(STORE, disk / "archive", dice.randrange(9)), _start(MARK, disk / "archive")
        _wait_for_end(writer, said, count)
        time.sleep(0.2)
        marker.terminate()
        _wait_for_end(marker, said, count)
        blocked.unlink()
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)  # noqa: S607 -- run by hand
        _examine(disk / "archive", said, count)


def signals(place: Path, dice: random.Random, count: Count) -> None:
    """Signal the poller while it stores posts."""
    _posts, config = posts_in(place)
    command = [sys.executable, "-m", "feeds", "--config", str(config), "--archive", str(place / "archive"), "--once"]
    poller = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if poller.stdout:
        poller.stdout.readline()  # `started`
    time.sleep(dice.uniform(0, 4))
    poller.send_signal(dice.choice([signal.SIGTERM, signal.SIGINT, signal.SIGHUP]))
    out, err = poller.communicate()
    count.acknowledged += out.count('"stored"')
    if "Traceback" in err or poller.returncode:
        count.tracebacks += 1
        count.words.append(f"{poller.returncode} {err.strip()[-200:]}")
    stored = {line.split('"id":"')[1].split('"')[0] for line in out.splitlines() if '"event":"stored"' in line}
    _examine(place / "archive", Said({"stored": stored} if stored else {}), count)


def writers(place: Path, dice: random.Random, count: Count) -> None:
    """Start two writers at once: one stores, the other is refused in words."""
    said, seed = Said(), dice.randrange(9)
    both = [_start(STORE, place, seed), _start(STORE, place, seed + 1)]
    for process in both:
        said.words.append(process.stdout.readline().strip() if process.stdout else "")
    time.sleep(dice.uniform(0, 1))
    for process in both:
        process.send_signal(signal.SIGKILL)
        _wait_for_end(process, said, count)
    if said.words.count("open") > 1:
        count.alarms += 1
        count.words.append("two writers had the archive")
    _examine(place, said, count)


KINDS: dict[str, Callable[[Path, random.Random, Count], None]] = {
    "kills": kills,
    "pollers": pollers,
    "imports": imports,
    "dashboards": dashboards,
    "full": full,
    "signals": signals,
    "writers": writers,
}


def run(counts: dict[str, int], seed: int = 1) -> Iterator[tuple[str, Count]]:
    """Each kind with so many rounds; eight kills, and eight pairs of writers, go on with one archive."""
    for kind, rounds in counts.items():
        dice, count = random.Random(f"{seed} {kind}"), Count()  # noqa: S311 -- moments, no secrets
        with ExitStack() as stack:
            place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zhengwen-")))
            for number in range(rounds):
                shared = number - number % 8 if kind in ("kills", "writers", "pollers") else number
                KINDS[kind](place / str(shared), dice, count)
        yield kind, count


def main() -> int:
    """Run what the command line says; 0 when nothing went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance", description="Ends that nobody chose.")
    for kind in KINDS:
        parser.add_argument(f"--{kind}", type=int, default=4, metavar="N", help="rounds")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    good = True
    print(f"{'kind':10}{'rounds':>8}{'told':>8}{'lost':>8}{'tracebacks':>12}{'false alarms':>14}")
    for kind, count in run({kind: getattr(asked, kind) for kind in KINDS}, asked.seed):
        good = good and count.is_good
        print(
            f"{kind:10}{count.rounds:>8}{count.acknowledged:>8}{count.lost:>8}{count.tracebacks:>12}{count.alarms:>14}"
        )
        for words in count.words[:5]:
            print("   ", words)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
