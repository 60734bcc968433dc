"""Fifty feeds of fifty new articles: the poller's process and newsboat on the same server, and keys meanwhile."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from feeds.events import ArticleStored, PollEvent, SourceAnswered
from tests.benchmarks.scale.corpora import Corpus
from tests.benchmarks.scale.figures import Figure, ratios
from tests.benchmarks.scale.keys import open_article, shares, walk
from tests.benchmarks.scale.loopback import FEEDS, ITEMS
from tests.benchmarks.scale.others import has
from tests.benchmarks.scale.terminal import PYTHON, ROOT

NEW = FEEDS * ITEMS
_EVENT = msgspec.json.Decoder(PollEvent)
_ENV = {**os.environ, "PYTHONPATH": str(ROOT)}


class Server(Struct, frozen=True):
    """The loopback feeds' address."""

    url: str

    def next(self) -> None:
        """Let every feed list new articles."""
        with urllib.request.urlopen(f"{self.url}/next"):  # noqa: S310 -- 127.0.0.1
            pass

    @property
    def feeds(self) -> list[str]:
        """The addresses of all feeds."""
        return [f"{self.url}/feed/{number}.xml" for number in range(FEEDS)]

    def config(self, folder: Path, views: str = "") -> Path:
        """A configuration that polls them, and nothing by itself; `views` are tables that it has too."""
        path = folder / "loopback.toml"
        tables = [f'[[source]]\nname = "feed {n}"\nkind = "rss"\nurl = "{url}"\ninterval = 86400\n'
                  for n, url in enumerate(self.feeds)]  # fmt: skip
        path.write_text('language = "zh"\n[fetch]\npause = 0.0\nper_host = 5\n' + "".join(tables) + views, "utf-8")
        return path


@contextmanager
def serving() -> Iterator[Server]:
    """The feeds, while this lasts."""
    command = [sys.executable, "-m", "tests.benchmarks.scale.loopback"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_ENV, cwd=ROOT) as process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError
        try:
            yield Server(f"http://127.0.0.1:{int(process.stdout.readline())}")
        finally:
            process.stdin.close()
            process.terminate()


class _Poller:
    """A poller's process, and the seconds from a command until its answer is complete."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def events(self) -> Iterator[PollEvent]:
        """What it tells."""
        for line in self._process.stdout or ():
            yield _EVENT.decode(line)

    def turn(self) -> tuple[float, float, int]:
        """Seconds until the last article was on disk, until every source had its turn, and how many were stored."""
        begun = stored_at = time.perf_counter()
        stored = answered = 0
        for event in self.events():
            if isinstance(event, ArticleStored):
                stored += 1
                stored_at = time.perf_counter()
            answered += isinstance(event, SourceAnswered)
            if answered == FEEDS:
                return stored_at - begun, time.perf_counter() - begun, stored
        raise AssertionError

    def reload(self) -> tuple[float, float, int]:
        """Ask every source now."""
        if self._process.stdin:
            self._process.stdin.write(b'{"reload": []}\n')
            self._process.stdin.flush()
        return self.turn()


@contextmanager
def _polling(config: Path, archive: Path) -> Iterator[_Poller]:
    command = [*PYTHON, "feeds", "--tied", "--config", str(config), "--archive", str(archive)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_ENV) as process:
        yield _Poller(process)
        if process.stdin:
            process.stdin.close()


def _newsboat(server: Server, folder: Path) -> float:
    """Seconds of one whole `newsboat -x reload`."""
    (folder / "urls").write_text("\n".join(server.feeds) + "\n", "utf-8")
    (folder / "boat").write_text("reload-threads 5\n", "utf-8")
    words = ["newsboat", f"-u{folder / 'urls'}", f"-C{folder / 'boat'}", f"-c{folder / 'cache.db'}"]
    begun = time.perf_counter()
    subprocess.run([*words, "-x", "reload"], check=True, capture_output=True)
    return time.perf_counter() - begun


def refreshes(folder: Path, runs: int) -> list[Figure]:
    """New articles and no news, in turn with newsboat. The first round of each, into nothing, is not counted."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    boat = has("newsboat")
    rows: list[tuple[float, float, float, float]] = []
    with serving() as server, _polling(server.config(folder), folder / "archive") as poller:
        poller.turn()
        for number in range(runs + 1):
            server.next()
            theirs = _newsboat(server, folder) if boat else 0.0
            taken, _, stored = poller.reload()
            if stored != NEW:
                raise AssertionError(stored)
            theirs_again = _newsboat(server, folder) if boat else 0.0
            _, again, none = poller.reload()
            if none:
                raise AssertionError(none)
            if number:
                rows.append((taken * 1000, theirs * 1000, again * 1000, theirs_again * 1000))
    return list(_figures(rows, boat=boat))


def _figures(rows: Sequence[tuple[float, ...]], *, boat: bool) -> Iterator[Figure]:
    taken, theirs, again, theirs_again = (tuple(column) for column in zip(*rows, strict=True))
    yield Figure(f"refresh {FEEDS} feeds × {ITEMS} new: listed, cleaned, structured, on disk", taken)
    rates = tuple(NEW * 1000 / each for each in taken)
    yield Figure("the same, articles cleaned and structured", rates, "/s", reach="≥ 500/s")
    if boat:
        yield Figure("newsboat -x reload, the same", theirs)
        yield Figure("ours beside newsboat's", ratios(taken, theirs), "×", reach="≤ 3 ×")
    yield Figure(f"refresh {FEEDS} feeds, all answered 304", again)
    if boat:
        yield Figure("newsboat -x reload, all answered 304", theirs_again)
        yield Figure("ours beside newsboat's, 304", ratios(again, theirs_again), "×", reach="≤ 2 ×")


def copy_corpus(corpus: Corpus, copy: Path) -> Path:
    """Copy a corpus's archive into the folder `copy`, which is made empty before. Return `copy`."""
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    # A day's file is replaced, never written into: a link to it is as good as a copy.
    shutil.copytree(corpus.archive / "shards", copy / "archive" / "shards", copy_function=os.link)
    for file in corpus.archive.glob("*.sqlite"):
        shutil.copy2(file, copy / "archive" / file.name)
    return copy


def keys_meanwhile(corpus: Corpus, folder: Path, keys: int) -> list[Figure]:
    """Keys in the list while the dashboard's own poller takes in new articles, into a copy of the corpus."""
    copy = copy_corpus(corpus, folder / str(corpus.count))
    with serving() as server:
        config = server.config(copy)
        with open_article(corpus, config=config, archive=copy / "archive") as terminal:
            terminal.idle(20.0)  # the first round has been had
            taken: list[float] = []
            while len(taken) < keys:
                server.next()
                terminal.type("R")
                terminal.idle(0.05)
                taken += walk(terminal, keys // 4, begin=len(taken), seed=len(taken))
                terminal.idle(8.0)
    shutil.rmtree(copy)
    return shares("key to frame while 50 feeds × 50 refresh, j", taken, corpus.count, "p99 ≤ 40 ms")
