"""Why a plan is what it is: what each rule decided, sentence by sentence, and why a sentence gave nothing."""

from collections.abc import Iterator

from feeds.model import Article, Group, Item, Plan, Span
from feeds.plan import plan_of
from feeds.plan.clauses import Note, Paper

_ENOUGH = 60
"""Characters of a sentence that are shown."""


def why_lines(article: Article) -> Iterator[str]:
    """A line for the genre, then for each sentence what was found in it, the rules that judged it, or `nothing`.

    A found node stands with its kind, its span and its confidence from 0 (a guess) to 1 (said outright).
    """
    notes: list[Note] = []
    plan = plan_of(article, notes)
    yield from (f"{note.rule} → {note.verdict}" for note in notes if note.p < 0)
    found = list(_nodes(plan))
    for line in Paper(article).lines:
        for start, end in line.sentences:
            yield f"[{line.p}:{start}-{end}] {line.text[start:end][:_ENOUGH]}"
            judged = [note for note in notes if note.p == line.p and start <= note.start < end]
            here = [node for node in found if node.p == line.p and start <= node.start < end]
            yield from (f"    {note.rule} → {note.verdict}" for note in judged)
            yield from (f"    {node.rule} [{node.start}-{node.end}] {node.verdict}" for node in here)
            if not here:
                yield f"    nothing: {_reason(judged)}"


def _reason(judged: list[Note]) -> str:
    """Why nothing was found in a sentence."""
    if any(note.rule.startswith("no date") for note in judged):
        return "its date sets no aim"
    if any(note.verdict.endswith("stops") for note in judged):
        return "the date before it does not reach it, and it counts or lists nothing"
    return "no date governs it, and it counts or lists nothing"


def _nodes(plan: Plan) -> Iterator[Note]:
    """Every node of the plan with its kind in `rule`."""
    for document in plan.documents:
        if document.span is not None:
            yield Note(*_places(document.span), "document", "、".join(document.issuers) or "no issuer named")
    for group in plan.groups:
        yield from _of_group(group)
    for goal in plan.goals:
        yield Note(*_places(goal.span), "goal", f"{goal.deadline} ({goal.confidence:.2f})")
    for target in plan.targets:
        said = f"{target.deadline} {target.indicator} {target.comparator} {target.value}{target.unit}"
        yield Note(*_places(target.span), "target", f"{said} ({target.confidence:.2f})")


def _of_group(group: Group) -> Iterator[Note]:
    said = f"{group.label or 'unnamed'}: {len(group.items)} of {group.declared or 'no declared number'}"
    yield Note(*_places(group.span), "group", f"{said}, {group.status} ({group.confidence:.2f})")
    for item in group.items:
        yield from _of_item(item)


def _of_item(item: Item) -> Iterator[Note]:
    yield Note(*_places(item.span), "item", item.title[:_ENOUGH])
    for inner in item.items:
        yield from _of_item(inner)
    for group in item.groups:
        yield from _of_group(group)


def _places(span: Span) -> tuple[int, int, int]:
    return span.p, span.start, span.end
