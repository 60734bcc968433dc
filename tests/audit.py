"""List the posts that the rules most likely misread: a second, liberal reading finds more in them than the rules do.

    python -m tests.audit FOLDER [--most 20]

The second reading knows no reach, no genre and no structure. It takes every sentence with a date to come and a
word of intent for an aim, every ordinal for an item, and every 《title》 beside an issuing verb for a document.
Where it disagrees most with the rules, somebody should look: those posts are the next to label.
"""

import argparse
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from feeds.assembly import article_of
from feeds.model import Article, Group, Plan
from feeds.parse import posts_of, reading_of_body
from feeds.plan import plan_of

_DATE = re.compile(r"20[2-5]\d年|[今明]年|年底|“十[四五六]五”|\d月底前|未来[一二三四五六七八九十]+年|季度|半年")
_INTENT = re.compile(r"将(?!近)|力争|确保|达到|实现|建成|完成|不低于|超过|以上|左右")
_PAST = re.compile(r"同比|环比|截至|去年|[^为]了[^，。]|已")
_ORDINAL = re.compile(
    r"(?:^|[。；：，])(?:[一二三四五六七八九]是|第[一二三四五六七八九][，是]|（[一二三四五六七八九]）)"
)
_ISSUED = re.compile(r"(?:印发|发布|出台|公布)[^。《]{0,12}《([^》]{4,60})》")
_SENTENCE = re.compile("[^。！？]+")


def main() -> None:
    """Print the most doubtful posts, the worst first."""
    parser = argparse.ArgumentParser(description="List the posts that the rules most likely misread.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=20)
    asked = parser.parse_args()
    found = []
    for entry in posts_of(asked.folder):
        article = article_of(entry, reading_of_body(entry.body or ""), datetime.now(UTC))
        reasons = list(disagreements(article, plan_of(article)))
        found.append((len(reasons), article.title, reasons))
    for number, title, reasons in sorted(found, key=lambda row: -row[0])[: asked.most]:
        if number:
            print(f"{number:3}  {title}")
            for reason in reasons[:5]:
                print(f"     {reason}")


def disagreements(article: Article, plan: Plan) -> Iterator[str]:
    """What the liberal reading finds and the rules do not, and what only the rules find, a line each."""
    aims = [goal.span for goal in plan.goals] + [target.span for target in plan.targets]
    for p, text in enumerate(article.paragraphs):
        for match in _SENTENCE.finditer(text):
            sentence = match[0]
            taken = any(span.p == p and match.start() <= span.start < match.end() for span in aims)
            aimed = bool(_DATE.search(sentence) and _INTENT.search(sentence) and not _PAST.search(sentence))
            if aimed and not taken:
                yield f"no aim: {sentence.strip()[:60]}"
            elif taken and _PAST.search(sentence) and not _INTENT.search(sentence):
                yield f"an aim of the past: {sentence.strip()[:60]}"
    ordinals = sum(len(_ORDINAL.findall(text)) for text in article.paragraphs)
    items = sum(_size(group) for group in plan.groups)
    if ordinals >= 2 and items < ordinals / 2:
        yield f"{ordinals} ordinals, {items} items"
    yield from (
        f"a group with {len(group.items)} of {group.declared} items: {group.label}"
        for group in plan.groups
        if group.status in ("short", "over")
    )
    titles = {document.title for document in plan.documents}
    issued = {title for text in article.paragraphs for title in _ISSUED.findall(text)}
    yield from (f"no document: {title}" for title in sorted(issued - titles))


def _size(group: Group) -> int:
    return sum(1 + len(item.items) + sum(map(_size, item.groups)) for item in group.items)


if __name__ == "__main__":
    main()
