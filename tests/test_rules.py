"""The rules of size and of words hold."""

from collections.abc import Callable, Iterator

import pytest

from tests.rules import RULES

Rule = Callable[[], Iterator[str]]


@pytest.mark.parametrize("rule", RULES, ids=[rule.__name__ for rule in RULES])
def test_no_rule_is_broken(rule: Rule) -> None:
    assert sorted(set(rule())) == [], rule.__doc__
