"""The labels to filter by, as a tree with counts. Lines can be unfolded, and added to the filter or taken out."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.content import Content
from textual.message import Message

from tui.commands import bindings_of
from tui.text import cells, clip
from tui.widgets.menus.row_list import RowList

Path = tuple[str, ...]


class Choice(NamedTuple):
    """One line: `field` and `value` are the term it stands for, empty for a heading; `chosen` when it is in force.

    Without a `total` there is nothing to count; where it is not `exact` there are that many or more.
    """

    label: str
    field: str = ""
    value: str = ""
    total: int | None = None
    unread: int = 0
    chosen: bool = False
    exact: bool = True
    inside: "tuple[Choice, ...]" = ()


class FacetTree(RowList):
    """Choices, some with others inside."""

    BINDINGS = bindings_of("facets")

    class Toggled(Message):
        """A choice is to be added to the filter or taken out; with `close` it is the last one."""

        def __init__(self, choice: Choice, *, close: bool) -> None:
            super().__init__()
            self.choice = choice
            self.close = close

    def __init__(self, *, ambiguous: int = 1, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._ambiguous = ambiguous
        self._choices: Sequence[Choice] = ()
        self._open: set[Path] = set()
        self._shown: list[tuple[Path, Choice]] = []

    def fill(self, choices: Sequence[Choice], unfolded: Sequence[Path] = ()) -> None:
        """Other choices or counts; what is unfolded stays so, and so does the line under the cursor."""
        self._choices = choices
        self._open.update(unfolded)
        self._lay_out()

    @property
    def current(self) -> tuple[Path, Choice] | None:
        """The choice under the cursor, and the labels that lead to it."""
        return self._shown[self.cursor] if self._shown else None

    def on_resize(self) -> None:
        """Counts stand at the right edge, wherever that is."""
        super().on_resize()
        self._lay_out()

    def _lay_out(self) -> None:
        here = self.current[0] if self.current else ()
        self._shown = list(self._walk(self._choices, ()))
        paths = [path for path, _choice in self._shown]
        self.show(
            [self._row(path, choice) for path, choice in self._shown], paths.index(here) if here in paths else None
        )

    def _walk(self, choices: Sequence[Choice], above: Path) -> Iterator[tuple[Path, Choice]]:
        for choice in choices:
            path = (*above, choice.label)
            yield path, choice
            if path in self._open:
                yield from self._walk(choice.inside, path)

    def _row(self, path: Path, choice: Choice) -> Content:
        total = "" if choice.total is None else f"{choice.total}" if choice.exact else f"{choice.total}+"
        unread = f"{choice.unread}/" if choice.unread else ""
        fold = "  " if not choice.inside else "▾ " if path in self._open else "▸ "
        mark = "✓ " if choice.chosen else "  " if choice.field else ""
        indent = "  " * (len(path) - 1)
        room = self.room.width - cells(indent + fold + mark + unread + total, self._ambiguous) - 2  # the bar
        label = clip(choice.label, max(room, 0), self._ambiguous)
        gap = " " * max(1, room - cells(label, self._ambiguous) + 1)
        style = "bold $accent" if choice.chosen else "" if choice.field else "bold $primary"
        left = (indent, (fold, "$quiet"), (mark, "$accent"), (label, style))
        return Content.assemble(*left, gap, (unread, "bold"), (total, "$quiet"))

    def action_add(self) -> None:
        """Add the choice to the filter, or take it out; a heading folds."""
        self._take(close=False)

    def action_choose(self) -> None:
        """Take the choice and be done; a heading folds."""
        self._take(close=True)

    def _take(self, *, close: bool) -> None:
        if self.current is None:
            return
        path, choice = self.current
        if choice.field:
            self.post_message(self.Toggled(choice, close=close))
        else:
            self._open ^= {path}
            self._lay_out()

    def action_unfold(self) -> None:
        """Show what is inside."""
        if self.current and self.current[1].inside:
            self._open.add(self.current[0])
            self._lay_out()

    def action_fold(self) -> None:
        """Hide what is inside; where nothing is, go to the line that this one stands in."""
        if self.current is None:
            return
        path = self.current[0]
        if path in self._open:
            self._open.discard(path)
            self._lay_out()
        else:
            paths = [shown for shown, _choice in self._shown]
            self.cursor = paths.index(path[:-1]) if path[:-1] in paths else self.cursor
