"""Which files are found, and their order by day."""

from pathlib import Path

import pytest

from feeds.intake.folders import by_day, files_under


def names(paths: list[Path]) -> list[str]:
    return [Path(file.path).name for file in by_day(files_under(paths))]


def write(path: Path, text: str = "---\ntitle: 题\n---\n\n正文") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_posts_are_found_at_any_depth_and_other_files_are_not(tmp_path: Path) -> None:
    for name in ("a.md", "b/c.HTML", "b/d/e.markdown", "picture.png", "b/notes.txt", "f.md.bak"):
        write(tmp_path / name)
    (tmp_path / "folder.md").mkdir()
    assert sorted(names([tmp_path])) == ["a.md", "c.HTML", "e.markdown"]


def test_a_named_file_is_read_with_any_suffix(tmp_path: Path) -> None:
    assert names([write(tmp_path / "post.txt")]) == ["post.txt"]


def test_a_file_that_is_named_twice_is_taken_once(tmp_path: Path) -> None:
    post = write(tmp_path / "a.md")
    assert names([post, tmp_path, post]) == ["a.md"]


def test_a_folders_name_is_the_source(tmp_path: Path) -> None:
    write(tmp_path / "部委动态" / "x" / "a.md")
    (found,) = files_under([tmp_path / "部委动态"])
    assert found.source == "部委动态"


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("2021-12-28-b.md", "2022-01-02-a.md"),
        ("20211228.md", "2021-12-29.md"),
        ("2021/12/28/b.md", "2021/12/30/a.md"),
        ("2021年12月28.md", "z/2022_01_01.md"),
        ("2021-12-28.md", "no-date.md"),
        ("2021-13-45-2020-01-01.md", "2021-12-28.md"),
    ],
)
def test_the_name_shows_the_day(tmp_path: Path, early: str, late: str) -> None:
    write(tmp_path / late)
    write(tmp_path / early)
    assert names([tmp_path]) == [Path(early).name, Path(late).name]


def test_the_front_matter_shows_the_day_otherwise(tmp_path: Path) -> None:
    for name, when in (("a", "Tue, 28 Dec 2021 03:58:05 GMT"), ("b", "'2021-12-26 10:00:00'"), ("c", "2021年12月27日")):
        write(tmp_path / f"{name}.md", f"\n---\ntitle: '题'\ndate: {when}\n---\n\n正文")
    write(tmp_path / "d.md", "---\ntitle: 题\ndate: soon enough\n---\n\n正文")
    assert names([tmp_path]) == ["b.md", "c.md", "a.md", "d.md"]


def test_a_link_to_nothing_is_left_for_the_reader_to_name(tmp_path: Path) -> None:
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere")
    assert names([tmp_path]) == ["gone.md"]
