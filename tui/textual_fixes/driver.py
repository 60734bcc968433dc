"""The terminal goes away, or sends what is no UTF-8. Seen in Textual 8.2.8.

A closed window, a broken ssh: Textual's output thread dies of the first write that fails; after thirty more the program
waits for it for ever, and neither SIGHUP nor the poller's end is ever seen to. Output to a terminal that is gone is
therefore dropped. Where no signal comes (the terminal was not the controlling one, a supervisor ignores SIGHUP),
Textual's input thread reads the end of the input for ever, at full speed; the app ends as after SIGHUP instead.

Textual draws on stderr. Where that is a file (`zhengwen 2>log`) and stdout is a terminal, the screen is drawn there.

A terminal set to GBK, a paste that is cut: Textual's input thread decodes strictly and dies of the first byte that is
no UTF-8, and the program ends with exit code 0. Such bytes are dropped, and the app is told.
"""

import codecs
import contextlib
import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

from textual.driver import Driver
from textual.message import Message

_PAUSE = 0.1  # s
_HUNG_UP = 128 + 1  # the exit code after SIGHUP


class BytesDropped(Message):
    """The terminal sent bytes that are no UTF-8."""


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


class ForgivingDecoder:
    """Decodes UTF-8 in parts. Leaves out invalid bytes and U+FFFD, and calls `dropped` each time.

    It calls `ended` for a read without bytes, which is the end of the input.
    """

    def __init__(self, dropped: Callable[[], object], ended: Callable[[], object]) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._dropped = dropped
        self._ended = ended

    def decode(self, data: bytes, final: bool = False) -> str:  # noqa: FBT001, FBT002 -- a codec's signature
        """The characters of these bytes, and of those before that were not whole."""
        if not data and not final:
            self._ended()
        text = self._decoder.decode(data, final)
        if "\ufffd" in text:
            self._dropped()
        return text.replace("\ufffd", "")


def terminal_of(file: TextIO, other: TextIO | None) -> TextIO:
    """The one of the two that is a terminal; the first where both are or none is."""
    return other if other is not None and not file.isatty() and other.isatty() else file


def lasting(driver: type[Driver]) -> type[Driver]:
    """The driver, writing to a file that lasts and reading any bytes.

    One without a file of its own (in tests, in a browser) writes as it did.
    """

    class LastingDriver(driver):  # type: ignore[misc, valid-type]  # Textual picks it at run time
        def __init__(self, *words: Any, **more: Any) -> None:
            super().__init__(*words, **more)
            if (file := getattr(self, "_file", None)) is not None:
                self._file = LastingFile(terminal_of(file, sys.__stdout__))

        def start_application_mode(self) -> None:
            """Take the terminal, at the start and after a pause: what stands on it is not ours."""
            self._app.forget_drawn()
            super().start_application_mode()

        def run_input_thread(self, *words: Any) -> None:
            """Read keys, with our decoder where the driver's module asks for Python's."""
            vars(sys.modules[driver.__module__])["getincrementaldecoder"] = lambda _encoding: (
                lambda: ForgivingDecoder(lambda: self._app.post_message(BytesDropped()), self._end)
            )
            try:
                super().run_input_thread(*words)
            except OSError:  # Linux reports EIO for a terminal that is gone
                self._end()

        def _end(self) -> None:
            self._app.call_later(self._app.exit, None, _HUNG_UP)
            time.sleep(_PAUSE)  # until the app has ended, the thread reads the end of the input again and again

    return LastingDriver
