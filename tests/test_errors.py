"""Why the system refuses something is said in words that have a translation; other errors in the system's own."""

import errno
import os

import pytest

from feeds.errors import reason_of
from tui.words import sentence_of, speak


@pytest.mark.parametrize(
    ("number", "words", "chinese"),
    [
        (errno.ENOENT, "it is not there", "它不在那里"),
        (errno.EACCES, "permission is denied", "没有权限"),
        (errno.ENOSPC, "no space is left on the disk", "磁盘已满"),
        (errno.EISDIR, "it is a folder", "它是一个文件夹"),
        (errno.ENAMETOOLONG, "its name is too long", "名称过长"),
        (errno.ENOEXEC, "it is no program", "它不是程序"),
        (errno.EMFILE, "too many files are open", "打开的文件过多"),
        (errno.ENFILE, "too many files are open", "打开的文件过多"),
    ],
)
def test_usual_reasons_have_a_translation(number: int, words: str, chinese: str) -> None:
    fault = reason_of(OSError(number, os.strerror(number)))
    assert str(fault) == words
    speak("zh")
    try:
        assert sentence_of(fault) == chinese
    finally:
        speak("en")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOTCONN, "Transport endpoint is not connected"), "Transport endpoint is not connected"),
        (OSError(9999, ""), "[Errno 9999]"),
        (OSError("the handle is invalid"), "the handle is invalid"),
        (OSError(), "OSError"),
        (ConnectionResetError(), "ConnectionResetError"),
        (ValueError("embedded null byte"), "embedded null byte"),
        (OSError(errno.ENOTCONN, "red \x1b[31m\nand more"), "red \ufffd[31m and more"),
    ],
)
def test_other_reasons_are_the_systems_own(error: OSError | ValueError, words: str) -> None:
    assert str(reason_of(error)) == words
