"""Every rule of a table takes its own examples and refuses those that it names."""

from itertools import pairwise

import pytest

from feeds.model import Plan
from feeds.plan import plan_of
from feeds.plan.clauses import Note, Paper
from feeds.plan.documents import titles_in
from feeds.plan.genre import GENRES, Genre, genre_of
from feeds.plan.goals.dating import NO_DATES, NoDate
from feeds.plan.goals.reach import REACHES, Reach
from feeds.plan.lexicon.date_forms import FORMS
from tests.plan.conftest import article_of

ISSUED = "商务部近日印发《集市振兴规划》（以下简称《规划》）。"
MARK = "‖"


def read(text: str) -> tuple[Plan, list[Note]]:
    notes: list[Note] = []
    return plan_of(article_of(ISSUED, text), notes), notes


def starts(text: str) -> list[int]:
    """Where the marked sentences begin once the marks are gone."""
    parts = text.split(MARK)
    return [sum(map(len, parts[: i + 1])) for i in range(len(parts) - 1)]


@pytest.mark.parametrize("rule", REACHES, ids=lambda rule: rule.name)
def test_a_reach_takes_its_examples(rule: Reach) -> None:
    assert len(rule.taken) >= 2
    for text in rule.taken:
        _, notes = read(text.replace(MARK, ""))
        judged = {note.start: note for note in notes if note.rule.startswith("reach:")}
        for at in starts(text):
            assert judged[at].rule == f"reach: {rule.name}", text
            assert judged[at].verdict.endswith("holds" if rule.holds else "stops")


@pytest.mark.parametrize("rule", [rule for rule in REACHES if rule.refused], ids=lambda rule: rule.name)
def test_a_reach_refuses_what_is_not_its_own(rule: Reach) -> None:
    for text in rule.refused:
        _, notes = read(text.replace(MARK, ""))
        judged = {note.start: note for note in notes if note.rule.startswith("reach:")}
        assert all(judged[at].rule != f"reach: {rule.name}" for at in starts(text)), text


@pytest.mark.parametrize("rule", NO_DATES, ids=lambda rule: rule.name)
def test_a_date_that_dates_nothing(rule: NoDate) -> None:
    assert len(rule.taken) >= 2
    for text in rule.taken:
        assert f"no date: {rule.name}" in [note.rule for note in read(text)[1]], text
    for text in rule.refused:
        assert f"no date: {rule.name}" not in [note.rule for note in read(text)[1]], text


@pytest.mark.parametrize("genre", GENRES, ids=lambda genre: genre.name)
def test_a_genre_takes_its_examples(genre: Genre) -> None:
    assert len(genre.taken) >= 2
    for text in genre.taken:
        paper = Paper(article_of(text))
        titles = titles_in(paper)
        found = genre_of(paper, documents=any(not title.told for title in titles), told=bool(titles))
        assert found.name == genre.name, text


def test_no_two_rules_have_one_name() -> None:
    tables = ([r.name for r in REACHES], [r.name for r in NO_DATES], [r.name for r in GENRES], [f.name for f in FORMS])
    for names in tables:
        assert all(a != b for a, b in pairwise(sorted(names)))
