"""Articles a second, cleaned and structured, on one core, beside a bare lexbor parse of the same markup.

    python tests/benchmarks/throughput.py [FOLDER] [--runs 9]

FOLDER holds front-matter posts; without it the demo's samples are taken, in the dress in which the demo serves them.
Each run goes once through all of them, the three in turn. Run by hand.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from selectolax.lexbor import LexborHTMLParser  # noqa: E402 -- the checkout's own

from feeds.assembly import article_of  # noqa: E402
from feeds.demo import samples  # noqa: E402
from feeds.demo.markup import fill_dates, html_of, paragraphs_of  # noqa: E402
from feeds.model import Article, Entry  # noqa: E402
from feeds.parse import posts_of, reading_of_body  # noqa: E402
from feeds.plan import plan_of  # noqa: E402

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def entries(folder: Path | None) -> list[Entry]:
    """What is read: each with its body as markup."""
    if folder:
        return list(posts_of(folder))
    bodies = [(sample, paragraphs_of(fill_dates(sample.body, NOW, 0))) for sample in samples()]
    return [
        Entry(source="demo", title=fill_dates(sample.title, NOW, 0), published=NOW, body=html_of(paragraphs, "news"))
        for sample, paragraphs in bodies
    ]


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process that one go takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def row(name: str, count: int, taken: Sequence[float]) -> str:
    rates = sorted(count / second for second in taken)
    return f"{name:24} min {rates[0]:7.0f}/s   median {statistics.median(rates):7.0f}/s   max {rates[-1]:7.0f}/s"


def main() -> None:
    """Print articles a second for each stage, and their cost beside the bare parse."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    found = entries(options.folder)
    bodies = [entry.body or "" for entry in found]
    articles: list[Article] = [
        article_of(entry, reading_of_body(body), NOW) for entry, body in zip(found, bodies, strict=True)
    ]
    stages: dict[str, Callable[[], object]] = {
        "bare lexbor parse": lambda: [LexborHTMLParser(body) for body in bodies],
        "cleaned": lambda: [reading_of_body(body) for body in bodies],
        "structured": lambda: [plan_of(article) for article in articles],
    }
    taken: dict[str, list[float]] = {name: [] for name in stages}
    for number in range(options.runs + 1):
        for name, work in stages.items():
            second = seconds(work)
            if number:  # the first go warms up
                taken[name].append(second)
    size = sum(map(len, bodies)) / len(bodies)
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{len(found)} articles of {size:,.0f} characters of markup in the mean")
    for name, spent in taken.items():
        print(row(name, len(found), spent))
    for name in ("cleaned", "structured"):
        ratios = [a / b for a, b in zip(taken[name], taken["bare lexbor parse"], strict=True)]
        print(f"{name} beside the bare parse: {statistics.median(ratios):.1f} × its time")


if __name__ == "__main__":
    main()
