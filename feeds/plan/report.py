"""An article's plan as the JSON object that other programs read: paragraphs, and what is found with its places."""

from typing import Any

from feeds.model import Article, Goal, Group, Item, Plan, Span, Target
from feeds.plan import plan_of


def plan_json(article: Article, plan: Plan | None = None) -> dict[str, Any]:
    """Title, url, published, paragraphs, documents, groups, goals, targets; `plan` where it is known already."""
    plan = plan_of(article) if plan is None else plan
    return {
        "title": article.title,
        "url": article.url,
        "published": article.published.isoformat() if article.dated else None,
        "paragraphs": article.paragraphs,
        "documents": [{"title": d.title, "issuers": list(d.issuers), "number": d.number} for d in plan.documents],
        "groups": [_group(group) for group in plan.groups],
        "goals": [_goal(goal) for goal in plan.goals],
        "targets": [_target(target) for target in plan.targets],
    }


def _span(span: Span) -> dict[str, int]:
    return {"p": span.p, "start": span.start, "end": span.end}


def _group(group: Group) -> dict[str, Any]:
    return {
        "label": group.label,
        "declared": group.declared,
        "span": _span(group.span),
        "items": [_item(item) for item in group.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "title": item.title,
        "span": _span(item.span),
        "items": [_item(inner) for inner in item.items],
        "groups": [_group(group) for group in item.groups],
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {"deadline": goal.deadline, "text": goal.text, "span": _span(goal.span)}


def _target(target: Target) -> dict[str, Any]:
    return {
        "indicator": target.indicator,
        "comparator": target.comparator,
        "direction": target.direction,
        "value": target.value,
        "unit": target.unit,
        "deadline": target.deadline,
        "baseline": target.baseline,
        "span": _span(target.span),
    }
