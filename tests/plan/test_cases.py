"""The cases of tests/plan/cases: what the rules must read in a text, kept as data."""

import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from feeds.model import BEIJING, Group, Plan
from feeds.plan import plan_of
from tests.plan.conftest import article_of

FOLDER = Path(__file__).with_name("cases")
ISSUED = "商务部近日印发《集市振兴规划》（以下简称《规划》）。"
"""What stands before a case's text, so that the article is a plan; a case of documents stands alone."""
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['text']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]


def _row(*cells: str | int | None) -> str:
    return " | ".join(str(cell or "-") for cell in cells)


def _group(group: Group) -> str:
    return _row(group.label, group.declared, *(item.title for item in group.items))


READ: dict[str, Callable[[Plan], list[str]]] = {
    "goals": lambda plan: [_row(goal.deadline, goal.text) for goal in plan.goals],
    "targets": lambda plan: [
        _row(t.deadline, t.indicator, t.comparator, t.direction, t.value, t.unit, t.baseline) for t in plan.targets
    ],
    "figures": lambda plan: [_row(t.deadline, t.value) for t in plan.targets],
    "groups": lambda plan: [_group(group) for group in plan.groups],
    "documents": lambda plan: [_row(document.title, *document.issuers) for document in plan.documents],
}
"""How a part of a plan is written in a case; `figures` are targets by deadline and value alone."""


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_read_as_it_says(case: dict[str, Any]) -> None:
    when = datetime.fromisoformat(case.get("date", "2022-03-20")).replace(hour=9, tzinfo=BEIJING)
    paragraphs = case["text"].split("\n")
    if "documents" not in case:
        paragraphs.insert(0, ISSUED)
    plan = plan_of(article_of(*paragraphs, when=when))
    checked = {key: read(plan) for key, read in READ.items() if key in case}
    assert checked, "the case expects nothing"
    assert checked == {key: case[key] for key in checked}


@pytest.mark.parametrize("case", CASES)
def test_a_case_has_its_reason_and_no_other_key(case: dict[str, Any]) -> None:
    assert case["reason"]
    assert set(case) <= {"text", "reason", "date", *READ}


def test_no_text_is_a_case_twice() -> None:
    texts = [case.values[0]["text"] for case in CASES]  # type: ignore[index]
    assert len(texts) == len(set(texts))
