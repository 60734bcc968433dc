"""Widgets that are removed are freed. Textual 8.2.8 keeps them in four places.

- `StylesCache.get_inner_outer` is an `lru_cache` over `self`: 1024 caches with all their strips live on in it.
- `DOMNode.query_one` caches up to 1024 answers a node; an answer of an earlier tree is never given again, nor dropped.
- `Signal` holds a callback for each subscriber, and an Input's callback holds the Input, which the weak key should not.
- `DOMNode.watch` keeps the watcher until the watched value changes next.

The last three are emptied after each removal, when Textual has ended what was removed: earlier it may not know it yet.
"""

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.color import Color
from textual.dom import DOMNode
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

_of_no_widget = StylesCache.get_inner_outer.__wrapped__


@lru_cache(1024)
def _inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    styles: tuple[Style, Style] = _of_no_widget(None, base_background, background)
    return styles


def share_inner_outer() -> None:
    """Cache the styles of a background by its colours alone, for all widgets."""

    def get_inner_outer(_cache: StylesCache, base_background: Color, background: Color) -> tuple[Style, Style]:
        return _inner_outer(base_background, background)

    StylesCache.get_inner_outer = get_inner_outer  # type: ignore[assignment]


class FreesRemoved(App[None], inherit_bindings=False):
    """An app whose screens hold nothing of a widget that has been removed."""

    def _prune(self, *nodes: Widget, parent: DOMNode | None = None) -> AwaitRemove:
        """Remove widgets; Textual's own callback, which waits for their end, is in the queue before ours."""
        removal = super()._prune(*nodes, parent=parent)
        if self._running:
            self.call_next(self._forget_removed)
        return removal

    def _forget_removed(self) -> None:
        for stack in self._screen_stacks.values():
            for screen in stack:
                forget_removed(screen)


def forget_removed(screen: Screen[object]) -> None:
    """Drop what a screen and its widgets still hold of widgets that were removed."""
    for node in (screen, *screen.walk_children()):
        node._query_one_cache.clear()  # noqa: SLF001 -- there is no public way
        for watchers in getattr(node, "__watchers", {}).values():
            watchers[:] = [(watcher, callback) for watcher, callback in watchers if not watcher._closing]  # noqa: SLF001
    subscriptions = screen.text_selection_started_signal._subscriptions  # noqa: SLF001
    for node in [node for node in subscriptions if not node.is_attached]:
        del subscriptions[node]
