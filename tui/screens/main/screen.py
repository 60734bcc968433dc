"""The main screen: composes list, text and plan with their bars, and passes each message to the part that handles it.

The state is one value (state.py). Each concern is an object that the screen owns (parts/): panes, counts, marking, the
open article, its changes, filtering, navigation, dialogs, the article's page on the web, and what the poller brings.
Those of outputs/ give something out: copies, exports, pipes.
"""

import inspect

from textual import events, on
from textual.app import ComposeResult
from textual.dom import DOMNode
from textual.reactive import reactive

from feeds.archive.state import left_of
from tui.commands import HANDED_ON, MACRO, bindings_of, command_named
from tui.keyboard.dispatch import has_key
from tui.messages import PollEventsArrived
from tui.polling.status import PollingStatus
from tui.screens.context import ScreenContext
from tui.screens.main.command_line import CommandLine
from tui.screens.main.outputs.choosing import Choosing, Motions
from tui.screens.main.outputs.copying import Copying, Notes
from tui.screens.main.outputs.exporting import Exporting
from tui.screens.main.outputs.piping import Piping
from tui.screens.main.parts.changes import Changes
from tui.screens.main.parts.counts import ListCounts
from tui.screens.main.parts.dialogs import Dialogs
from tui.screens.main.parts.filtering import Filtering
from tui.screens.main.parts.macros import Macros
from tui.screens.main.parts.marking import Marking
from tui.screens.main.parts.navigation import Navigation
from tui.screens.main.parts.open_article import OpenArticle
from tui.screens.main.parts.panes import Panes
from tui.screens.main.parts.poller_news import GLANCE, PollerNews
from tui.screens.main.parts.web_page import WebPage
from tui.screens.main.places.finding import Finding
from tui.screens.main.places.plan_places import PlanPlaces
from tui.screens.main.session import SessionKeeper
from tui.screens.main.shown_views import ShownViews
from tui.screens.main.since_left import SinceLeft
from tui.screens.main.state import StatefulScreen
from tui.screens.main.watches import Watches
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.filter_bar import FilterBar
from tui.widgets.bars.key_line import KeyLine
from tui.widgets.bars.status_line import StatusLine
from tui.widgets.bars.tag_bar import TagBar
from tui.widgets.bars.written_line import WrittenLine
from tui.widgets.choosing.drag_ground import DragGround
from tui.widgets.layout.ground import Ground
from tui.widgets.plan_tree import PlanTree
from tui.widgets.reader import Reader

PARTS = (
    Panes,
    Marking,
    OpenArticle,
    Changes,
    Filtering,
    Finding,
    Navigation,
    PlanPlaces,
    Dialogs,
    Macros,
    CommandLine,
    WebPage,
    Copying,
    Choosing,
    Motions,
    Exporting,
    Piping,
    Notes,
    PollerNews,
    SinceLeft,
    Watches,
)
"""The parts that have actions."""


