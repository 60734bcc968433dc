"""The keys that move a pane's cursor; where it stands and how it goes there the pane says."""

from typing import ClassVar


class LineCursor:
    """A cursor among places that a pane counts: rows, lines or nodes."""

    KEPT: ClassVar[int] = 1
    """How many places of a view are kept in the next one."""

    @property
    def cursor(self) -> int:
        """Where the cursor stands, from 0; -1 when there is nothing to stand on."""
        raise NotImplementedError

    @property
    def count(self) -> int:
        """How many places the cursor can take."""
        raise NotImplementedError

    @property
    def page(self) -> int:
        """How many of them fill the view."""
        raise NotImplementedError

    def move_to(self, place: int) -> None:
        """Put the cursor there, or as near as there is a place, and bring it into view."""
        raise NotImplementedError

    def move_by(self, step: int) -> None:
        """Move the cursor by about a view."""
        self.move_to(self.cursor + step)

    def action_cursor_down(self, count: int = 1) -> None:
        """So many places down."""
        self.move_to(self.cursor + count)

    def action_cursor_up(self, count: int = 1) -> None:
        """So many places up."""
        self.move_to(self.cursor - count)

    def action_top(self, count: int = 1) -> None:
        """To the first place, or to the place with this number."""
        self.move_to(count - 1)

    def action_bottom(self, count: int = 0) -> None:
        """To the last place, or to the place with this number."""
        self.move_to((count or self.count) - 1)

    def action_page_down(self, count: int = 1) -> None:
        """So many views further; the last places of a view are kept in the next."""
        self.move_by(count * max(1, self.page - self.KEPT))

    def action_page_up(self, count: int = 1) -> None:
        """So many views back."""
        self.move_by(-count * max(1, self.page - self.KEPT))

    def action_half_page_down(self, count: int = 1) -> None:
        """So many half views further."""
        self.move_by(count * max(1, self.page // 2))

    def action_half_page_up(self, count: int = 1) -> None:
        """So many half views back."""
        self.move_by(-count * max(1, self.page // 2))
