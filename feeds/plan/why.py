"""Why a plan is what it is: each node with its rule, what every rule decided, and why a sentence gave nothing."""

from collections.abc import Iterator
from typing import NamedTuple

from feeds.errors import FeedError
from feeds.model import Article, Group, Item, Plan, Span
from feeds.plan import plan_of
from feeds.plan.annotation import SeenMarks
from feeds.plan.clauses import Line, Note, Paper
from feeds.plan.goals.findings import GOAL
from feeds.plan.rules import DATES, TABLES

_ENOUGH = 60
"""Characters of a sentence that are shown."""


class Sentence(NamedTuple):
    """A sentence with its number from 1, its stretch, what was decided in it and the nodes that begin in it."""

    number: int
    p: int
    start: int
    end: int
    text: str
    decided: list[Note]
    nodes: list[Note]


def why_lines(article: Article, number: int | None = None, at: str = "") -> Iterator[str]:
    """The genre, then each sentence with its nodes, what was decided in it, and why it gave nothing.

    `number` or `at` choose one sentence, which is told in full: the rules that were asked in vain too. A node stands
    with its stretch, its rule and its confidence from 0 (a guess) to 1 (said outright).

    Raises:
        FeedError: no sentence has this number, or holds this text.

    """
    notes: list[Note] = []
    plan = plan_of(article, notes)
    paper = Paper(article)
    sentences = list(_sentences(paper, plan, notes))
    genre = next(note for note in notes if note.rule.startswith("genre: "))
    yield f"{genre.rule} → {genre.verdict}"
    chosen = number is not None or bool(at)
    if chosen:
        sentences = [s for s in sentences if (s.number == number if number is not None else at in s.text)]
    if number is not None and not sentences:
        raise FeedError("the article has no sentence number {number}", number=number)
    if at and not sentences:
        raise FeedError("no sentence of the article holds “{text}”", text=at)
    marks = SeenMarks(paper) if chosen else None
    for sentence in sentences:
        line = paper.lines[sentence.p]
        yield from _lines_of(sentence, genre, _marks_in_print(marks, line, sentence) if marks is not None else "")


def _marks_in_print(found: SeenMarks, line: Line, sentence: Sentence) -> str:
    """The marks that the rules can see in the sentence, in print."""
    marks = found.between(line, sentence.start, sentence.end)
    said = (f"{mark.kind} {line.text[mark.start : mark.end]} {mark.meaning}".strip() for mark in marks)
    return "; ".join(said) or "nothing that a rule reads"


def _lines_of(sentence: Sentence, genre: Note, seen: str) -> Iterator[str]:
    full = bool(seen)
    shown = sentence.text if full else sentence.text[:_ENOUGH]
    yield f"[{sentence.number}] {sentence.p}:{sentence.start}-{sentence.end} {shown}"
    if seen:
        yield f"    seen in it: {seen}"
    for node in sentence.nodes:
        yield f"    {node.verdict} [{node.start}-{node.end}], rule: {node.rule}"
    for note in sentence.decided:
        before, confidence = _table_row(note.rule)
        yield f"    {note.rule}{confidence} [{note.start}-{note.end}] → {note.verdict}"
        if full and before:
            yield f"        asked before it, in vain: {'; '.join(before)}"
    if not sentence.nodes:
        reasons = list(_reasons(sentence, genre))
        yield f"    nothing: {'; '.join(reasons) if full else reasons[0]}"


def _table_row(title: str) -> tuple[list[str], str]:
    """The rules of the same table that come before the one of this name, and its confidence in print."""
    for table in TABLES:
        titles = [rule.title for rule in table]
        if title in titles:
            at = titles.index(title)
            return [rule.name for rule in table[:at]] if table is not DATES else [], f" ({table[at].confidence:.2f})"
    return [], ""


def _reasons(sentence: Sentence, genre: Note) -> Iterator[str]:
    """Why nothing was found in a sentence, what decided it first."""
    if genre.verdict == "none":
        yield f"the article is no plan ({genre.rule.removeprefix('genre: ')})"
        return
    decided = sentence.decided
    for note in decided:
        if note.rule in ("clause", "voice"):
            yield note.verdict
        elif note.rule.startswith("no date: "):
            yield f"its date {note.verdict} sets no aim ({note.rule.removeprefix('no date: ')})"
        elif note.verdict.endswith("stops"):
            yield f"the date before it does not reach it ({note.rule.removeprefix('reach: ')})"
    if not any(note.rule.startswith(("date: ", "no date: ", "reach: ")) for note in decided):
        yield "no date stands in it, before it in its paragraph, or over its list"
    elif not any(note.rule.startswith("reach: ") for note in decided):
        rule = next((note.rule for note in decided if note.rule.startswith("goal: ")), "no rule says what it governs")
        yield f"what its date governs is no aim ({rule.removeprefix('goal: ')})"
    if not any(note.rule.startswith(("group: ", "count: ")) for note in decided):
        yield "it counts and lists nothing that is a part of a plan"


def _sentences(paper: Paper, plan: Plan, notes: list[Note]) -> Iterator[Sentence]:
    nodes = [node._replace(rule=_rule_of(node, notes)) for node in _nodes(plan)]
    number = 0
    for line in paper.lines:
        for start, end in line.sentences:
            number += 1
            decided, here = (
                [note for note in found if note.p == line.p and start <= note.start < end] for found in (notes, nodes)
            )
            decided = [note for note in decided if note.rule != GOAL]
            yield Sentence(number, line.p, start, end, line.text[start:end], decided, here)


def _rule_of(node: Note, notes: list[Note]) -> str:
    """The rule that found the node: the one that was noted for its stretch."""
    if node.rule == "item":
        return "that of its group"
    if node.rule == "goal":
        found = [f"goal: {n.verdict}" for n in notes if n.rule == GOAL and n[:3] == node[:3]]
    else:
        found = [n.rule for n in notes if n.rule.startswith(f"{node.rule}: ") and n[:2] == node[:2]]
    return found[-1].partition(": ")[2] if found else f"the reading of {node.rule}s"


def _nodes(plan: Plan) -> Iterator[Note]:
    """Every node of the plan with its kind in `rule`."""
    for document in plan.documents:
        if document.span is not None:
            issuers = "、".join(document.issuers) or "no issuer named"
            yield Note(*_places(document.span), "document", f"document {document.title}, {issuers}")
    for group in plan.groups:
        yield from _of_group(group)
    for goal in plan.goals:
        yield Note(*_places(goal.span), "goal", f"goal {goal.deadline} ({goal.confidence:.2f})")
    for target in plan.targets:
        said = f"{target.deadline} {target.indicator} {target.comparator} {target.value}{target.unit}"
        yield Note(*_places(target.span), "target", f"target {said} ({target.confidence:.2f})")


def _of_group(group: Group) -> Iterator[Note]:
    said = f"{group.label or 'unnamed'}: {len(group.items)} of {group.declared or 'no declared number'}"
    yield Note(*_places(group.span), "group", f"group {said}, {group.status} ({group.confidence:.2f})")
    for item in group.items:
        yield from _of_item(item)


def _of_item(item: Item) -> Iterator[Note]:
    yield Note(*_places(item.span), "item", f"item {item.title[:_ENOUGH]}")
    for inner in item.items:
        yield from _of_item(inner)
    for group in item.groups:
        yield from _of_group(group)


def _places(span: Span) -> tuple[int, int, int]:
    return span.p, span.start, span.end
