"""The index made from the day files alone: how long until the first rows, the whole list, the documents; and its cost.

A process of its own does it, so that its memory and that of the processes that prepare day files are its own. The day
files are linked into a folder beside the corpus, which keeps its index.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec

from tests.benchmarks.scale.corpora import Corpus
from tests.benchmarks.scale.figures import Figure

_PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from feeds.archive import Archive
from feeds.archive.sqlite.days import IndexedDays
begun, moments = time.perf_counter(), []
steps = IndexedDays.catch_up
def noted(self, *, every):
    for step in steps(self, every=every):
        if not moments:
            moments.append(time.perf_counter() - begun)
        yield step
IndexedDays.catch_up = noted
with Archive.open(Path(sys.argv[1]), write=True) as archive:
    moments.append(time.perf_counter() - begun)
    while archive.upkeep(2000):
        pass
    moments.append(time.perf_counter() - begun)
own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
used = [value for one in (own, others) for value in (one.ru_utime + one.ru_stime, one.ru_maxrss / 1024)]
print(json.dumps(moments + used))
"""
_ROWS = (
    ("the first day in the list", "s"),
    ("every article in the list and in the search", "s"),
    ("every document joined, its plans merged", "s"),
    ("CPU time of the writer", "s"),
    ("memory of the writer at most", "MB"),
    ("CPU time of the processes that prepare, together", "s"),
    ("memory of one of them at most", "MB"),
)


def rebuilds(corpus: Corpus, runs: int) -> list[Figure]:
    """Make the index of a corpus so many times."""
    folder = corpus.folder / "rebuilding"
    found = []
    for _ in range(runs):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(corpus.archive / "shards", folder / "shards", copy_function=_link)
        run = subprocess.run([sys.executable, "-c", _PROGRAM, str(folder)], check=True, capture_output=True)
        found.append(msgspec.json.decode(run.stdout, type=tuple[float, ...]))
    shutil.rmtree(folder, ignore_errors=True)
    return [
        Figure(f"index made anew: {words}", values, unit, corpus.count)
        for (words, unit), values in zip(_ROWS, zip(*found, strict=True), strict=True)
    ]


def _link(source: str, target: str) -> str:
    os.link(source, target)
    return str(Path(target))
