"""The start of the program: chooses the language, then runs the command line of tui.cli.

The language comes first, because click makes its help texts while tui.cli is imported.
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
    """The `language` of the configuration. A command that needs the file reports its mistakes later."""
    path = next((b for a, b in itertools.pairwise(argv) if a == "--config"), None)
    path = next((a.partition("=")[2] for a in argv if a.startswith("--config=")), path)
    try:
        return config.load(Path(path) if path else None).language
    except ConfigError:
        return "auto"


def main() -> None:
    """Run zhengwen. It ends with SystemExit and the exit codes of docs/commands.md."""
    _hold_streams()
    try:
        _run()
    except KeyboardInterrupt:  # before a command handles it
        sys.exit(130)
    finally:
        ignore_ends()


def _hold_streams() -> None:
    """Open closed standard streams on /dev/null, so that no other file gets their numbers and writing works."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 -- held to the end
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- held to the end
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- held to the end


def _run() -> None:
    os.environ.setdefault("TEXTUAL_FPS", "120")  # a frame waits for the next tick: 8 ms, not the 17 ms of Textual
    gc.disable()  # imports make no garbage; the commands turn it on again
    words.speak(words.language_of(_wished_language(sys.argv[1:])))
    from tui.cli import zhengwen  # after the language is chosen

    zhengwen(prog_name="zhengwen")


if __name__ == "__main__":
    main()
