"""The list of articles: a list pane with the table of articles, whose rows can be unread."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, cast

from msgspec import structs
from textual.binding import BindingType

from feeds.model import BEIJING
from feeds.query.results import Row
from tui.commands import bindings_of
from tui.widgets.line_view import component_classes
from tui.widgets.lists.article_table import ARTICLES
from tui.widgets.lists.list_pane import ListPane
from tui.widgets.lists.row_source import UnreadSource

_MINUTE_HAND = 30.0


def _now() -> datetime:
    return datetime.now(BEIJING)


class ArticleList(ListPane[Row], inherit_bindings=False):
    """The rows of a listing, an UnreadSource."""

    PREFIX = "article-list"
    HAS_OWN_ROOM = True
    BINDINGS: ClassVar[list[BindingType]] = bindings_of("list")
    COMPONENT_CLASSES: ClassVar[set[str]] = component_classes(
        "article-list",
        "row cursor cursor-focus unread read mark star time tag place agency tasks targets end changed hit empty bar",
    )

    def __init__(
        self,
        *,
        ambiguous: int = 1,
        clock: Callable[[], datetime] = _now,
        id: str | None = None,  # noqa: A002 -- Textual's own name
        classes: str | None = None,
    ) -> None:
        self.told: set[str] = set()  # the ids of the articles that a watch told
        super().__init__(
            structs.replace(ARTICLES, told=self.told), ambiguous=ambiguous, clock=clock, id=id, classes=classes
        )

    def on_mount(self) -> None:
        """Times grow old while nothing moves."""
        self.set_interval(_MINUTE_HAND, self.redraw)

    def select_unread(self, way: int) -> bool:
        """Select the next unread article (`way` 1) or the one before (-1), round the end; False when all are read."""
        if self._rows.source is None:
            return False
        source = cast("UnreadSource[Row]", self._rows.source)
        find, start = (source.next_unread, -1) if way > 0 else (source.previous_unread, source.total)
        found = find(self.cursor)
        if found is None:
            found = find(start)
        if found is not None:
            self.move_to(found)
        return found is not None

    action_open = ListPane.action_choose
