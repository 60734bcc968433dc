"""Saved views as they are changed from inside: config.toml is edited, and the configuration in force follows."""

from collections.abc import Callable

from msgspec.structs import replace

from feeds.config import Config, View, load
from feeds.config.changing import Change, ChangeStack
from feeds.config.editing import add_entry, change_entry, move_entry, remove_entry


class ViewEditor:
    """Changes the [[view]] tables of the file of `config()`; `adopt` gets the configuration with the new views.

    A view is named by its number from 0. Each change may raise a ConfigError; then nothing is changed.
    """

    def __init__(self, config: Callable[[], Config], adopt: Callable[[Config], None]) -> None:
        self._config = config
        self._adopt = adopt
        self._changes = ChangeStack()

    @property
    def views(self) -> tuple[View, ...]:
        """The views in force."""
        return self._config().views

    def view_with_key(self, key: str | None) -> View | None:
        """The view in force that has this key, if there is one."""
        return self._config().view_with_key(key)

    def save(self, name: str, query: str) -> bool:
        """Keep a filter under a name. Return False if a view of this name was there: it has this filter now."""
        names = [view.name for view in self.views]
        if name in names:
            self._change(lambda text: change_entry(text, "view", names.index(name), {"query": query}))
        else:
            self._change(lambda text: add_entry(text, "view", {"name": name, "query": query}))
        return name not in names

    def rename(self, number: int, name: str) -> None:
        """Give a view another name."""
        self._change(lambda text: change_entry(text, "view", number, {"name": name}))

    def set_key(self, number: int, key: str) -> None:
        """Give a view a key, or take its key away with ""."""
        self._change(lambda text: change_entry(text, "view", number, {"key": key or None}))

    def set_notify(self, name: str, *, notify: bool) -> None:
        """Make the view of this name a watch, or a plain view again."""
        self._change(lambda text: change_entry(text, "view", name, {"notify": notify or None}))

    def move(self, number: int, step: int) -> int:
        """Move a view up or down. Return its number then."""
        to = min(max(number + step, 0), len(self.views) - 1)
        if to != number:
            self._change(lambda text: move_entry(text, "view", number, to))
        return to

    def remove(self, number: int) -> View:
        """Take a view out. Return it."""
        view = self.views[number]
        self._change(lambda text: remove_entry(text, "view", number))
        return view

    def undo(self) -> bool:
        """Undo the last change of this editor. Return False if there was none."""
        if change := self._changes.undo():
            self._take(change)
        return change is not None

    def _change(self, change: Callable[[str], str]) -> None:
        self._take(self._changes.edit(self._config().path, change, "view"))

    def _take(self, change: Change) -> None:
        path = change.path if change.path.exists() else None
        found = load(path)
        self._adopt(replace(self._config(), views=found.views, path=found.path))
