"""How long comparing takes: two articles of 10,000 characters, their plans and their texts.

    python -m tests.benchmarks.comparing

The articles are made of the demo's. The second one has every third paragraph in another place and other figures; then
two that have nothing in common are compared.
"""

import statistics
import time
from collections.abc import Callable

from msgspec import structs

from feeds.compare import Comparison, compare, compare_texts
from feeds.model import Article, Block
from feeds.plan import plan_of
from tests.compare.conftest import START, demo_articles

LENGTH = 10_000  # characters
RUNS = 15
REACH = 100  # ms


def long_article(name: str, blocks: list[Block]) -> Article:
    """An article of at least 10,000 characters out of these paragraphs, with its plan."""
    taken: list[Block] = []
    for block in blocks:
        if sum(len(one.text) for one in taken) < LENGTH:
            taken.append(block)
    bare = Article(id=name, keys=(name,), title="规划汇编", published=START, seen=START, blocks=tuple(taken))
    return structs.replace(bare, plan=plan_of(bare))


def edited(blocks: list[Block]) -> list[Block]:
    """The same paragraphs, every third one further down, with other figures."""
    rest = [block for number, block in enumerate(blocks) if number % 3]
    places = [*rest[:20], *blocks[::3], *rest[20:]]
    return [
        structs.replace(block, text=block.text.replace("到2030年", "到2032年").replace("0%", "5%")) for block in places
    ]


def measured(work: Callable[[], Comparison]) -> str:
    """Median CPU time with least and most, and what was found."""
    times: list[float] = []
    for _run in range(RUNS):
        start = time.process_time()
        found = work()
        times.append((time.process_time() - start) * 1000)
    return f"{statistics.median(times):6.1f} ms ({min(times):.1f} – {max(times):.1f}, reach {REACH})  {found.counts}"


def main() -> None:
    """Print a line a work."""
    articles = [article for article in demo_articles().values() if article.plan]
    blocks = [block for article in articles for block in article.blocks]
    first, second = long_article("a", blocks), long_article("b", edited(blocks))
    other = long_article("c", blocks[::-1])
    print("plans, edited   ", measured(lambda: compare(first.plan, second.plan)))
    print("plans, different", measured(lambda: compare(first.plan, other.plan)))
    print("texts, edited   ", measured(lambda: compare_texts(first.paragraphs, second.paragraphs)))
    print("texts, different", measured(lambda: compare_texts(first.paragraphs, other.paragraphs)))


if __name__ == "__main__":
    main()
