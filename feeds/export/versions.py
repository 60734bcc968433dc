"""The versions of an article as a JSON object: when each was seen, and what each changed in the one before it."""

from collections.abc import Sequence
from typing import Any

from feeds.compare import Comparison, VersionChange
from feeds.compare.versions import ArticleVersion
from feeds.export.comparisons import pairing_json
from feeds.model import BEIJING, Article


def changes_json(
    article: Article, versions: Sequence[ArticleVersion], found: Sequence[VersionChange]
) -> dict[str, Any]:
    """The article by name, its versions, and the changes, the latest first, without what is the same."""
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "versions": [
            {"number": one.number, "since": one.since.astimezone(BEIJING).isoformat(), "title": one.title}
            for one in versions
        ],
        "changes": [_change(change) for change in found],
    }


def _change(change: VersionChange) -> dict[str, Any]:
    return {
        "before": change.before.number,
        "after": change.after.number,
        "title": [{"before": run.before, "after": run.after} for run in change.title],
        "plan": _differences(change.plan),
        "text": _differences(change.texts),
    }


def _differences(found: Comparison) -> dict[str, Any]:
    return {"counts": found.counts, "pairings": [pairing_json(one) for one in found.pairings if one.differs]}
