"""Memory of the two processes, and what the archive takes on disk beside its text."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.scale.corpora import Corpus
from tests.benchmarks.scale.figures import Figure
from tests.benchmarks.scale.keys import open_article

_WALK = ("G", "g", "jjjjj", "\r", "q", "/方案\r", "c", "U", "c")
_MB = 1024


def memory(pid: int) -> dict[str, float]:
    """Resident and proportional megabytes of a process."""
    lines = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()[1:])
    return {name.rstrip(":"): int(size) / _MB for name, size, *_ in lines}


def child_of(pid: int) -> int:
    """The one process that another started."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()[0])


def memories(corpus: Corpus) -> list[Figure]:
    """Both processes after a walk through list, end, article, search and filter."""
    with open_article(corpus) as terminal:
        for keys in _WALK:
            terminal.type(keys)
            terminal.idle(1.5)
        pid = terminal.process.pid
        both = (("dashboard", memory(pid), "≤ 70 MB"), ("poller, idle", memory(child_of(pid)), "≤ 120 MB"))
        return [
            Figure(f"memory: {name} (RSS)", (found["Rss"],), "MB", corpus.count, reach, f"(PSS {found['Pss']:.0f})")
            for name, found, reach in both
        ]


def _bytes(paths: Iterator[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file())


def disk(corpus: Corpus) -> list[Figure]:
    """Bytes of the day files and of the index beside those of the text, and how long the corpus took to be made."""
    shards, index = _bytes((corpus.archive / "shards").rglob("*.json")), _bytes(corpus.archive.glob("index.sqlite*"))
    text, size = corpus.cost.text, corpus.count
    return [
        Figure("disk: text (title and paragraphs, UTF-8)", (text / 1e6,), "MB", size),
        Figure("disk: day files beside the text", (shards / text,), "×", size, "≤ 1.3 ×"),
        Figure("disk: index beside the text", (index / text,), "×", size, "≤ 1.5 ×"),
        Figure("index made anew: every article in the list", (corpus.cost.rows,), "s", size),
        Figure("index made anew: every text in the search", (corpus.cost.texts,), "s", size),
    ]
