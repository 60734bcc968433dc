"""Articles with their plans: the demo's, and the labelled ones where they stand beside the checkout."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path

from msgspec import structs

from feeds.demo.markup import fill_dates, paragraphs_of
from feeds.demo.samples import samples, time_of
from feeds.model import BEIJING, Article, Block
from feeds.plan import plan_of

START = datetime(2026, 11, 20, 15, 30, tzinfo=BEIJING)
GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"


def planned(name: str, title: str, when: datetime, blocks: tuple[Block, ...]) -> Article:
    bare = Article(id=name, keys=(name,), title=title, published=when, seen=when, blocks=blocks)
    return structs.replace(bare, plan=plan_of(bare))


@cache
def demo_articles() -> dict[str, Article]:
    """Every article of the demo, by its slug."""
    return {
        sample.slug: planned(
            sample.slug,
            fill_dates(sample.title, START),
            START if sample.is_held_back else time_of(sample.when, START),
            tuple(Block(para.plain, para.kind) for para in paragraphs_of(fill_dates(sample.body, START))),
        )
        for sample in samples()
    }


@cache
def gold_articles() -> dict[str, Article]:
    """The labelled posts; none where they do not stand beside the checkout."""
    found: dict[str, Article] = {}
    for path in sorted(GOLD.glob("labels/*.json")):
        body = json.loads(path.read_text("utf-8"))["blocks"]["body"]
        lines = (GOLD / "blocks" / f"{path.stem}.txt").read_text("utf-8").rstrip("\n").split("\n")
        texts = [line.split("\t", 1)[1] if "\t" in line else "" for line in lines]
        post = (GOLD / "posts" / f"{path.stem}.md").read_text("utf-8")
        title, date = (re.search(rf"^{name}: (.*)$", post, re.MULTILINE) for name in ("title", "date"))
        assert title
        assert date
        when = parsedate_to_datetime(date[1]).astimezone(BEIJING)
        blocks = tuple(Block(texts[number]) for number in body)
        found[path.stem] = planned(path.stem, title[1].strip("'"), when, blocks)
    return found
