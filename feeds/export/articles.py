"""An article as a JSON object: the model's fields, its plan as `plans` writes it, what the archive knows of it."""

from collections.abc import Sequence
from typing import Any

import msgspec

from feeds.export.plans import parts_of
from feeds.model import Article, Flags
from feeds.query.results import Duplicate


def article_json(article: Article, flags: Flags, twins: Sequence[Duplicate]) -> dict[str, Any]:
    """Every field of the article, with `plan`, the reader's `flags`, and `twins`: its other printings."""
    record: dict[str, Any] = msgspec.to_builtins(article)
    return {
        **record,
        "plan": parts_of(article.plan),
        "flags": msgspec.to_builtins(flags),
        "twins": msgspec.to_builtins(twins),
    }
