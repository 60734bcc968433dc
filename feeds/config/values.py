"""The configuration as a checked value."""

from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

from feeds.config.faults import name_of
from feeds.config.tables import WrittenKeys
from feeds.errors import ConfigError
from feeds.model import Fault, FetchLimits, Source


class View(Struct, frozen=True, kw_only=True):
    """A filter with a name. `query` is in the filter language; `key` may be empty.

    With `notify` it is a watch: its new articles are told. With `notify_due` so are the targets and goals of its
    articles, this number of days before they fall due.
    """

    name: str
    query: str
    key: str = ""
    notify: bool = False
    notify_due: int = 0

    @property
    def is_watch(self) -> bool:
        """Whether zhengwen tells of its new articles, or of what falls due."""
        return self.notify or self.notify_due > 0


Address = str | dict[Literal["env", "file"], str]
"""An address of Apprise, or the variable or the file that has it."""


class NotifySettings(Struct, frozen=True, kw_only=True):
    """How watches tell. `command` is a program with its arguments; `quiet` is empty or two times of the local clock.

    More than `digest` articles at once are told as one digest. `osc` is the terminal's sequence for a notification.
    """

    command: tuple[str, ...] = ()
    quiet: str = ""
    digest: int = 10
    bell: bool = False
    osc: Literal["off", 9, 777] = "off"
    apprise: tuple[Address, ...] = ()


class MarkRule(Struct, frozen=True, kw_only=True):
    """Marks that a new article gets if the filter `query` finds it."""

    query: str
    read: bool = False
    star: bool = False
    hide: bool = False
    tags: tuple[str, ...] = ()


class Macro(Struct, frozen=True, kw_only=True):
    """Commands of the dashboard that run one after the other. `key` is a sequence of keys, or empty."""

    name: str
    commands: tuple[str, ...]
    key: str = ""


class Pipe(Struct, frozen=True, kw_only=True):
    """A command of the reader's own, as arguments. `input` is one of PIPE_INPUTS.

    With `output` "terminal" it has the terminal while it runs; else its output is shown.
    """

    name: str
    command: tuple[str, ...]
    input: str = "text"
    output: str = "shown"


class Candidate(Struct, frozen=True):
    """A source that an address can be, and what its test gave: articles, the newest of them, or why it failed."""

    source: Source
    articles: int = 0
    newest: str = ""
    newest_at: datetime | None = None
    fault: Fault | None = None


class Config(Struct, frozen=True, kw_only=True):
    """The checked values of config.toml. `path` is the file."""

    path: Path
    language: str
    theme: str
    archive: Path
    ambiguous_width: int
    fetch: FetchLimits
    sources: tuple[Source, ...]
    unread_when_changed: bool = False
    since_you_left: bool = True
    views: tuple[View, ...] = ()
    keys: WrittenKeys = {}
    macros: tuple[Macro, ...] = ()
    pipes: tuple[Pipe, ...] = ()
    notify: NotifySettings = NotifySettings()
    mute: tuple[str, ...] = ()
    rules: tuple[MarkRule, ...] = ()

    @property
    def watches(self) -> tuple[View, ...]:
        """The views that are watches."""
        return tuple(view for view in self.views if view.is_watch)

    def view(self, name: str) -> View:
        """The view of this name. Raises ConfigError."""
        for view in self.views:
            if view.name == name:
                return view
        raise ConfigError(
            "{file}: there is no view called {name}; there are {choices}",
            file=name_of(self.path),
            name=name,
            choices=", ".join(view.name for view in self.views) or "–",
        )

    def view_with_key(self, key: str | None) -> View | None:
        """The view with this key, if there is one."""
        return next((view for view in self.views if key and view.key == key), None)
