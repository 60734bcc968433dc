"""`python -m tests.benchmarks` writes the table of docs/benchmarks.md in Markdown.

    --sizes 10000,100000     corpora to measure with (default 10000,100000,1000000)
    --keep DIR               where they are made and kept; without it they go again
    --only keys,memory       some themes: opening keys written article searching refreshing meanwhile watched memory
                             disk rebuilding
    --runs N                 rounds of each work

newsboat and sfeed are run on the same articles where they are installed. Run by hand on a machine that does nothing
else; tests do not time.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.scale import footprint, keys, opening, rebuilding, refreshing, searching, watched, written
from tests.benchmarks.scale.corpora import Corpus, corpus_of
from tests.benchmarks.scale.figures import Figure, machine, table

THEMES = (
    "opening",
    "keys",
    "written",
    "article",
    "searching",
    "refreshing",
    "meanwhile",
    "watched",
    "memory",
    "disk",
    "rebuilding",
)
_KEYS = 400


def _opening(found: Sequence[Corpus], runs: int) -> list[Figure]:
    figures = opening.pictures(found, runs)
    for corpus in found:
        ours = next(figure for figure in figures if figure.size == corpus.count).values
        figures += opening.beside_others(corpus, 1 if corpus.count > 200_000 else 3, statistics.median(ours))
    return figures


def _measure(theme: str, found: Sequence[Corpus], keep: Path, runs: int) -> list[Figure]:
    if theme == "opening":
        return _opening(found, runs)
    if theme == "refreshing":
        return refreshing.refreshes(keep / "refreshing", runs)
    works: dict[str, Callable[[Corpus], list[Figure]]] = {
        "keys": lambda corpus: keys.of_the_list(corpus, runs, _KEYS),
        "written": lambda corpus: written.bytes_of_keys(corpus, runs),
        "article": lambda corpus: keys.of_the_article(corpus, runs),
        "searching": lambda corpus: searching.first_pages(corpus, runs),
        "meanwhile": lambda corpus: refreshing.keys_meanwhile(corpus, keep / "meanwhile", _KEYS),
        "watched": lambda corpus: watched.keys_with_watches(corpus, keep / "watched", runs, _KEYS // 4),
        "memory": footprint.memories,
        "disk": footprint.disk,
        "rebuilding": lambda corpus: rebuilding.rebuilds(corpus, min(runs, 3)),
    }
    return [figure for corpus in found for figure in works[theme](corpus)]


def main() -> None:
    """Make the corpora, measure theme by theme, print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", default=",".join(THEMES))
    parser.add_argument("--runs", type=int, default=9)
    asked = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    sizes = [int(size) for size in asked.sizes.split(",")]
    with tempfile.TemporaryDirectory() as passing:
        keep = asked.keep or Path(passing)
        found = [corpus_of(size, keep) for size in sizes]
        figures: list[Figure] = []
        for theme in asked.only.split(","):
            figures += _measure(theme, found, keep, asked.runs)
    print(f"{machine()}\n\n{table(figures, sizes)}")


if __name__ == "__main__":
    main()
