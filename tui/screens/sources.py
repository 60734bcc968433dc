"""The sources screen: a row for each source, and the poller's state in full."""

from collections.abc import Sequence
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
from tui.text import cells, when
from tui.widgets.bars.status_line import due_in, mark_of, state_words
from tui.widgets.lists.fixed_rows import FixedRows
from tui.widgets.lists.list_pane import ListPane
from tui.widgets.lists.table import Column, Part, RowTable
from tui.words import _, ngettext, sentence_of

TICK = 1.0
BOX_LINES = 5  # of the box besides rows and note: its border, two blank lines, the keys


class SourcesScreen(Dialog[None], LastingScreen):
    """The status of every source. Choosing a source closes the screen and limits the list to it."""

    PLACES = ("rows", "sources", "dialog")
    BINDINGS = bindings_of("sources")

    def heading(self) -> str:
        """The box's title."""
        return _("Sources")

    def compose_box(self) -> ComposeResult:
        """The rows, and below them the poller."""
        yield ListPane(source_table(()), ambiguous=self.context.config.ambiguous_width, clock=self.context.now)
        yield Static(id="note")

    def on_mount(self) -> None:
        """Show the status, and keep its times up to date."""
        self._rows: FixedRows[SourceStatus] = FixedRows(lambda source: source.name)
        self.query_one(ListPane).show(self._rows)
        self.show_status()
        self.set_interval(TICK, self.show_status)

    def on_screen_resume(self) -> None:
        """Show what has changed since the screen was closed."""
        self.show_status()

    def watch_status(self) -> None:
        """Follow the poller."""
        self.show_status()

    def show_status(self) -> None:
        """Show the status of every source. Draw nothing while the screen is not shown."""
        if not (self.is_current and self.query(ListPane)):
            return
        status = self.status
        pane: ListPane[SourceStatus] = self.query_one(ListPane)
        pane.table = source_table(status.sources, polled=status.state in {"running", "reading-only"})
        self._rows.rows = status.sources
        pane.refresh_rows()
        note = note_of(status, self.context.now())
        self.query_one("#note", Static).update(note)
        lines = max(len(status.sources), 1) + note.plain.count("\n") + 1
        self.query_one("#box").styles.height = lines + BOX_LINES  # styles limit it; the list then has fewer lines

    @on(ListPane.RowOpened)
    def _limit_to_source(self, event: ListPane.RowOpened) -> None:
        self.post_message(TermWanted("source", event.row.name))
        self.dismiss()

    def action_ask(self) -> None:
        """Poll the source under the cursor now."""
        if source := self.query_one(ListPane).selected:
            self.post_message(ReloadWanted((source.name,)))

    def action_ask_all(self) -> None:
        """Poll every source now."""
        self.post_message(ReloadWanted())


MARK_PARTS = {"bold $error": "failure", "$success": "success", "$accent": "accent", "$quiet": "quiet"}


def source_table(sources: Sequence[SourceStatus], *, polled: bool = False) -> RowTable[SourceStatus]:
    """The columns of the sources. They have the time of the next poll only if somebody polls."""
    width = max((cells(source.name) for source in sources), default=0)

    def mark(source: SourceStatus, _now: datetime) -> Part:
        sign, style = mark_of(source)
        return " " + sign, MARK_PARTS[style]

    def newest(source: SourceStatus, now: datetime) -> Part:
        if source.newest is None:
            return _("no article yet"), "quiet"
        return _("last article {when}").format(when=when(source.newest, now)), "quiet"

    def new(source: SourceStatus, _now: datetime) -> Part:
        return ngettext("{n} new", "{n} new", source.new) if source.new else "", "success"

    def turn(source: SourceStatus, now: datetime) -> Part:
        if source.asking:
            return _("is being asked"), "accent"
        due = due_in(source.due, now) if polled else ""
        return _("next {when}").format(when=due) if due else "", "quiet"

    return RowTable(
        columns=(
            Column("mark", mark, gap=1),
            Column("name", lambda source, _now: (source.name, "plain"), width),
            Column("newest", newest),
            Column("new", new),
            Column("turn", turn),
        ),
        id_of=lambda source: source.name,
        text_of=lambda source: (sentence_of(source.fault) if source.fault else "", "error"),
    )


def note_of(status: PollingStatus, now: datetime) -> Content:
    """The poller's state, and the texts that were set aside."""
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
