"""The one way out of a command: every line is cleaned once more, and holds only what the stream's encoding holds."""

import io
import sys
from collections.abc import Iterable

import click

from feeds.controls import drop_controls, escape_json


def replace_unencodable() -> None:
    """Let standard output and error write `?` for a character that their encoding lacks, as a GBK console does."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(line: str = "", *, err: bool = False) -> None:
    """Print one line for people."""
    click.echo(drop_controls(line), err=err)


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
    """Print JSON for programs: what the stream cannot hold is escaped, so that nothing is lost."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "").replace("_", "")
    click.echo(escape_json(text, ascii_only=encoding not in ("utf8", "utf8sig")))
