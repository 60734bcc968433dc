"""A text on the standard input of a command that the reader names, and the command's output.

The command is split into arguments as a shell would, but no shell runs it, and nothing of a feed is an argument.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence

from msgspec import Struct

from feeds.config import Pipe
from feeds.controls import replace_controls
from feeds.errors import FeedError, phrase, reason_of
from feeds.folding import folded_text
from tui.outside.written_command import arguments_of, start_failure

PATIENCE = 60.0  # seconds that a command may run
MOST_BYTES = 1_000_000  # of its output
_GLANCE = 0.05
_LEND = "!"


class PipeCommand(Struct, frozen=True):
    """A command as arguments. `lent`: it has the terminal while it runs."""

    arguments: tuple[str, ...]
    lent: bool = False


class PipeOutput(Struct, frozen=True):
    """The end of a command: its output in lines, its exit code, and whether it was `stopped` before its end."""

    lines: tuple[str, ...]
    code: int = 0
    stopped: bool = False


class PipeWish(Struct, frozen=True):
    """A command that the reader wants run: its `name` for people, and `input`, the name of what it reads."""

    name: str
    command: PipeCommand
    input: str


def wish_of_pipe(pipe: Pipe, name: str = "") -> PipeWish:
    """The wish to run a pipe of config.toml, on another input if one is named."""
    return PipeWish(pipe.name, PipeCommand(pipe.command, pipe.output == "terminal"), name or pipe.input)


def wish_of(written: str, name: str, pipes: Sequence[Pipe], usual: str = "") -> PipeWish:
    """The wish of a line: a pipe's name or a command, on the input that is named, else on the pipe's or the usual one.

    Raises FeedError, also if there is no such program and its name is nearly a pipe's.
    """
    wanted = folded_text(written.strip())
    for pipe in pipes:
        if folded_text(pipe.name) == wanted:
            return wish_of_pipe(pipe, name)
    command = command_of(written)
    program = command.arguments[0]
    if pipes and shutil.which(program) is None:
        from difflib import get_close_matches  # only for a mistake

        if near := get_close_matches(written.strip()[:100], [pipe.name for pipe in pipes], 1, 0.5):
            raise FeedError(
                "there is no program {program}; did you mean the pipe {nearest}?", program=program, nearest=near[0]
            )
    return PipeWish(written, command, name or usual)


def command_of(written: str) -> PipeCommand:
    """The command that a reader wrote; with `!` in front it is lent the terminal. Raises FeedError."""
    lent = written.lstrip().startswith(_LEND)
    command = written.lstrip().removeprefix(_LEND)
    arguments = arguments_of(command, phrase("the command cannot be understood: {reason}"))
    if not arguments:
        raise FeedError("write a command, such as wc -m")
    return PipeCommand(tuple(arguments), lent)


def lend_terminal(command: PipeCommand, text: str) -> int:
    """Run a command in the terminal with the text as its input. Return its exit code. Raises FeedError."""
    try:
        done = subprocess.run(command.arguments, input=text.encode("utf-8", "replace"), check=False)  # noqa: S603 -- the reader's own command
    except OSError as error:
        raise start_failure(command.arguments[0], error) from error
    return done.returncode


def pipe_output(
    command: PipeCommand, text: str, is_stopped: Callable[[], bool], patience: float = PATIENCE
) -> PipeOutput:
    """Run a command with the text as its input, at most `patience` seconds. Waits; not for the event loop.

    It is ended with its children when `is_stopped` says so, and when it writes more than MOST_BYTES. Raises FeedError,
    also if no file can be made of the text.
    """
    try:
        return _run(command, text, is_stopped, patience)
    except OSError as error:
        raise FeedError("that could not be done: {reason}", reason=reason_of(error)) from error


def _run(command: PipeCommand, text: str, is_stopped: Callable[[], bool], patience: float) -> PipeOutput:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as taken:
        given.write(text.encode("utf-8", "replace"))
        given.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 -- the reader's own command
                command.arguments, stdin=given, stdout=taken, stderr=subprocess.STDOUT, start_new_session=True
            )
        except OSError as error:
            raise start_failure(command.arguments[0], error) from error
        end, stopped = time.monotonic() + patience, False
        with process:
            while process.poll() is None and not stopped:
                time.sleep(_GLANCE)
                is_full = os.fstat(taken.fileno()).st_size > MOST_BYTES
                stopped = is_stopped() or is_full or time.monotonic() > end
            if stopped:
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL)
        taken.seek(0)
        said = taken.read(MOST_BYTES).decode("utf-8", "replace")
    lines = tuple(replace_controls(line).expandtabs(4) for line in said.split("\n"))
    return PipeOutput(lines[:-1] if lines[-1] == "" else lines, process.returncode, stopped)
