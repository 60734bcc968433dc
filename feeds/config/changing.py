"""A change of the reader's config.toml on the disk: locked, checked before it is written, and whole at every moment.

The text is changed by functions of `editing`. A text that would be refused is never written. If the reader has no file
yet, the shipped one is the start, and the reader's is made.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from feeds.config.editing import adopt_array
from feeds.config.faults import name_of
from feeds.config.loading import config_of_text
from feeds.config.places import reader_path, shipped_path
from feeds.config.reading import table_of, text_in
from feeds.errors import ConfigError, reason_of

_PATIENCE = 10.0  # seconds to wait for another process that changes the file


class Change(Struct, frozen=True):
    """A change that was written: the file, and its text before (None: there was no file) and after."""

    path: Path
    before: str | None
    after: str


def written_path(path: Path) -> Path:
    """The file that a change of the configuration `path` is written to: the reader's own, never the shipped one."""
    return reader_path() if path == shipped_path() else path


def edit(path: Path, change: Callable[[str], str], array: str = "") -> Change:
    """Change the text of the configuration `path` and write it. Raises ConfigError; then the file is as before.

    `array` names the array of tables (`source`, `view`) that is changed: if the file has none, the shipped entries,
    which are in force, are written into it first.
    """
    target = written_path(path)
    with _Lock(target):
        before = text_in(target) if target.exists() else None
        start = before if before is not None else text_in(shipped_path())
        table_of(start, target)
        if array:
            start = adopt_array(start, array, text_in(shipped_path()))
        after = change(start)
        _write(target, before, after)
    return Change(target, before, after)


def undo(change: Change) -> None:
    """Write the text before a change. Raises ConfigError if the file was changed since."""
    with _Lock(change.path):
        if text_in(change.path) != change.after:
            raise ConfigError("{file}: was changed since; nothing was undone", file=name_of(change.path))
        if change.before is not None:
            _write(change.path, change.after, change.before)
            return
        try:
            change.path.unlink()
        except OSError as error:
            raise _writing_error(change.path, error) from None


class ChangeStack:
    """The changes that were made in one place, for undo. Each call may raise ConfigError; then nothing is different."""

    def __init__(self) -> None:
        self._changes: list[Change] = []

    def edit(self, path: Path, change: Callable[[str], str], array: str = "") -> Change:
        """Change the file as `edit` does, and remember it."""
        made = edit(path, change, array)
        self._changes.append(made)
        return made

    def undo(self) -> Change | None:
        """Undo the latest change, which is forgotten once it is undone. Return it, or None without a change."""
        if not self._changes:
            return None
        undo(self._changes[-1])
        return self._changes.pop()


def _write(target: Path, before: str | None, after: str) -> None:
    """Check the text and put it in the file's place. A link to the file stays a link, its mode stays."""
    config_of_text(after, target)
    if after == before:
        return
    from feeds.archive.files import sync_folder

    place = target.resolve()
    fresh = place.with_name(f".{place.name}.{os.getpid()}.new")
    try:
        data = after.encode()
        with fresh.open("wb") as file:
            with suppress(OSError):
                fresh.chmod(place.stat().st_mode & 0o7777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(place)
        sync_folder(place.parent)
    except UnicodeEncodeError:
        raise ConfigError(
            "{file}: is not written in UTF-8; save it as UTF-8 in your editor", file=target.name
        ) from None
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise _writing_error(target, error) from None


class _Lock:
    """Only one process at a time changes a file."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def __enter__(self) -> None:
        from filelock import FileLock, Timeout  # only a change of the file needs it

        from feeds.archive.files import make_folder

        try:
            make_folder(self._target.parent)
            self._lock = FileLock(self._target.with_name(f".{self._target.name}.lock"))
            self._lock.acquire(timeout=_PATIENCE)
        except Timeout:
            raise ConfigError("{file}: another process is changing it", file=name_of(self._target)) from None
        except OSError as error:
            raise _writing_error(self._target, error) from None

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _writing_error(path: Path, error: OSError) -> ConfigError:
    return ConfigError("{file}: cannot be written ({reason})", file=name_of(path), reason=reason_of(error))
