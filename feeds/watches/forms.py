"""The content of a telling, as JSON for a program outside and as a line for people. Pure.

Titles and other texts come from outside: they lose control characters and are cut.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from feeds.archive.sqlite.watches import WatchMatch
from feeds.controls import drop_controls
from feeds.model import BEIJING, Article

_LONGEST = 500  # characters of a text
_LONGEST_ADDRESS = 4000


def clean_line(text: str, longest: int = _LONGEST) -> str:
    """A text from outside as one line of bounded length without control characters."""
    line = drop_controls(text[: 2 * longest]).strip()
    return line if len(line) <= longest else line[: longest - 1] + "…"


def cause_of(match: WatchMatch) -> str:
    """Why a match is told: `new`, `changed` or `due`."""
    return match.version.partition(" ")[0] or "new"


def groups_of(matches: Sequence[WatchMatch]) -> list[list[WatchMatch]]:
    """The matches of one article for one reason together, in their order: several watches tell them once."""
    groups: dict[tuple[str, str], list[WatchMatch]] = {}
    for match in matches:
        groups.setdefault((match.article, match.version), []).append(match)
    return list(groups.values())


def telling_json(groups: Sequence[Sequence[WatchMatch]], articles: Mapping[str, Article]) -> str:
    """The JSON of one telling: its watches, and each article with why it is told and by which watches.

    An article that cannot be read has only its id.
    """
    told = [_article_json(group, articles.get(group[0].article)) for group in groups]
    watches = list(dict.fromkeys(name for one in told for name in one["watches"]))
    kind = "digest" if len(told) > 1 else "article"
    telling = {"zhengwen": "telling", "kind": kind, "count": len(told), "watches": watches, "articles": told}
    return json.dumps(telling, ensure_ascii=False) + "\n"


def _article_json(group: Sequence[WatchMatch], article: Article | None) -> dict[str, Any]:
    first = group[0]
    row: dict[str, Any] = {"id": first.article, "why": cause_of(first)}
    if first.words:
        row["due"] = clean_line(first.words)
    row["watches"] = [clean_line(match.watch, 100) for match in group]
    if article is None:
        return row
    agencies = [clean_line(name, 100) for name in article.plan.agencies[:10]]
    return {
        **row,
        "title": clean_line(article.title),
        "url": clean_line(article.url, _LONGEST_ADDRESS),
        "source": clean_line(next(iter(article.sources), ""), 100),
        "origin": clean_line(article.origin, 100),
        "published": article.published.astimezone(BEIJING).isoformat(),
        "agencies": agencies,
        "badge": clean_line(article.plan.badge, 100),
    }
