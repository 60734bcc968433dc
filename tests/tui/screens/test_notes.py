"""Notes and copies: written in a box or an editor, found by `note:`, shown in list and text, copied with a source."""

import sys
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.errors import FeedError
from feeds.query import parse
from tests.tui.sample import NOW, dashboard_of, made, screen_text, until
from tui.outside.clipboard import clipboard_program, run_program
from tui.outside.editor import edited_text, editor_of
from tui.screens.main.outputs.copying import note_with
from tui.widgets.reader import Reader


async def test_a_note_is_written_shown_found_and_taken_back(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(120, 40)) as (app, pilot):
        await pilot.press("j", "a")
        await pilot.pause()
        await pilot.press("先", "q", "第", "二", "enter", "条", "ctrl+s")
        await until(pilot, lambda: "注" in screen_text(app), "the sign")
        with Archive.open(archive_path, catch_up=False) as archive:
            name = made(1).id
            assert archive.flags(name).note == "先q第二\n条"
            for query, found in (("note:第二", [name]), ("批注：*", [name]), ("note:没有", []), ("-note:先", None)):
                ids = archive.listing(parse(query, NOW.date())).ids()
                assert ids == found if found is not None else name not in ids
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("别", "escape", "u")
        await until(pilot, lambda: "注" not in screen_text(app), "no sign")
        await pilot.press("enter", "G", "a")
        await pilot.pause()
        sentence = app.screen_stack[0].query_one(Reader).sentence
        await pilot.press("看", "ctrl+s")
        assert sentence
        with Archive.open(archive_path, catch_up=False) as archive:
            quoted = made(1).paragraph(sentence.p)[sentence.start : sentence.end]
            assert archive.flags(made(1).id).note == f"> {quoted}\n看"


async def test_a_second_key_says_what_is_copied(archive_path: Path) -> None:
    article = made(1)
    async with dashboard_of(archive_path, size=(120, 40)) as (app, pilot):
        await pilot.press("j", "y")
        await until(pilot, lambda: "Copy sentence" in screen_text(app), "the menu")
        await pilot.press("i")
        assert app.clipboard == article.id
        await pilot.press("y", "t")
        assert app.clipboard == f"{article.title}\n{article.url}"
        await pilot.press("enter", "G", "y", "s")
        sentence = app.screen.query_one(Reader).sentence
        assert sentence
        text = article.paragraph(sentence.p)[sentence.start : sentence.end]
        assert app.clipboard.startswith(f"{text}\n——《{article.title}》")
        assert article.id in screen_text(app)
        await pilot.press("y", "p")
        assert app.clipboard.startswith("# ") or "No plan" in screen_text(app)


@pytest.mark.parametrize(
    ("note", "sentence", "after"),
    [
        ("", "", ""), ("甲", "", "甲"), ("", "乙。", "> 乙。\n"), ("甲", "乙。", "甲\n\n> 乙。\n"),
        ("> 乙。\n甲", "乙。", "> 乙。\n甲"),
    ],
)  # fmt: skip
def test_a_sentence_is_a_quotation_in_the_note(note: str, sentence: str, after: str) -> None:
    assert note_with(note, sentence) == after


def program_at(folder: Path, name: str, body: str) -> Path:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{body}", "utf-8")
    path.chmod(0o755)
    return path


def test_the_clipboard_gets_the_text_from_a_program_that_is_found(tmp_path: Path) -> None:
    copy = "import pathlib, sys; pathlib.Path(sys.argv[0]).with_name('got').write_bytes(sys.stdin.buffer.read())"
    path = program_at(tmp_path, "wl-copy", copy)
    desktop = {"PATH": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}
    assert clipboard_program(desktop)[0] == str(path)
    assert clipboard_program({**desktop, "SSH_CONNECTION": "10.0.0.1"}) == []
    assert clipboard_program({"PATH": str(tmp_path)}) == []
    assert run_program(clipboard_program(desktop), "$(touch x)；甲")
    assert (tmp_path / "got").read_text("utf-8") == "$(touch x)；甲"
    assert not run_program([str(tmp_path / "missing")], "甲")


def test_an_editor_changes_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = "import sys; file = open(sys.argv[2], 'a', encoding='utf-8'); file.write(sys.argv[1])"
    editor = program_at(tmp_path, "my editor", write)
    monkeypatch.setenv("VISUAL", f"'{editor}' '；加一句'")
    assert edited_text("甲 $(touch x)") == "甲 $(touch x)；加一句"
    assert edited_text("甲\ud800") == "甲?；加一句"
    monkeypatch.setenv("VISUAL", str(tmp_path / "missing"))
    with pytest.raises(FeedError, match="cannot be started"):
        edited_text("甲")
    with pytest.raises(FeedError, match="cannot be understood"):
        editor_of({"EDITOR": "vi '"})
    assert editor_of({}) == ["vi"]


@pytest.mark.parametrize(
    ("work", "told"),
    [
        ("sys.exit(3)", "ended with code 3; the note is as it was"),
        ("os.kill(os.getpid(), 9)", "ended with code -9; the note is as it was"),
        ("os.kill(os.getpid(), 15)", "ended with code -15; the note is as it was"),
        ("os.unlink(sys.argv[1])", "the note is as it was: it is not there"),
        ("shutil.rmtree(os.path.dirname(sys.argv[1]))", "the note is as it was: it is not there"),
        ("os.unlink(sys.argv[1]); os.mkdir(sys.argv[1])", "the note is as it was: "),
    ],
)
def test_an_editor_that_fails_changes_no_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: str, told: str
) -> None:
    monkeypatch.setenv("VISUAL", f"'{program_at(tmp_path, 'editor', f'import os, shutil, sys; {work}')}'")
    with pytest.raises(FeedError, match=told):
        edited_text("甲")


def test_an_editor_that_leaves_the_file_empty_empties_the_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", f"'{program_at(tmp_path, 'editor', 'import sys; open(sys.argv[1], chr(119))')}'")
    assert edited_text("甲") == ""
