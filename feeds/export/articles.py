"""An article as a JSON object: the fields of the model, its plan as in `plans`, and data from the archive."""

from collections.abc import Sequence
from typing import Any

import msgspec

from feeds.export.plans import parts_of
from feeds.model import Article, Flags, Revision
from feeds.query.results import Duplicate


def article_json(article: Article, flags: Flags, duplicates: Sequence[Duplicate]) -> dict[str, Any]:
    """All fields of the article, with its `plan`, the reader's `flags`, and `twins`: its duplicates."""
    record: dict[str, Any] = msgspec.to_builtins(article)
    return {
        **record,
        "plan": parts_of(article.plan),
        "earlier": [_revision(past) for past in article.earlier],
        "flags": msgspec.to_builtins(flags),
        "twins": msgspec.to_builtins(duplicates),
    }


def _revision(past: Revision) -> dict[str, Any]:
    """An earlier text, with its plan in the form of the present one; null where none was kept."""
    return {**msgspec.to_builtins(past), "plan": None if past.plan is None else parts_of(past.plan)}
