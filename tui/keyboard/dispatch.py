"""The keys of an app: each goes to the first action of its table, after what was pressed before it.

Textual asks twice: with `priority` before a widget gets the key, and again when no widget has taken it. A key runs at
once, so that the keys behind it, which a fast hand or a paste may have sent already, find the focus where it led.
Where a widget writes keys, a key that it does not write runs once those before it are written. A table is made once
for each chain of widget types.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from textual.app import App
from textual.dom import DOMNode
from textual.keys import key_to_character
from textual.screen import Screen
from textual.timer import Timer

from tui.keyboard.in_force import keymap, made_tables
from tui.keyboard.pressing import Waiting, press
from tui.keyboard.tables import KeyAction, KeyTable, Level, places_of, table_of

_LONGEST_WAIT = 0.3  # seconds for what a key in a written line does, before the next key
PATIENCE = 0.8  # seconds that keys wait which are a command and begin a longer one


def chain_of(screen: Screen[Any]) -> list[DOMNode]:
    """The widgets that may have a key, from the focused one outwards; nothing behind a modal screen."""
    focused = screen.focused
    chain: list[DOMNode] = []
    for node in [screen, screen.app] if focused is None or focused.loading else focused.ancestors_with_self:
        chain.append(node)
        if node.is_modal:
            break
    return chain


def keys_at(chain: list[DOMNode]) -> KeyTable:
    """The table of keys in this chain of widgets."""
    types = tuple(map(type, chain))
    table = made_tables().get(types)
    if table is None:
        levels = [_level_of(node) for node in chain]
        keys = keymap()
        table = made_tables()[types] = table_of(levels, keys.of_binding, keys.of_keyless(places_of(levels)))
    return table


def has_key(screen: Screen[Any], key: str) -> bool:
    """Whether a command has this key, or a sequence that begins with it, where the reader is."""
    table = keys_at(chain_of(screen))
    return (key,) in table.actions or (key,) in table.prefixes


def _level_of(node: DOMNode) -> Level:
    bindings = [binding for those in node._bindings.key_to_bindings.values() for binding in those]  # noqa: SLF001 -- Textual tells its bindings nowhere else
    return Level(bindings, lambda key: node.check_consume_key(key, key_to_character(key)))


async def _settle(chain: Sequence[DOMNode]) -> None:
    """Wait until the widgets, from the innermost outwards, have handled their messages. The app waits here itself."""
    for node in chain:
        settled = asyncio.Event()
        if not isinstance(node, App) and node.call_later(settled.set):
            with suppress(TimeoutError):  # a widget that waits for the app
                async with asyncio.timeout(_LONGEST_WAIT):
                    await settled.wait()


class KeyPresses:
    """Runs the keys of an app. `show` gets what was pressed and waits for more; `unknown`: they are no command.

    `passes_by` gets a single key before its command does, and says whether nothing else is to be done with it.
    """

    def __init__(self, app: App[Any], show: Callable[[Waiting, bool], None], passes_by: Callable[[str], bool]) -> None:
        self._app = app
        self._show = show
        self._passes_by = passes_by
        self._waiting = Waiting()
        self._waits_in: tuple[type[DOMNode], ...] = ()
        self._patience: Timer | None = None

    async def press(self, key: str) -> bool:
        """Run the command of a single key. Return whether there is one."""
        chain = chain_of(self._app.screen)
        times = self._waiting.times
        self._wait(Waiting(), chain)
        return await self._run_first(keys_at(chain).actions.get((key,), ()), chain, times)

    async def press_early(self, key: str) -> bool:
        """Hold a key that waits for more, or run it and what it completes. Return whether it is dealt with."""
        chain = chain_of(self._app.screen)
        table = keys_at(chain)
        waiting = self._waiting
        if waiting and tuple(map(type, chain)) != self._waits_in:  # a click or an event led elsewhere meanwhile
            self._wait(Waiting(), chain)
            waiting = Waiting()
        outcome, after = press(key, waiting, table)
        if outcome == "passed":
            if table.written:
                return await self._press_behind_text(key, chain)
            ran = self._passes_by(key) or await self.press(key)
            for _node in chain:  # what the action tells is passed from widget to widget: it arrives before the next key
                await asyncio.sleep(0)
            return ran
        if outcome in {"whole", "ended"}:
            await self._run_keys(after, chain, table)
            return outcome == "whole" or await self.press_early(key)
        self._wait(after if outcome == "held" else Waiting(), chain)
        if outcome == "dropped" and after:
            self._show(after, True)
        elif after.keys in table.actions:
            self._patience = self._app.set_timer(PATIENCE, self._lose_patience)
        return True

    async def _press_behind_text(self, key: str, chain: list[DOMNode]) -> bool:
        """Run a key that no widget writes, once the keys before it are written. A key that is written goes on.

        The widgets have done all that follows from it at the return, so the next key finds the focus where it led.
        """
        if any(node.check_consume_key(key, key_to_character(key)) for node in chain):
            return False
        await _settle(chain)
        ran = await self.press(key)
        await _settle(chain)
        return ran

    async def _lose_patience(self) -> None:
        chain = chain_of(self._app.screen)
        await self._run_keys(self._waiting, chain, keys_at(chain))

    async def _run_keys(self, waiting: Waiting, chain: list[DOMNode], table: KeyTable) -> None:
        self._wait(Waiting(), chain)
        await self._run_first(table.actions.get(waiting.keys, ()), chain, waiting.times)

    def _wait(self, waiting: Waiting, chain: list[DOMNode]) -> None:
        if self._patience:
            self._patience.stop()
            self._patience = None
        if waiting != self._waiting:
            self._waiting, self._waits_in = waiting, tuple(map(type, chain))
            self._show(waiting, False)

    async def _run_first(self, actions: Sequence[KeyAction], chain: list[DOMNode], times: int) -> bool:
        for action in actions:
            if await self._app.run_action(action.with_count(times), chain[action.level]):
                return True
        return False
