"""Widgets that are removed are freed. Textual 8.2.8 keeps them in four places.

- `StylesCache.get_inner_outer` is an `lru_cache` over `self`: 1024 caches with all their strips live on in it.
- `DOMNode.query_one` caches up to 1024 answers a node; an answer of an earlier tree is never given again, nor dropped.
- `Signal` holds a callback for each subscriber, and an Input's callback holds the Input, which the weak key should not.
- `DOMNode.watch` keeps the watcher until the watched value changes next.
"""

from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.screen import Screen
from textual.style import Style

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


def forget_removed(screen: Screen[None]) -> None:
    """Drop what a lasting screen and its widgets still hold of widgets that were removed."""
    for node in (screen, *screen.walk_children()):
        node._query_one_cache.clear()  # noqa: SLF001 -- there is no public way
        for watchers in getattr(node, "__watchers", {}).values():
            watchers[:] = [(watcher, callback) for watcher, callback in watchers if not watcher._closing]  # noqa: SLF001
    subscriptions = screen.text_selection_started_signal._subscriptions  # noqa: SLF001
    for node in [node for node in subscriptions if not node.is_attached]:
        del subscriptions[node]
