"""A pipe at work: the command runs in a thread, its output is shown in a box; or it is lent the terminal."""

from typing import Any

from textual.screen import Screen
from textual.worker import get_current_worker

from feeds.errors import FeedError
from tui.outside.piping import PipeOutput, PipeWish, lend_terminal, pipe_output
from tui.outside.terminal import with_terminal
from tui.screens.dialogs.pipe import OutputScreen
from tui.words import _, sentence_of

PIPE = "pipe"  # the group of the command that runs


def start_pipe(screen: Screen[Any], wish: PipeWish, text: str) -> None:
    """Run the command with the text as its input."""
    command = wish.command
    if command.lent:
        try:
            with_terminal(screen.app, lambda: lend_terminal(command, text))
        except FeedError as failure:
            _complain(screen, failure)
        return
    screen.notify(_("{command} runs; | stops it.").format(command=command.arguments[0]), markup=False, timeout=3)

    def work() -> None:
        worker, call = get_current_worker(), screen.app.call_from_thread
        try:
            output = pipe_output(command, text, lambda: worker.is_cancelled)
        except FeedError as failure:
            call(_complain, screen, failure)
            return
        call(_show, screen, wish.name, output)

    screen.run_worker(work, thread=True, group=PIPE)


def _show(screen: Screen[Any], written: str, output: PipeOutput) -> None:
    screen.app.push_screen(OutputScreen(written, output))


def _complain(screen: Screen[Any], failure: FeedError) -> None:
    screen.notify(sentence_of(failure.fault), severity="error", markup=False)
