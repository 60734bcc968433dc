"""An article's plan as a JSON object: the paragraphs, and the parts of the plan with their places in them."""

from typing import Any

from feeds.model import Article, Document, Goal, Group, Item, Plan, Span, Target
from feeds.quantities.amounts import quantity_of


def plan_json(article: Article, plan: Plan | None = None) -> dict[str, Any]:
    """Title, url, published, paragraphs, and the parts of the plan: the article's own, or `plan`."""
    return {
        "title": article.title,
        "url": article.url,
        "published": article.published.isoformat() if article.dated else None,
        "paragraphs": article.paragraphs,
        **parts_of(article.plan if plan is None else plan),
    }


def parts_of(plan: Plan) -> dict[str, Any]:
    """Documents, groups, goals, targets, agencies and code of a plan."""
    return {
        "documents": [_document(document) for document in plan.documents],
        "groups": [_group(group) for group in plan.groups],
        "goals": [_goal(goal) for goal in plan.goals],
        "targets": [_target(target) for target in plan.targets],
        "agencies": list(plan.agencies),
        "code": plan.code,
    }


def _span(span: Span) -> dict[str, int]:
    return {"p": span.p, "start": span.start, "end": span.end}


def _document(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "issuers": list(document.issuers),
        "number": document.number,
        "span": _span(document.span) if document.span else None,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "label": group.label,
        "declared": group.declared,
        "span": _span(group.span),
        "items": [_item(item) for item in group.items],
        "open": group.open,
        "missing": list(group.missing),
        "confidence": group.confidence,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "title": item.title,
        "span": _span(item.span),
        "items": [_item(inner) for inner in item.items],
        "groups": [_group(group) for group in item.groups],
    }


def _goal(goal: Goal) -> dict[str, Any]:
    return {"deadline": goal.deadline, "text": goal.text, "span": _span(goal.span), "confidence": goal.confidence}


def _target(target: Target) -> dict[str, Any]:
    return {
        "indicator": target.indicator,
        "comparator": target.comparator,
        "direction": target.direction,
        "value": target.value,
        "unit": target.unit,
        "quantity": quantity_of(target),
        "deadline": target.deadline,
        "baseline": target.baseline,
        "span": _span(target.span),
        "confidence": target.confidence,
    }
