"""Composition root: picks the language, then hands the words of the command line to tui.cli.

The language comes first because click bakes help texts in while tui.cli is being imported.
"""

import gc
import itertools
import os
import sys
from pathlib import Path

from feeds import config
from feeds.endings import ignore_ends
from feeds.errors import ConfigError
from tui import words


def _wished_language(argv: list[str]) -> str:
    """The configuration's `language`; a faulty file is reported later, by the command that needs it."""
    named = next((b for a, b in itertools.pairwise(argv) if a == "--config"), None)
    named = next((a.partition("=")[2] for a in argv if a.startswith("--config=")), named)
    try:
        return config.load(Path(named) if named else None).language
    except ConfigError:
        return "auto"


def main() -> None:
    """Run zhengwen; leaves through SystemExit with the exit codes of docs/commands.md."""
    _hold_streams()
    try:
        _run()
    except KeyboardInterrupt:  # before a command could listen for it
        sys.exit(130)
    finally:
        ignore_ends()


def _hold_streams() -> None:
    """Open the standard streams that came closed on /dev/null: no other file takes their numbers, and writing works."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 -- held to the end
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- held to the end
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- held to the end


def _run() -> None:
    os.environ.setdefault("TEXTUAL_FPS", "120")  # a frame that is due waits for the next tick: 8 ms, not Textual's 17
    gc.disable()  # imports make no garbage; whoever runs the command goes on with it
    words.speak(words.language_of(_wished_language(sys.argv[1:])))
    from tui.cli import zhengwen  # after the language is chosen

    zhengwen(prog_name="zhengwen")


if __name__ == "__main__":
    main()
