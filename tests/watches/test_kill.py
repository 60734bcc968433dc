"""kill -9 of the poller at any moment: each article is told once. `tests.watches.killing` kills more often."""

from pathlib import Path

from tests.watches.killing import KilledPoller


def test_each_article_is_told_once_whatever_is_killed(tmp_path: Path) -> None:
    killed = KilledPoller(tmp_path, seed=11)
    for _ in range(2):
        killed.run_and_kill(killed.start, 1.5)
    told = killed.finish()
    assert killed.count
    assert set(told) == killed.expected()
    assert set(told.values()) == {1}
