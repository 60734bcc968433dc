"""Every source in a row of its own, and in words what the status line has no room for."""

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui.commands import bindings_of
from tui.messages import ReloadWanted, TermWanted
from tui.polling.status import PollingStatus, SourceStatus
from tui.screens.dialogs.dialog import Dialog
from tui.screens.lasting import LastingScreen
from tui.text import cells, pad, when
from tui.widgets.bars.status_line import due_in, mark_of, state_words
from tui.widgets.menus.row_list import RowList
from tui.words import _, ngettext, sentence_of

TICK = 1.0


class SourcesScreen(LastingScreen, Dialog[None]):
    """The sources as they stand. Choosing one closes the screen and limits the list to it."""

    PLACES = ("rows", "sources", "dialog")
    BINDINGS = bindings_of("sources")

    def heading(self) -> str:
        """The box's title."""
        return _("Sources")

    def compose_box(self) -> ComposeResult:
        """The rows, and below them the poller."""
        yield RowList()
        yield Static(id="note")

    def on_mount(self) -> None:
        """Show how things stand, and let the times run."""
        self.show_status()
        self.set_interval(TICK, self.show_status)

    def on_screen_resume(self) -> None:
        """Show what has changed since the screen was closed."""
        self.show_status()

    def watch_status(self) -> None:
        """Follow the poller."""
        self.show_status()

    def show_status(self) -> None:
        """Show every source as it stands now. While the screen is not shown, nothing is drawn."""
        if not (self.is_current and self.query(RowList)):
            return
        status, now = self.status, self.context.now()
        width = max((cells(source.name) for source in status.sources), default=0)
        polled = status.state in {"running", "reading-only"}
        self.query_one(RowList).show([row_of(source, now, width, polled=polled) for source in status.sources])
        self.query_one("#note", Static).update(note_of(status, now))

    @on(RowList.RowChosen)
    def _chosen(self, event: RowList.RowChosen) -> None:
        self.post_message(TermWanted("source", self.status.sources[event.index].name))
        self.dismiss()

    def action_ask(self) -> None:
        """Have the source under the cursor asked."""
        if self.status.sources:
            self.post_message(ReloadWanted((self.status.sources[self.query_one(RowList).cursor].name,)))

    def action_ask_all(self) -> None:
        """Have every source asked."""
        self.post_message(ReloadWanted())


def row_of(source: SourceStatus, now: datetime, width: int, *, polled: bool) -> Content:
    """A source with all that is known of it; when it is asked next only where somebody polls."""
    parts: list[tuple[str, str]] = [mark_of(source), (f" {pad(source.name, width)}  ", "")]
    if source.newest:
        parts.append((_("last article {when}").format(when=when(source.newest, now)) + "  ", "$quiet"))
    else:
        parts.append((_("no article yet") + "  ", "$quiet"))
    if source.new:
        parts.append((ngettext("{n} new", "{n} new", source.new) + "  ", "$success"))
    if source.asking:
        parts.append((_("is being asked") + "  ", "$accent"))
    elif source.due and polled:
        parts.append((_("next {when}").format(when=due_in(source.due, now)) + "  ", "$quiet"))
    if source.fault:
        parts.append((sentence_of(source.fault), "$error"))
    return Content.assemble(*parts)


def note_of(status: PollingStatus, now: datetime) -> Content:
    """The poller's state, and what was set aside."""
    lines = [Content.styled(state_words(status, now) or _("The poller is running."), "$quiet")]
    if status.restarts:
        words = ngettext(
            "It has died and was restarted {n} time.", "It has died and was restarted {n} times.", status.restarts
        )
        lines.append(Content.styled(words, "$warning"))
    for event in status.aside:
        words = _("set aside: {name}: {reason}").format(name=event.name, reason=sentence_of(event.fault))
        lines.append(Content.styled(words, "$warning"))
    return Content("\n").join(lines)
