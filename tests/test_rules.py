"""The rules of size and of words hold, except for the listed exceptions, which only become fewer."""

from collections.abc import Callable, Iterator

import pytest

from tests.exceptions import EXCEPTIONS
from tests.rules import RULES

Rule = Callable[[], Iterator[str]]


@pytest.mark.parametrize("rule", RULES, ids=[rule.__name__ for rule in RULES])
def test_a_rule_is_broken_only_in_listed_places(rule: Rule) -> None:
    assert sorted(set(rule()) - EXCEPTIONS[rule.__name__]) == [], (
        f"{rule.__doc__} Mend it; what was only renamed is renamed in tests/exceptions.py."
    )


@pytest.mark.parametrize("rule", RULES, ids=[rule.__name__ for rule in RULES])
def test_an_exception_that_is_mended_is_removed(rule: Rule) -> None:
    assert sorted(EXCEPTIONS[rule.__name__] - set(rule())) == [], "run python -m tests.rules"


def test_every_exception_is_from_a_rule() -> None:
    assert EXCEPTIONS.keys() == {rule.__name__ for rule in RULES}
