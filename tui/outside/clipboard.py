"""The reader's clipboard: by the terminal (OSC 52), and by a program of the desktop where there is one.

Some terminals drop OSC 52 without a word (VTE, Terminal.app, the Linux console), so a program that is found is run too.
Over SSH the program would fill the clipboard of the other machine; there the terminal alone is told.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from threading import Thread

from textual.app import App

from feeds.controls import drop_controls

PATIENCE = 5.0  # seconds
_PROGRAMS = (
    ("WAYLAND_DISPLAY", ("wl-copy", "--type", "text/plain;charset=utf-8")),
    ("DISPLAY", ("xclip", "-selection", "clipboard", "-in")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("WSL_DISTRO_NAME", ("clip.exe",)),
)
_REMOTE = ("SSH_CONNECTION", "SSH_TTY")


def copy_text(app: App[object], text: str) -> str:
    """Copy a text without control characters. Return what was copied."""
    text = "\n".join(map(drop_controls, text.split("\n")))
    app.copy_to_clipboard(text)
    if program := clipboard_program(os.environ):
        Thread(target=run_program, args=(program, text), daemon=True).start()
    return text


def clipboard_program(environment: Mapping[str, str]) -> list[str]:
    """The program that fills the clipboard of this desktop, with its arguments; none is an empty list."""
    if any(environment.get(name) for name in _REMOTE):
        return []
    programs = [(program, bool(environment.get(name))) for name, program in _PROGRAMS]
    programs.append((("pbcopy",), sys.platform == "darwin"))
    for program, fits in programs:
        if fits and (path := shutil.which(program[0], path=environment.get("PATH"))):
            return [path, *program[1:]]
    return []


def run_program(program: list[str], text: str) -> bool:
    """Give a text to a program on its standard input. No shell reads it. Return whether it was taken."""
    encoding = "utf-16" if program[0].endswith("clip.exe") else "utf-8"
    null = subprocess.DEVNULL
    try:
        done = subprocess.run(  # noqa: S603 -- a program of our list; the text is its input
            program, input=text.encode(encoding, "replace"), stdout=null, stderr=null, check=False, timeout=PATIENCE
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
