"""Bytes that the dashboard sends to a terminal of 80×24 for a key, with all that follows from it."""

from tests.benchmarks.scale.corpora import Corpus
from tests.benchmarks.scale.figures import Figure
from tests.benchmarks.scale.opening import open_dashboard

_SMALL = (80, 24)
_BEGIN, _PAUSE = 6.0, 1.0  # seconds: until nothing comes any more, and until text and plan stand behind a key
_KEYS = (("j", "j", "", "≤ 1.5 kB"), ("Enter", "\r", "q", "≤ 6 kB"), ("?", "?", "q", "≤ 8 kB"))


def bytes_of_keys(corpus: Corpus, runs: int) -> list[Figure]:
    """Kilobytes of a selected row with its text, of an opened article, of the help."""
    with open_dashboard(corpus.config, corpus.archive, _SMALL) as terminal:
        terminal.idle(_BEGIN)

        def count(keys: str) -> float:
            before = terminal.written
            terminal.type(keys)
            terminal.idle(_PAUSE)
            return (terminal.written - before) / 1000

        figures = []
        for name, keys, back, reach in _KEYS:
            counts = []
            for _ in range(runs):
                counts.append(count(keys))
                if back:
                    count(back)
            words = f"bytes to a terminal of 80×24 for {name}"
            figures.append(Figure(words, tuple(counts), "kB", corpus.count, reach))
    return figures
