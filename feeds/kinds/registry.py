"""The registry of kinds: each folder beside this file is one, by its name, and gives `KIND`.

A kind is imported when something asks for it, so that a program that has only rolls imports no other.
"""

from functools import cache
from importlib import import_module
from pathlib import Path

from feeds.kinds.kind import Demo, FailureCallback, Kind
from feeds.model import Entry, Page, Source

_HOME = Path(__file__).parent


@cache
def kind_names() -> tuple[str, ...]:
    """The names of all kinds."""
    return tuple(sorted(path.parent.name for path in _HOME.glob("*/__init__.py")))


@cache
def kind_of(name: str) -> Kind:
    """The kind of that name, which is one of `kind_names`."""
    kind: Kind = import_module(f"feeds.kinds.{name}").KIND
    return kind


@cache
def demo_at(path: str) -> Demo | None:
    """The demo of the kind that serves this path, from the `demo.py` of its folder; None if no kind does."""
    for name in sorted(file.parent.name for file in _HOME.glob("*/demo.py")):
        demo: Demo = import_module(f"feeds.kinds.{name}.demo").DEMO
        if demo.path == path:
            return demo
    return None


def address_of(source: Source, number: int = 1) -> str:
    """The address of page `number` (from 1) of a source's list, or "" if there is no such page."""
    return kind_of(source.kind).address(source, number) if number > 0 else ""


def _raise_bug(bug: Exception) -> None:
    """Raise a bug, as tests and commands need it. An expected failure only leaves out its entry."""
    from feeds.parse.entrywise import raise_bug

    raise_bug(bug)


def entries_of(page: Page, source: Source, on_failure: FailureCallback = _raise_bug) -> list[Entry]:
    """The entries of one answer of `source`, in its order. Raises ParseError if the answer does not fit the kind.

    If one entry causes a bug, `on_failure` gets the exception, and the other entries are read.
    """
    return kind_of(source.kind).read(page, source, on_failure)
