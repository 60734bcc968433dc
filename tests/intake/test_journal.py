"""The content of the journal after a run that ended in any way."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from feeds.intake.folders import PostFile
from feeds.intake.journal import FILE_NAME, Journal, digest_of

paths = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
files = st.builds(PostFile, paths, paths, st.integers(0, 9), st.integers(0, 9))


def post(number: int) -> PostFile:
    return PostFile(f"/posts/{number}.md", "posts", 100, 5)


def test_the_next_run_knows_what_is_in(tmp_path: Path) -> None:
    Journal(tmp_path).add([post(1), post(2)])
    Journal(tmp_path).add([post(3)])
    known = Journal(tmp_path)
    assert [post(number) in known for number in range(1, 5)] == [True, True, True, False]


def test_a_file_that_changed_is_another_file(tmp_path: Path) -> None:
    Journal(tmp_path).add([post(1)])
    known = Journal(tmp_path)
    for changed in (
        PostFile("/posts/1.md", "posts", 101, 5),
        PostFile("/posts/1.md", "posts", 100, 6),
        PostFile("/posts/1.md", "other", 100, 5),
    ):
        assert changed not in known


@given(st.lists(files, max_size=5), st.integers(1, 16))
def test_a_line_that_a_kill_cut_off_is_ignored(made: list[PostFile], torn: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Journal(folder).add(made)
        with (folder / FILE_NAME).open("ab") as out:
            out.write(digest_of(post(1)).encode()[:torn])
        after = Journal(folder)
        assert all(file in after for file in made)
        assert post(1) not in after or post(1) in made
        after.add([post(2)])
        assert post(2) in Journal(folder)


def test_it_is_removed_when_all_files_are_stored(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.add([post(1)])
    journal.remove()
    assert list(tmp_path.iterdir()) == []
    assert post(1) not in Journal(tmp_path)
    journal.remove()


def test_an_unknown_line_is_skipped(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a mark\n\n" + digest_of(post(1)).encode() + b"\n")
    assert post(1) in Journal(tmp_path)
