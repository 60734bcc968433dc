"""Disks that refuse to write, for tests. They are mounted; the tests are skipped where mounting is not allowed."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

CHUNK = b"\0" * 4096


def run_command(*words: str) -> bool:
    program = shutil.which(words[0])
    return (
        program is not None and subprocess.run([program, *words[1:]], capture_output=True, check=False).returncode == 0
    )


def may_mount() -> bool:
    """Whether this process may mount a file system."""
    return os.name == "posix" and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("mount") is not None


@contextmanager
def disk(place: Path, size: str = "8m") -> Iterator[Path]:
    """A small disk of its own at a place; skips the test where none can be mounted."""
    place.mkdir(parents=True, exist_ok=True)
    if not (may_mount() and run_command("mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place))):
        pytest.skip("no disk may be mounted here")
    try:
        yield place
    finally:
        run_command("umount", "-l", str(place))


def make_read_only(place: Path) -> None:
    """Mount the disk anew so that nobody writes to it."""
    assert run_command("mount", "-o", "remount,ro", str(place))


def fill(place: Path) -> Path:
    """Fill a disk to the last byte; the file that does."""
    file = place / "fill"
    with file.open("ab", buffering=0) as out, suppress(OSError):
        while out.write(CHUNK) == len(CHUNK):
            pass
    return file


def as_nobody(work: Callable[[], object]) -> str:
    """What some work gives, as text, done by a child process that is nobody; its failure's text where it fails.

    Whatever the work imports must be imported already: nobody may not read this folder.
    """
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may become nobody")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            told = str(work())
        except BaseException as failure:  # noqa: BLE001 -- a child that was forked out of pytest must not come back
            told = f"{type(failure).__name__}: {failure}"
        os.write(writer, told.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told_by_child:
        told = told_by_child.read().decode()
    os.waitpid(child, 0)
    return told
