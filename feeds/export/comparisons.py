"""A comparison as a JSON object: counts, and each pairing with both sides, their places and what differs."""

from typing import Any

from feeds.compare import Comparison, FieldChange, Pairing, Part
from feeds.compare.plans import fields_of
from feeds.model import Article


def comparison_json(before: Article, after: Article, found: Comparison) -> dict[str, Any]:
    """Both articles by name, the counts, and every pairing in its order, the same ones too."""
    return {
        "before": _article(before),
        "after": _article(after),
        "counts": found.counts,
        "pairings": [pairing_json(pairing) for pairing in found.pairings],
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "published": article.published.isoformat() if article.dated else None,
    }


def pairing_json(pairing: Pairing) -> dict[str, Any]:
    """One pairing: both sides with their places, and what differs."""
    return {
        "kind": pairing.kind,
        "change": pairing.change,
        "moved": pairing.moved,
        "part_of_larger": pairing.whole,
        "depth": pairing.depth,
        "before": _part(pairing.before),
        "after": _part(pairing.after),
        "fields": [_field(field) for field in pairing.fields],
    }


def _field(field: FieldChange) -> dict[str, Any]:
    runs = [{"before": run.before, "after": run.after} for run in field.wording]
    return {"name": field.name, "before": field.before, "after": field.after, "wording": runs}


def _part(part: Part | None) -> dict[str, Any] | None:
    """The fields of a part and its place: `span` counts in the article's paragraphs."""
    if part is None:
        return None
    span = part.span
    return {**fields_of(part), "span": {"p": span.p, "start": span.start, "end": span.end} if span else None}
