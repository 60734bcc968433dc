"""The keys that move a pane's cursor; where it stands and how it goes there the pane says."""


class LineCursor:
    """A cursor among places that a pane counts: rows, lines or nodes."""

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

    def action_cursor_down(self) -> None:
        """One place down."""
        self.move_to(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """One place up."""
        self.move_to(self.cursor - 1)

    def action_top(self) -> None:
        """To the first place."""
        self.move_to(0)

    def action_bottom(self) -> None:
        """To the last place."""
        self.move_to(self.count - 1)

    def action_page_down(self) -> None:
        """A view further, one place of it kept."""
        self.move_to(self.cursor + max(1, self.page - 1))

    def action_page_up(self) -> None:
        """A view back, one place of it kept."""
        self.move_to(self.cursor - max(1, self.page - 1))

    def action_half_page_down(self) -> None:
        """Half a view further."""
        self.move_to(self.cursor + max(1, self.page // 2))

    def action_half_page_up(self) -> None:
        """Half a view back."""
        self.move_to(self.cursor - max(1, self.page // 2))
