"""Macros: commands of the table that run one after the other. The marks that one makes are undone as one step."""

from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from tui.commands import MACRO
from tui.keyboard.in_force import keymap
from tui.screens.main.parts.marking import MARKING
from tui.screens.main.state import StatefulScreen
from tui.words import _


class Macros:
    """Runs the macros of config.toml. `run` carries out a command of the table."""

    def __init__(self, screen: StatefulScreen, run: Callable[[str | None], Awaitable[None]]) -> None:
        self._screen = screen
        self._run = run

    async def action_macro(self, name: str) -> None:
        """Run the commands of a macro, each after all that the one before does."""
        macro = next((macro for macro in keymap().macros if macro.id == MACRO + name), None)
        before = len(self._screen.state.undos)
        try:
            for command in macro.tooltip.split(" · ") if macro else ():
                await self._run(command)
                await self._wait_for_marks()
        finally:
            self._join_steps(before, _("Macro {name}").format(name=name))

    async def _wait_for_marks(self) -> None:
        """Wait for the threads that mark everything which a filter finds."""
        if workers := [worker for worker in self._screen.workers if worker.group == MARKING]:
            await self._screen.workers.wait_for_complete(workers)

    def _join_steps(self, before: int, words: str) -> None:
        """Make one step of all that can be undone but the first `before` steps."""
        state = self._screen.state
        steps = state.undos[before:]
        if len(steps) > 1:
            joined = tuple(undo for undos, _words in steps for undo in undos)
            self._screen.state = replace(state, undos=(*state.undos[:before], (joined, words)))
