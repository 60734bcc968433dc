"""The time of a query until its first page: parse, listing, fifty rows, as in the dashboard."""

import time
from datetime import date

from feeds.archive import Archive
from feeds.query import parse
from tests.benchmarks.scale.corpora import Corpus
from tests.benchmarks.scale.figures import Figure

_PAGE = 50
_TODAY = date(2024, 3, 1)
_FILTER, _SEARCH = "≤ 50 ms", "≤ 100 ms"
QUERIES = (
    ("filter by category and date", "cat:部委动态 date:2024-01", _FILTER),
    ("filter by category and a date long ago", "cat:部委动态 date:..2024-02-10", _FILTER),
    ("search of 2 characters, common", "方案", _SEARCH),
    ("search of 2 characters, rare", "综述", _SEARCH),
    ("search of 4 characters, common", "试点示范", _SEARCH),
    ("search of 4 characters, rare", "万字综述", _SEARCH),
    ("search of 4 characters that are in no text", "南方标准", _SEARCH),
)


def first_pages(corpus: Corpus, runs: int) -> list[Figure]:
    """Milliseconds of each query's first page, each time a new listing; the first go is not counted."""
    figures = []
    with Archive.open(corpus.archive, catch_up=False) as archive:
        for name, words, reach in QUERIES:
            taken = []
            for number in range(runs + 1):
                begun = time.perf_counter()
                found = archive.listing(parse(words, _TODAY)).window(0, _PAGE)
                if number:
                    taken.append((time.perf_counter() - begun) * 1000)
            note = f"{len(found)} rows"
            figures.append(
                Figure(f"first page, {name}: `{words}`", tuple(taken), size=corpus.count, reach=reach, note=note)
            )
    return figures
