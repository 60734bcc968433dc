"""A call that arrives while the app ends is dropped. Seen in Textual 8.2.8.

A screen ends its widgets before itself. Until all of them have ended, it still runs its timers and what a thread passes
to it by `call_from_thread`. Such a call finds no widget any more, and that is no bug: the app ends. Both report their
failure to `App._handle_exception`.
"""

from textual.app import App, ScreenStackError
from textual.css.query import NoMatches
from textual.worker import WorkerFailed

_GONE = (NoMatches, ScreenStackError)


class DropsLateCalls(App[None], inherit_bindings=False):
    """An app that ends although something is still called on its screens."""

    def _handle_exception(self, error: Exception) -> None:
        """Drop the failure of a call that finds no widget or screen because the app has removed them."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if self._running or not isinstance(cause, _GONE):
            super()._handle_exception(error)
