"""A few rounds of tests.endurance, which is run by hand with hundreds."""

import pytest

from tests.endurance import KINDS, run


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_and_nothing_sound_is_called_damaged(kind: str) -> None:
    ((_, count),) = run({kind: 2}, seed=7)
    assert count.is_good, count.words
    assert count.rounds == 2
