"""Every rule takes its own examples, from at least two kinds of text, and refuses those that it must not take."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from msgspec import structs

from feeds.model import BEIJING, Block
from feeds.plan import plan_of
from feeds.plan.clauses import Note
from feeds.plan.rule import Rule
from feeds.plan.rules import RULES
from tests.plan.conftest import article_of
from tests.plan.examples import examples_of

ISSUED = "商务部近日印发《集市振兴规划》（以下简称《规划》）。"
"""What stands before an example, so that the article is a plan; an example of a genre or document stands alone."""
ALONE = ("genre", "document", "issuer")
TITLE = "# "
MARK = "‖"
"""Stands before the sentence that the rule judges, where the example has several."""


def decisions(rule: Rule[Any, Any], text: str) -> list[Note]:
    """What the rule decided in the text: all of it, or of the marked sentences. `# …` is the article's title."""
    notes: list[Note] = []
    paragraphs = text.replace(MARK, "").split("\n")
    title = paragraphs.pop(0).removeprefix(TITLE) if text.startswith(TITLE) else ""
    if rule.finds not in ALONE:
        paragraphs.insert(0, ISSUED)
    article = article_of(
        title=title, when=datetime.fromisoformat(examples_of(rule.finds)[rule.name].when).replace(tzinfo=BEIJING)
    )
    blocks = tuple(Block(text, kind="row" if " | " in text else "text") for text in paragraphs)
    plan_of(structs.replace(article, blocks=blocks), notes)
    starts = [sum(map(len, text.split(MARK)[: i + 1])) for i in range(text.count(MARK))]
    return [note for note in notes if note.rule == rule.title and (not starts or note.start in starts)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.title)
def test_a_rule_takes_its_examples(rule: Rule[Any, Any]) -> None:
    taken = examples_of(rule.finds)[rule.name].taken
    assert len({example.kind for example in taken}) >= 2, "examples from two kinds of text"
    for example in taken:
        found = decisions(rule, example.text)
        assert len(found) >= max(1, example.text.count(MARK)), example.text
        if example.verdict:
            assert example.verdict in [note.verdict for note in found], example.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.title)
def test_a_rule_refuses_what_is_not_its_own(rule: Rule[Any, Any]) -> None:
    for text in examples_of(rule.finds)[rule.name].refused:
        assert decisions(rule, text) == [], text


def test_rules_and_examples_have_the_same_names() -> None:
    for finds in {rule.finds for rule in RULES}:
        assert Counter(list(examples_of(finds))) == Counter(rule.name for rule in RULES if rule.finds == finds)


def test_confidence_is_on_the_scale() -> None:
    assert [rule.title for rule in RULES if not 0 < rule.confidence <= 1] == []
