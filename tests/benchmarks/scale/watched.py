"""What 50 watches cost a key while 50 feeds refresh: two dashboards, one with watches, take turns."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path

from msgspec import Struct

from tests.benchmarks.scale.corpora import Corpus
from tests.benchmarks.scale.figures import Figure, ratios, share
from tests.benchmarks.scale.keys import open_article, shares, walk
from tests.benchmarks.scale.refreshing import Server, copy_corpus, serving
from tests.benchmarks.scale.terminal import Terminal

_WATCHES = 50
_QUERIES = ("方案", "试点示范", "cat:部委动态", "has:targets", "agency:工信部", "title:第1", "due:2026", "is:changed")
_TICK = 1 / os.sysconf("SC_CLK_TCK")


class _Walks(Struct):
    """A dashboard, and of each walk: milliseconds of every key, CPU milliseconds of the dashboard for one of them."""

    terminal: Terminal
    server: Server
    keys: list[list[float]]
    work: list[float]

    def walk(self, keys: int) -> None:
        """Walk through the list while the feeds refresh."""
        self.server.next()
        self.terminal.type("R")
        self.terminal.idle(0.05)
        before = cpu_seconds(self.terminal.process.pid)
        begin = sum(map(len, self.keys))
        self.keys.append(walk(self.terminal, keys, begin=begin, seed=begin))
        self.work.append((cpu_seconds(self.terminal.process.pid) - before) * 1000 / keys)
        self.terminal.idle(8.0)


def cpu_seconds(pid: int) -> float:
    """The CPU time of a process and its threads until now, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK


def _views(count: int) -> str:
    queries = (_QUERIES[number % len(_QUERIES)] for number in range(count))
    return "".join(
        f'[[view]]\nname = "关注{number}"\nquery = "{query} -title:{number}号"\nnotify = true\n'
        for number, query in enumerate(queries)
    )


@contextmanager
def _dashboard(corpus: Corpus, folder: Path, watches: int) -> Iterator[_Walks]:
    copy = copy_corpus(corpus, folder)
    with serving() as server:
        config = server.config(copy, _views(watches))
        with open_article(corpus, config=config, archive=copy / "archive") as terminal:
            terminal.idle(20.0)  # the first round is stored, and told
            yield _Walks(terminal, server, [], [])
    shutil.rmtree(copy)


def keys_with_watches(corpus: Corpus, folder: Path, runs: int, keys: int) -> list[Figure]:
    """Keys in the list while the poller takes in new articles, without watches and with 50, walk after walk."""
    with ExitStack() as stack:
        plain = stack.enter_context(_dashboard(corpus, folder / "plain", 0))
        watched = stack.enter_context(_dashboard(corpus, folder / "watched", _WATCHES))
        for number in range(runs):
            for one in (plain, watched) if number % 2 else (watched, plain):
                one.walk(keys)
    size, words = corpus.count, "key to frame while 50 feeds × 50 refresh"
    plain_95, watched_95 = ([share(taken, 95) for taken in one.keys] for one in (plain, watched))
    return [
        *shares(f"{words}, no watch", [*chain(*plain.keys)], size),
        *shares(f"{words}, {_WATCHES} watches", [*chain(*watched.keys)], size),
        Figure("p95 of each walk, no watch", tuple(plain_95), size=size),
        Figure(f"p95 of each walk, {_WATCHES} watches", tuple(watched_95), size=size),
        Figure("the one beside the other", ratios(watched_95, plain_95), "×", size, "≤ 1.1 ×"),
        Figure("CPU time of the dashboard for a key, no watch", tuple(plain.work), size=size),
        Figure(f"CPU time of the dashboard for a key, {_WATCHES} watches", tuple(watched.work), size=size),
        Figure("the CPU times beside each other", ratios(watched.work, plain.work), "×", size),
    ]
