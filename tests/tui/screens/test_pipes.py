"""The pipe: a text goes into a command without a shell, its output is shown clean, and it can be stopped."""

import shlex
import sys
from functools import partial
from pathlib import Path

import pytest

from feeds.config import Pipe
from feeds.controls import replace_controls
from feeds.errors import FeedError
from tests.tui.sample import PARAGRAPHS, dashboard_of, made, screen_text, until
from tui.outside.piping import MOST_BYTES, PipeCommand, PipeWish, command_of, pipe_output, wish_of
from tui.outside.written_command import start_failure
from tui.screens.dialogs.palette import PaletteScreen
from tui.widgets.reader import Reader


def python(program: str) -> str:
    return f"{shlex.quote(sys.executable)} -c {shlex.quote(program)}"


async def test_a_command_reads_the_text_and_its_output_is_shown(archive_path: Path) -> None:
    async with dashboard_of(archive_path, size=(120, 40)) as (app, pilot):
        await pilot.press("j", "enter", "vertical_line")
        await until(pilot, lambda: "The plan as JSON" in screen_text(app), "the box")
        app.screen.query_one("Input").value = python("print('got', input())")  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, lambda: f"got {made(1).title[:8]}" in screen_text(app), "the output")
        await pilot.press("q")
        assert len(app.screen_stack) == 1


async def test_the_pipes_of_config_toml_come_first(archive_path: Path) -> None:
    program = (sys.executable, "-c", "import json; print('rows:', len(json.load(open(0))))")
    pipes = (
        Pipe(name="字数", command=(sys.executable, "-c", "print('chars:', len(open(0).read()))")),
        Pipe(name="几行", command=program, input="rows-json"),
    )
    async with dashboard_of(archive_path, size=(120, 40), pipes=pipes) as (app, pilot):
        await pilot.press("vertical_line")
        await until(pilot, lambda: "字数  text | " in screen_text(app), "the box")
        await pilot.press("2")
        await until(pilot, lambda: "rows: 40" in screen_text(app), "the output")
        assert "几行 · code 0" in screen_text(app)
        await pilot.press("q", "vertical_line")
        await until(pilot, lambda: "字数  text | " in screen_text(app), "the box again")
        app.screen.query_one("Input").value = "字叔"  # type: ignore[attr-defined]
        await pilot.press("tab", "enter")
        await until(pilot, lambda: "did you mean the pipe 字数?" in screen_text(app), "the mistake")


async def test_chosen_text_is_an_input_while_it_is_chosen(archive_path: Path) -> None:
    shows = (sys.executable, "-S", "-c", "print('<' + open(0).read() + '>')")
    pipes = (Pipe(name="所选", command=shows, input="chosen"), Pipe(name="全文", command=shows))
    async with dashboard_of(archive_path, size=(120, 40), pipes=pipes) as (app, pilot):

        def is_shown(words: str) -> bool:
            return words in screen_text(app)

        chosen = PARAGRAPHS[0][:3]
        await pilot.press("j", "j", "enter", "vertical_line")
        await until(pilot, partial(is_shown, "全文  text | "), "the box")
        assert not is_shown("所选")
        assert not is_shown("The chosen text")
        await pilot.press("escape")
        await app.main_screen.command_line.run_line("pipe chosen cat")
        await until(pilot, partial(is_shown, "No text is chosen; v in the text chooses it."), "the reason")
        await pilot.press("v", "2", "l", "vertical_line")
        await until(pilot, partial(is_shown, "The chosen text"), "the input")
        assert app.main_screen.query_one(Reader).chosen.text == chosen
        await pilot.press("1")
        await until(pilot, partial(is_shown, f"<{chosen}>"), "the output of a pipe of config.toml")
        await pilot.press("q", "vertical_line")
        await until(pilot, partial(is_shown, "The chosen text"), "the input again")
        app.screen.query_one("Input").value = shlex.join(shows).replace("<", "(")  # type: ignore[attr-defined]
        await pilot.press("tab", "enter")
        await until(pilot, partial(is_shown, f"({chosen}>"), "the output of a command")
        await pilot.press("q", "colon")
        await until(pilot, lambda: isinstance(app.screen, PaletteScreen), "the line")
        app.screen.query_one("Input").value = f"pipe 选中 {shlex.join(shows).replace('<', '[')}"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await until(pilot, partial(is_shown, f"[{chosen}>"), "the output of a line")
        await pilot.press("q", "y")
        assert app.clipboard == chosen


