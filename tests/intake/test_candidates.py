"""A folder of posts that is tested as a source."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.config import Candidate
from feeds.errors import ParseError
from feeds.intake.candidates import find_candidates
from feeds.model import FetchLimits


def candidate_at(path: Path) -> Candidate:
    (found,) = find_candidates(str(path), FetchLimits())
    return found


def write_post(file: Path, title: str, modified: int) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\ntitle: {title}\ndate: 2026-10-08\n---\n\n正文一段。\n", "utf-8")
    os.utime(file, (modified, modified))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "gone.md").symlink_to(folder / "none.md"),
        lambda folder: (folder / "round.html").symlink_to(folder / "round.html"),
        lambda folder: (folder / "附件.md").mkdir(),
        lambda folder: os.mkfifo(folder / "pipe.md"),
    ],
)
def test_what_is_no_file_among_the_posts_is_passed_over(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    write_post(tmp_path / "a.md", "某地方案", 2_000_000_000)
    write_post(tmp_path / "更早" / "b.md", "更早的方案", 1_000_000_000)
    spoil(tmp_path)
    found = candidate_at(tmp_path)
    assert (found.articles, found.newest) == (2, "某地方案")


def test_a_folder_without_posts_is_a_source_too(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to(tmp_path / "none.md")
    assert candidate_at(tmp_path).articles == 0


def test_a_single_post_is_a_source_and_a_missing_one_is_refused(tmp_path: Path) -> None:
    write_post(tmp_path / "a.md", "某地方案", 2_000_000_000)
    assert candidate_at(tmp_path / "a.md").newest == "某地方案"
    with pytest.raises(ParseError, match="there is no"):
        candidate_at(tmp_path / "b.md")
