"""What happens when the terminal goes away: a closed window, a broken ssh.

Textual's output thread dies of the first write that fails; after thirty more the program waits for it for ever, and
neither SIGHUP nor the poller's end is ever seen to. What is written to a terminal that is gone is therefore dropped.
"""

import contextlib
from typing import Any, TextIO

from textual.driver import Driver


class LastingFile:
    """A text file that drops what can no longer be written."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write, or forget."""
        with contextlib.suppress(OSError, ValueError):
            self._file.write(text)

    def flush(self) -> None:
        """Flush, or forget."""
        with contextlib.suppress(OSError, ValueError):
            self._file.flush()

    def fileno(self) -> int:
        """The descriptor underneath."""
        return self._file.fileno()


def lasting(driver: type[Driver]) -> type[Driver]:
    """The driver, writing to a file that lasts; one without a file of its own (in tests, in a browser) as it is."""

    class LastingDriver(driver):  # type: ignore[misc, valid-type]  # Textual picks it at run time
        def __init__(self, *words: Any, **more: Any) -> None:
            super().__init__(*words, **more)
            if (file := getattr(self, "_file", None)) is not None:
                self._file = LastingFile(file)

    return LastingDriver
