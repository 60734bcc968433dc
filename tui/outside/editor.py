"""Programs of the reader's own, to which the terminal or a text is lent. No shell reads anything of a feed."""

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from feeds.errors import FeedError, phrase, reason_of
from tui.outside.written_command import arguments_of, start_failure

_EDITORS = ("VISUAL", "EDITOR")
_USUAL = "vi"


def editor_of(environment: Mapping[str, str]) -> list[str]:
    """The reader's editor as arguments. Raises FeedError."""
    written = next((value for name in _EDITORS if (value := environment.get(name))), _USUAL)
    return arguments_of(written, phrase("$EDITOR cannot be understood: {reason}")) or [_USUAL]


def edited_text(text: str) -> str:
    """The text after the reader changed it in their editor, which has the terminal meanwhile. Raises FeedError."""
    editor = editor_of(os.environ)
    try:
        with tempfile.TemporaryDirectory(prefix="zhengwen-", ignore_cleanup_errors=True) as folder:
            file = Path(folder) / "note.md"
            file.write_bytes(text.encode("utf-8", "replace"))
            _run(editor, file)
            return file.read_text("utf-8", "replace")
    except OSError as error:  # no room for the file, or the editor left none
        raise FeedError("the note is as it was: {reason}", reason=reason_of(error)) from error


def _run(editor: Sequence[str], file: Path) -> None:
    try:
        code = subprocess.run([*editor, str(file)], check=False).returncode  # noqa: S603 -- the reader's own editor
    except OSError as error:
        raise start_failure(editor[0], error) from error
    if code:
        raise FeedError("{program} ended with code {code}; the note is as it was", program=editor[0], code=code)
