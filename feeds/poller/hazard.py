"""What is in hand, written down before it is touched: the only witness left when a text takes the process down.

A parser written in C can crash the interpreter, and a hostile page can keep it busy for minutes; no `except` sees
either. So the name of what is about to be read is written to a small file first and wiped out afterwards. Whatever a
new process finds in it was in hand when the last one died. A watchdog ends a reading that never comes back.
"""

import faulthandler
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
from msgspec import Struct

from feeds.errors import ArchiveError, FeedError

PATIENCE = 30.0  # seconds; a reading takes milliseconds
FILE_NAME = "poller.in-hand.json"
# faulthandler's own timer starts and joins a thread each time: longer than a reading. Windows has no other.
_ALARM: int | None = getattr(signal, "SIGALRM", None)


class InHand(Struct, frozen=True, omit_defaults=True):
    """Something being read: an article of a source, by its key and stamp, or with no key the source's feed itself.

    `certain` says that the program itself saw it fail; else it may have been killed from outside at that moment.
    """

    source: str
    key: str = ""
    stamp: str = ""
    title: str = ""
    certain: bool = False


class Hazard:
    """Keeps the file in `folder` while open. `patience` is in seconds, None for no watchdog."""

    def __init__(self, folder: Path, patience: float | None = PATIENCE) -> None:
        self._path = folder / FILE_NAME
        self._patience = patience
        self._file: FileIO | None = None

    def __enter__(self) -> Self:
        try:
            FileIO(str(self._path), "a+").close()
            self._file = FileIO(str(self._path), "r+")
        except OSError as error:
            raise _unwritten(error) from error
        if self._patience and _ALARM:
            faulthandler.register(_ALARM, chain=True)  # the traceback, and then the alarm's own effect: the end
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._patience and _ALARM:
            faulthandler.unregister(_ALARM)
        if self._file:
            self._file.close()

    def left_over(self) -> InHand | None:
        """What was in hand when the last process died, if it died with something in hand."""
        try:
            return msgspec.json.decode(self._path.read_bytes() or b"null", type=InHand | None)
        except (OSError, msgspec.DecodeError):
            return None  # cut short by the death itself

    def clear(self) -> None:
        """Nothing is in hand."""
        self._write(b"")

    @contextmanager
    def holding(self, thing: InHand) -> Iterator[None]:
        """Around the reading of `thing`. An error that is no FeedError is a bug, and leaves it on file as certain."""
        self._write(msgspec.json.encode(thing))
        self._watch()
        left = msgspec.json.encode(msgspec.structs.replace(thing, certain=True))
        try:
            yield
            left = b""
        except FeedError:
            left = b""
            raise
        finally:
            self._unwatch()
            self._write(left)

    def _watch(self) -> None:
        if self._patience and _ALARM:
            signal.setitimer(signal.ITIMER_REAL, self._patience)
        elif self._patience:
            faulthandler.dump_traceback_later(self._patience, exit=True)

    def _unwatch(self) -> None:
        if self._patience and _ALARM:
            signal.setitimer(signal.ITIMER_REAL, 0)
        elif self._patience:
            faulthandler.cancel_dump_traceback_later()

    def _write(self, data: bytes) -> None:
        """In place and without fsync: it must outlive the process, not the machine."""
        if self._file:
            try:
                self._file.seek(0)
                self._file.write(data)
                self._file.truncate()
            except OSError as error:
                raise _unwritten(error) from error


def _unwritten(error: OSError) -> ArchiveError:
    return ArchiveError("{name} cannot be written: {reason}", name=FILE_NAME, reason=error.strerror or str(error))
