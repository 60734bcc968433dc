"""The saved views as a strip over the list: number or key, name, numbers of unread and of told articles.

The view in force stands out.
"""

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from feeds.config import View
from feeds.query import Query, parse
from tui.text import cells
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.lists.article_table import TOLD

NUMBERED = 9


class ViewStrip(Widget):
    """One line. A click on a view shows it.

    `unread` has the number of unread articles of each view by its name, `told` of those that it told as a watch.
    """

    views: reactive[tuple[View, ...]] = reactive(())
    current: reactive[str] = reactive("")
    unread: reactive[dict[str, int]] = reactive({})
    told: reactive[dict[str, int]] = reactive({})
    query_in_force: reactive[Query] = reactive(Query(), repaint=False)

    def __init__(self, ambiguous: int = 1) -> None:
        super().__init__()
        self._ambiguous = ambiguous

    def parts(self) -> list[tuple[str, str, str, str]]:
        """The views that fit, as many from the first on: key, name, count of unread, count of told."""
        found: list[tuple[str, str, str, str]] = []
        room = self.size.width
        for number, view in enumerate(self.views, 1):
            key = f"'{number}" if number <= NUMBERED else view.key
            count = self.unread.get(view.name, 0)
            told = self.told.get(view.name, 0)
            told_words = f"{TOLD}{told} " if told else ""
            part = (f" {key} " if key else " ", view.name, f" {count} " if count else " ", told_words)
            room -= cells("".join(part), self._ambiguous)
            if room < 0:
                break
            found.append(part)
        return found

    def render(self) -> Content:
        """Keys and what was told in the accent colour; the view in force in reverse, seen without colours too."""
        runs: list[tuple[str, str]] = []
        for key, name, count, told in self.parts():
            here = name == self.current
            runs += [(key, "bold $accent"), (name, "bold $primary reverse" if here else "$foreground")]
            runs += [(count, "$quiet"), (told, "bold $accent")]
        return Content.assemble(*runs)

    def on_click(self, event: events.Click) -> None:
        """Wish for the view under the mouse."""
        event.stop()
        column = 0
        for view, part in zip(self.views, self.parts(), strict=False):
            column += cells("".join(part), self._ambiguous)
            if event.x < column:
                self.post_message(FilterBar.Changed(parse(view.query, self.query_in_force.today), final=True))
                return