class MainScreen(StatefulScreen):
    """The screen that lies under every other one. The app sets `status`."""

    BINDINGS = bindings_of("changes", "text", "main", "last")
    BLANK = True  # its widgets cover all of it
    AUTO_FOCUS = "ArticleList"

    status: reactive[PollingStatus] = reactive(PollingStatus(), init=False, repaint=False)
    """The status of poller and sources."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self.context = context
        archive = context.archive
        self.panes = Panes(self)
        self.counts = ListCounts(self, archive, context.now)
        self.marking = Marking(self, archive, self.panes, self.counts)
        self.open_article = OpenArticle(self, archive, self.panes, self.counts, self.marking)
        self.changes = Changes(self, self.panes, self.open_article)
        self.filtering = Filtering(self, context, self.panes, self.counts, self.open_article)
        self.finding = Finding(self, context.config.ambiguous_width)
        self.navigation = Navigation(self, self.panes, self.open_article, self.filtering, self.changes)
        self.plan_places = PlanPlaces(self, self.panes, self.open_article)
        self.command_line = CommandLine(
            self,
            context,
            self.open_article,
            self.filtering,
            self.marking,
            self.run_command,
            self.action_do,
        )
        self.web_page = WebPage(self)
        self.copying = Copying(self, archive, self.web_page)
        self.dialogs = Dialogs(self, context, self.open_article, self.filtering, lambda: self.watches.told.counts)
        self.macros = Macros(self, self.run_command)
        self.exporting = Exporting(self, context, self.copying)
        self.piping = Piping(self, context, self.copying)
        self.choosing = Choosing(self, self.panes, self.copying, context.config.ambiguous_width)
        self.motions = Motions(self.choosing)
        self.notes = Notes(self, archive, self.marking, self.copying)
        self.watches = Watches(self, context, self.dialogs.editor)
        self.poller_news = PollerNews(self, archive, self.counts, self.open_article, self.watches)
        self.session = SessionKeeper(self, context, self.open_article.read_on_in)
        self.set_reactive(StatefulScreen.state, self.session.state())
        self.since_left = SinceLeft(self, context, left_of(self.session.kept, context.now()))
        self.shown_views = ShownViews(self, context, lambda: self.watches.told.counts)
        parts = vars(self).values()
        self._parts = [part for part in parts if isinstance(part, PARTS)]

    def compose(self) -> ComposeResult:
        """The list with its filter, the text and the plan; below them status and keys."""
        ambiguous = self.context.config.ambiguous_width
        labels = self.filtering.labels
        with Ground(id="panes"):
            with Ground(id="list-pane") as list_pane:
                self.panes.prepare(list_pane)
                yield FilterBar(self.context.today, labels, ambiguous=ambiguous)
                yield ArticleList(ambiguous=ambiguous, clock=self.context.now)
            with DragGround(self.choosing.begin, self.choosing.extend, id="text-panes"):
                yield Reader(ambiguous=ambiguous)
                with Ground(id="plan-pane"):
                    yield PlanTree(ambiguous=ambiguous)
        yield TagBar(labels, ambiguous=ambiguous)
        yield StatusLine(self.context.now, ambiguous=ambiguous)
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what the archive has."""
        self.counts.take_status(self.status)
        self.watch(self.query_one(ArticleList), "above", self.counts.update, init=False)
        self.filtering.apply(self.state.query)
        self.session.select()
        self.open_article.show_first()
        self.set_interval(GLANCE, self.poller_news.look)
        self.shown_views.begin()

    # Down

    def watch_status(self, status: PollingStatus) -> None:
        """Pass the status of poller and sources to the status line."""
        self.counts.take_status(status)

    # Up: what widgets and the app tell

    def on_resize(self, event: events.Resize) -> None:
        """Show as many panes as the window has room for."""
        self.navigation.resize(event.size)
        self.since_left.resize()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow a focus that a click moved."""
        self.panes.follow_focus(event.widget)

    def on_key(self, event: events.Key) -> None:
        """Put the panel of the news away. Show the saved view that has this key, if no command has it."""
        if self.since_left.pass_by(event.key):
            event.stop()
            return
        if self.dialogs.show_view_with_key(
            event.character, lambda: has_key(self, event.key) or self.panes.own_keys is not None
        ):
            event.stop()

    def on_mouse_down(self) -> None:
        """Put the panel of the news away."""
        self.since_left.pass_by("")

    @on(PollEventsArrived)
    def _poller_told(self, message: PollEventsArrived) -> None:
        self.poller_news.take(message.events)

    @on(ArticleList.SelectionMoved)
    def _article_selected(self, event: ArticleList.SelectionMoved) -> None:
        self.open_article.select(event.row)
        if isinstance(event, ArticleList.RowOpened):
            self.open_article.open()

    @on(FilterBar.Changed)
    def _filter_changed(self, event: FilterBar.Changed) -> None:
        self.filtering.follow(event.query, final=event.final)

    @on(TagBar.TagsWritten)
    def _tags_written(self, event: TagBar.TagsWritten) -> None:
        self.marking.set_tags(event.article, event.tags)

    @on(WrittenLine.Left)
    def _line_left(self) -> None:
        self.panes.arrange()

    @on(Reader.HitsPassed)
    def _hits_passed(self, event: Reader.HitsPassed) -> None:
        self.open_article.pass_hits(event.way)

    @on(Reader.PlaceChanged)
    def _reader_moved(self, event: Reader.PlaceChanged) -> None:
        self.query_one(PlanTree).highlight(event.p, event.start, event.end)

    @on(PlanTree.NodeSelected)
    def _node_passed(self, event: PlanTree.NodeSelected) -> None:
        self.query_one(Reader).mark(event.span)
        if isinstance(event, PlanTree.NodeChosen) and self.state.layout.alone:
            self.open_article.go("reader")

    @on(KeyLine.CommandPressed)
    async def _key_pressed(self, event: KeyLine.CommandPressed) -> None:
        await self.run_command(event.command.id)

    @on(StatusLine.StatusPressed)
    async def _status_pressed(self) -> None:
        await self.run_command("sources")

    # Commands

    async def action_do(self, name: str, *arguments: str | int) -> None:
        """Run an action of the part that has it."""
        method = next(getattr(part, f"action_{name}") for part in self._parts if hasattr(part, f"action_{name}"))
        done = method(*arguments)
        if inspect.isawaitable(done):
            await done

    async def run_command(self, name: str | None) -> None:
        """Carry out a command of the table, as if its key had been pressed. None does nothing."""
        if name is None:
            return
        if name.startswith(MACRO):
            await self.macros.action_macro(name.removeprefix(MACRO))
            return
        command = command_named(name)
        nodes: dict[str, DOMNode] = {
            "app": self.app,
            **dict.fromkeys(("line", "find"), self.panes.written_line or self),
        }
        handed_on = (place for place in HANDED_ON if place != "choosing" or place in self.panes.places)
        nodes |= {"hits": self.query_one(Reader), **dict.fromkeys(handed_on, self)}
        place = next((place for place in command.where if place in nodes), command.where[0])
        node = nodes.get(place, self.panes.widget_of(self.state.pane))
        await self.app.run_action(command.action_in(place), node)
