"""The time of a key in the dashboard: from the key to the last byte of the frame that answers it."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.scale.corpora import Corpus
from tests.benchmarks.scale.figures import Figure, in_turn, ratios, share
from tests.benchmarks.scale.opening import EMPTY, READY, full, open_dashboard
from tests.benchmarks.scale.terminal import SIZE, Seen, Terminal
from tests.replayed_terminal import Cell, ReplayedTerminal

# Seconds between a frame and the next key: as fast as a held key, and slow enough for an article's text and plan to be
# drawn on the way, into which the next key may fall.
_PAUSES = (0.02, 0.3)
_OTHER = (150, 40)
_NUMBER = re.compile("第(零|[0-9]+)期")


def select_row(number: int | str) -> Seen:
    """Whether the row of the article with this number is shown as the selected one: on a ground of its own."""

    def seen(screen: ReplayedTerminal) -> bool:
        rows = [(found[1], dict(line[0][1]).get("ground")) for line in screen.cells if (found := _number_in(line))]
        if not rows:
            return False
        plain = Counter(ground for _, ground in rows).most_common(1)[0][0]
        return any(name == str(number) and ground != plain for name, ground in rows)

    return seen


def _number_in(line: Sequence[Cell]) -> re.Match[str] | None:
    return _NUMBER.search("".join(sign for sign, _look in line))


def open_article(corpus: Corpus, *, config: Path | None = None, archive: Path | None = None) -> Terminal:
    """The dashboard with everything drawn; its list stands on the long article, number 零, above number 0."""
    terminal = open_dashboard(config or corpus.config, archive or corpus.archive)
    terminal.wait(full)
    terminal.idle(1.0)
    return terminal


def walk(terminal: Terminal, count: int, *, begin: int = 0, seed: int = 1) -> list[float]:
    """Milliseconds of so many `j`, from the row above number `begin` on."""
    dice = random.Random(seed)  # noqa: S311 -- pauses, no secrets
    taken = []
    for number in range(begin, begin + count):
        terminal.type("j")
        taken.append(terminal.wait(select_row(number)) * 1000)
        terminal.idle(dice.uniform(*_PAUSES))
    return taken


def shares(name: str, taken: list[float], size: int, reach: str = "") -> list[Figure]:
    """The median, p95 and p99 of keys."""
    note = f"p95 {share(taken, 95):.1f}, p99 {share(taken, 99):.1f}"
    return [Figure(f"{name}: median (min – max), p95, p99", tuple(taken), size=size, reach=reach, note=note)]


def _time_key(terminal: Terminal, keys: str, seen: Seen | bytes) -> float:
    terminal.type(keys)
    taken = terminal.wait(seen) * 1000
    terminal.idle(0.3)
    return taken


def of_the_list(corpus: Corpus, runs: int, keys: int) -> list[Figure]:
    """Opening the whole list, its end, and a walk through it."""
    size, last = corpus.count, corpus.count - 2
    first = select_row("零")
    with open_article(corpus) as terminal:
        walked = walk(terminal, keys)
        _time_key(terminal, "g", first)
        wholes, ends = [], []
        for _ in range(runs):
            _time_key(terminal, "*", "筛选".encode())  # nothing is starred
            wholes.append(_time_key(terminal, "c", first))
            ends.append(_time_key(terminal, "G", select_row(last)))
            _time_key(terminal, "g", first)
    return [
        Figure("open the whole list (c after a filter)", tuple(wholes), size=size, reach="≤ 50 ms"),
        Figure("jump to its end (G)", tuple(ends), size=size, reach="≤ 50 ms"),
        *shares("key to frame in the list, j", walked, size, "p95 ≤ 20 ms"),
    ]


def of_the_article(corpus: Corpus, runs: int) -> list[Figure]:
    """Opening the article of 10,000 characters, and resizes with it open beside those of an empty app."""
    with open_article(corpus) as terminal, Terminal(EMPTY) as empty:
        empty.wait(READY)
        empty.idle(0.5)
        opens = []
        for _ in range(runs):
            _time_key(terminal, "j", select_row(0))
            opens.append(_time_key(terminal, "k\r", full))
            _time_key(terminal, "q", select_row("零"))
        terminal.type("\r")
        terminal.idle(0.5)

        def time_resize(which: Terminal) -> float:
            which.resize(_OTHER)
            there = which.settle()
            which.resize(SIZE)
            return (there + which.settle()) / 2

        ours, theirs = in_turn(runs, lambda: time_resize(terminal), lambda: time_resize(empty))
    return [
        Figure("open an article of 10,000 characters", tuple(opens), size=corpus.count, reach="≤ 50 ms"),
        Figure("resize with it open", tuple(ours), size=corpus.count),
        Figure("resize of an empty app of three panes", tuple(theirs), size=corpus.count),
        Figure("the one beside the other", ratios(ours, theirs), "×", corpus.count, "≤ 1.6 ×"),
    ]
