"""From the start of the process to the first full picture: list, text and plan of the newest article."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.scale import corpora, others
from tests.benchmarks.scale.corpora import Corpus
from tests.benchmarks.scale.figures import Figure, in_turn, ratios
from tests.benchmarks.scale.terminal import PYTHON, SIZE, Terminal
from tests.replayed_terminal import ReplayedTerminal

EMPTY = [
    sys.executable,
    "-P",
    "-c",
    """
from textual.app import App
from textual.containers import Horizontal
from textual.widgets import Static
class Empty(App):
    CSS = "Static { width: 1fr; height: 1fr; }"
    def compose(self):
        with Horizontal():
            yield Static("one"); yield Static("two"); yield Static("READYREADY")
Empty().run()
""",
]
READY = b"READYREADY"
_LONG = corpora.long_article()
_NEWEST = (_LONG.blocks[0].text[:12], _LONG.plan.groups[0].label)
_SECOND = "第0期"  # ends the title of the list's second row


def open_dashboard(config: Path, archive: Path, size: tuple[int, int] = SIZE) -> Terminal:
    """Open the dashboard on the newest article. The session of the run before would show another one."""
    (archive / "session.json").unlink(missing_ok=True)
    return Terminal([*PYTHON, "tui", "--config", str(config), "--archive", str(archive)], size=size)


def full(screen: ReplayedTerminal) -> bool:
    """Whether list, text and plan are shown."""
    text = "\n".join(screen.lines)
    return _SECOND in text and all(mark in text for mark in _NEWEST)


def _open(command: Sequence[str], marker: bytes) -> float:
    with Terminal(command) as terminal:
        return terminal.wait(marker)


def _full_picture(corpus: Corpus) -> float:
    with open_dashboard(corpus.config, corpus.archive) as terminal:
        return terminal.wait(full)


def pictures(found: Sequence[Corpus], runs: int) -> list[Figure]:
    """Start to first full picture, in turn with an empty app of three panes, and beside the smallest corpus."""
    works = [lambda corpus=corpus: _full_picture(corpus) for corpus in found]
    empty, *times = in_turn(runs, lambda: _open(EMPTY, READY), *works)
    figures = [Figure("an empty Textual app of three panes", tuple(empty))]
    for corpus, taken in zip(found, times, strict=True):
        figures += [
            Figure("start to first full picture", tuple(taken), size=corpus.count),
            Figure("the same beside the empty app", ratios(taken, empty), "×", corpus.count, "≤ 1.5 ×"),
            Figure(
                f"the same beside {found[0].count:,} articles", ratios(taken, times[0]), "×", corpus.count, "≤ 1.1 ×"
            ),
        ]
    return figures


def _newsboat(corpus: Corpus) -> tuple[float, float]:
    """Seconds to newsboat's first picture (its feeds), and from there to the list of all articles."""
    with Terminal(others.newsboat(corpus)) as terminal:
        first = terminal.wait(others.ALL.encode(), 600)
        terminal.idle(0.3)
        terminal.type("\r")
        return first, terminal.wait("期".encode(), 600)


def beside_others(corpus: Corpus, runs: int, ours: float) -> list[Figure]:
    """The same articles in newsboat and sfeed; `ours` is the dashboard's median in milliseconds."""
    figures = []
    if others.has("newsboat"):
        pairs = [_newsboat(corpus) for _ in range(runs)]
        first, listed = ([second * 1000 for second in column] for column in zip(*pairs, strict=True))
        figures += [
            Figure("newsboat: start to first picture", tuple(first), size=corpus.count),
            Figure("newsboat: open the list of all articles", tuple(listed), size=corpus.count),
            Figure(
                "newsboat's start beside ours", tuple(one / ours for one in first), "×", corpus.count, "≥ 120 × at 1M"
            ),
        ]
    if others.has("sfeed_curses"):
        command = others.sfeed(corpus)
        taken = tuple(_open(command, "期".encode()) * 1000 for _ in range(runs))
        figures.append(Figure("sfeed_curses: start to first picture", taken, size=corpus.count))
    return figures
