"""The start of the program: chooses the language, then runs the command line of tui.cli.

The language comes first, because click makes its help texts while tui.cli is imported.
"""

import itertools
import sys
from pathlib import Path

from feeds import config
from feeds.endings import ignore_ends
from feeds.errors import ConfigError
from tui import words
from tui.startup.interpreter import begin_imports, hold_streams


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
    hold_streams()
    try:
        _run()
    except KeyboardInterrupt:  # before a command handles it
        sys.exit(130)
    finally:
        ignore_ends()


def _run() -> None:
    begin_imports()
    words.speak(words.language_of(_wished_language(sys.argv[1:])))
    from tui.cli import zhengwen  # after the language is chosen

    zhengwen(prog_name="zhengwen")


if __name__ == "__main__":
    main()