async def test_a_table_gives_its_rows(archive_path: Path) -> None:
    program = (
        sys.executable,
        "-c",
        "import sys; print(sys.stdin.buffer.read().decode('utf-8-sig').replace('\\t', '~'))",
    )
    pipes = (
        Pipe(name="text", command=program),
        Pipe(name="csv", command=program, input="rows-csv"),
        Pipe(name="json", command=program, input="rows-json"),
        Pipe(name="tabs", command=program, input="rows"),
    )
    async with dashboard_of(archive_path, size=(140, 40), pipes=pipes) as (app, pilot):

        def is_shown(words: str) -> bool:
            return words in screen_text(app)

        for screen, number, piece in (
            ("L", "1", "deadline,indicator,comparator"),
            ("L", "2", '"kind": "goal"'),
            ("C", "1", "2028,0,1,"),
            ("s", "3", "部委动态~False~"),
        ):
            await pilot.press(screen)
            await pilot.pause()
            await pilot.press("vertical_line")
            await until(pilot, partial(is_shown, "csv  rows-csv | "), f"the box over {screen}")
            assert "text  text | " not in screen_text(app)
            await pilot.press(number)
            await until(pilot, partial(is_shown, piece), piece)
            await pilot.press("q", "q")
            await until(pilot, lambda: len(app.screen_stack) == 1, "the main screen")


def test_a_line_names_a_pipe_or_a_command() -> None:
    pipes = (
        Pipe(name="字数", command=("wc", "-m")),
        Pipe(name="Pager", command=("less",), input="plan-md", output="terminal"),
    )
    assert wish_of("字数", "", pipes, "rows") == PipeWish("字数", PipeCommand(("wc", "-m")), "text")
    assert wish_of(" pager ", "rows", pipes) == PipeWish("Pager", PipeCommand(("less",), lent=True), "rows")
    assert wish_of("cat -n", "", pipes, "rows") == PipeWish("cat -n", PipeCommand(("cat", "-n")), "rows")
    for written, near in (("字叔", "字数"), ("pagr", "Pager"), ("!Pagers", "Pager")):
        with pytest.raises(FeedError, match=f"did you mean the pipe {near}"):
            wish_of(written, "", pipes)


def test_nothing_of_a_text_is_run_or_controls_the_terminal(tmp_path: Path) -> None:
    text = f"$(touch {tmp_path}/x); `id` | sh \x1b]0;x\x07甲\n"
    output = pipe_output(command_of(python("import sys; sys.stdout.write(sys.stdin.read())")), text, lambda: False)
    assert output.lines == (replace_controls(text.rstrip("\n")),)
    assert list(tmp_path.iterdir()) == []


def test_a_command_ends_when_it_is_stopped_takes_too_long_or_says_too_much() -> None:
    endless = command_of(python("import time; print('begun', flush=True); time.sleep(60)"))
    assert pipe_output(endless, "", lambda: True).stopped
    assert pipe_output(endless, "", lambda: False, patience=0.1).stopped
    full = pipe_output(command_of(python("while True: print('甲' * 9999)")), "", lambda: False)
    assert full.stopped
    assert sum(len(line.encode()) for line in full.lines) <= MOST_BYTES + 3
    assert pipe_output(command_of(python("import sys; sys.exit(3)")), "", lambda: False).code == 3


@pytest.mark.parametrize("written", ["", "  ", "!", "wc '", "no-such-program-here"])
def test_a_mistake_is_told(written: str) -> None:
    with pytest.raises(FeedError):
        pipe_output(command_of(written), "", lambda: False)
    assert command_of("! less -R").lent


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError("odd"), "odd"),
        (BlockingIOError(), "BlockingIOError"),
        (PermissionError(13, "Permission denied"), "permission is denied"),
    ],
)
def test_a_program_that_does_not_start_is_told_with_a_reason(error: OSError, reason: str) -> None:
    assert str(start_failure("vi", error)) == f"vi cannot be started: {reason}"
