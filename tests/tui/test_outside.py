"""Programs outside of zhengwen: the terminal comes back from each of them, whatever became of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, SuspendNotSupported

from feeds.errors import FeedError
from tui.outside import clipboard
from tui.outside.piping import command_of, lend_terminal, pipe_output
from tui.outside.terminal import with_terminal


class LendingApp(App[None]):
    """Lends its terminal as Textual does: it takes it back only if nothing is raised meanwhile."""

    has_terminal = True

    @contextmanager
    def suspend(self) -> Iterator[None]:
        self.has_terminal = False
        yield
        self.has_terminal = True


class KeepingApp(App[None]):
    @contextmanager
    def suspend(self) -> Iterator[None]:
        raise SuspendNotSupported("no")
        yield


def refuse(error: Exception) -> Callable[[], Any]:
    def work(*_: object, **_named: object) -> None:
        raise error

    return work


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (refuse(FeedError("vi ended with code 1")), "vi ended with code 1"),
        (refuse(OSError(28, "No space left on device")), "no space is left on the disk"),
        (refuse(PermissionError(13, "Permission denied")), "permission is denied"),
        (lambda: lend_terminal(command_of("! no-such-program-here"), "甲"), "cannot be started"),
    ],
)
def test_a_failing_program_gives_the_terminal_back(work: Callable[[], Any], told: str) -> None:
    app = LendingApp()
    with pytest.raises(FeedError, match=told):
        with_terminal(app, work)
    assert app.has_terminal


def test_the_result_of_the_work_comes_back_and_a_terminal_that_cannot_be_lent_is_told() -> None:
    app = LendingApp()
    assert with_terminal(app, lambda: app.has_terminal) is False
    assert app.has_terminal
    with pytest.raises(FeedError, match="cannot be lent"):
        with_terminal(KeepingApp(), lambda: "甲")


def test_every_copy_goes_by_the_clipboards_owner() -> None:
    root = Path(clipboard.__file__).parent.parent
    callers = {path.name for path in root.rglob("*.py") if ".copy_to_clipboard(" in path.read_text("utf-8")}
    assert callers == {"clipboard.py"}


def test_a_text_for_which_no_file_can_be_made_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", refuse(OSError(28, "No space left on device")))
    with pytest.raises(FeedError, match="no space is left"):
        pipe_output(command_of("wc"), "甲", lambda: False)
