"""The output of commands. Each line is cleaned again, and has only characters of the stream's encoding."""

import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import click

from feeds.controls import drop_controls, escape_json
from feeds.errors import reason_of
from feeds.model import Fault

_LINE_WIDTH = 80  # cells


def replace_unencodable() -> None:
    """Make standard output and error write `?` for characters that their encoding lacks (a GBK console)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(line: str = "", *, err: bool = False) -> None:
    """Print one line for people. If standard error fails (a full disk), the command goes on."""
    with suppress(OSError) if err else nullcontext():
        click.echo(drop_controls(line), err=err)


def refusal_of_output(error: OSError) -> Fault | None:
    """The reason why standard output failed, None if this is another error. Drop the output that is left."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_globals.get("__name__") != click.utils.__name__:  # output is click.echo
        return None
    with Path(os.devnull).open("wb") as nothing, suppress(OSError, ValueError):
        os.dup2(nothing.fileno(), sys.stdout.fileno())  # where the interpreter writes the rest when it ends
    return reason_of(error)


def fields_line(fields: Iterable[str]) -> str:
    """The fields of a line for cut, grep and awk, separated by tabs. A tab in a field becomes a blank."""
    return "\t".join(" ".join(field.split("\t")) for field in fields)


def say_lines(lines: Iterable[str], *, as_json: bool = False) -> None:
    """Print lines for people, or the parts of one JSON text."""
    for line in lines:
        if as_json:
            say_json(line)
        else:
            say(line)


def say_text(text: str, *, err: bool = False) -> None:
    """Print text of several lines."""
    for line in text.removesuffix("\n").split("\n"):
        say(line, err=err)


def say_json(text: str) -> None:
    """Print JSON for programs. Characters that the stream cannot write are escaped, so that nothing is lost."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "").replace("_", "")
    click.echo(escape_json(text, ascii_only=encoding not in ("utf8", "utf8sig")))


def hanging_lines(lead: str, text: str) -> Iterator[str]:
    """A text in lines of the terminal's width, at most 80 cells, behind a lead under which its other lines hang."""
    from tui.text import cells, wrap

    hang = cells(lead)
    width = min(_LINE_WIDTH, shutil.get_terminal_size((_LINE_WIDTH, 24)).columns)
    for number, (start, end) in enumerate(wrap(text, max(width - hang, 16))):
        yield (lead if number == 0 else " " * hang) + text[start:end].rstrip()
