"""Expected failures of a reader's action: one line is shown, and the dashboard goes on.

Textual ends the loop of a widget whose handler raises. So an expected failure must be caught before that: where an
action is run, where a message is passed to its handler, and where a dialog's answer is carried out.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from feeds.errors import ArchiveChanged, ArchiveGone, FeedError, IndexDamaged, reason_of

ENDINGS = (IndexDamaged, ArchiveChanged, ArchiveGone)
"""Failures after which the dashboard cannot go on with the archive that it has open."""


async def report_failures(work: Callable[[], Awaitable[Any]], tell: Callable[[FeedError], None]) -> Any:
    """Await some work. Give an expected failure of it to `tell`, and return False."""
    try:
        return await work()
    except ENDINGS:
        raise
    except FeedError as failure:
        tell(failure)
        return False
    except OSError as failure:
        tell(FeedError("that could not be done: {reason}", reason=reason_of(failure)))
        return False


class ReportsFailures(App[None], inherit_bindings=False):
    """An app that shows the expected failure of an action or of a dialog's answer, and goes on."""

    def complain(self, error: FeedError) -> None:
        """Show why an action failed."""
        raise NotImplementedError

    async def run_action(
        self,
        action: str | tuple[str, str, tuple[object, ...]],
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run the action of a key or a click. Show the reason in one line if it fails."""
        run = super().run_action
        return bool(await report_failures(lambda: run(action, default_namespace, namespaces), self.complain))

    def push_screen(
        self, screen: Screen[Any] | str, callback: Callable[[Any], Any] | None = None, *args: Any, **options: Any
    ) -> Any:
        """Put a screen over the others. Show the reason in one line if `callback`, which gets its answer, fails."""
        answer = None if callback is None else self._reporting(callback)
        return super().push_screen(screen, answer, *args, **options)

    def _reporting(self, callback: Callable[[Any], Any]) -> Callable[[Any], Awaitable[Any]]:
        async def carry_out(answer: Any) -> Any:
            async def work() -> Any:
                result = callback(answer)
                return await result if inspect.isawaitable(result) else result

            return await report_failures(work, self.complain)

        return carry_out
