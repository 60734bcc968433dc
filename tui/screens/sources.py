"""The sources screen: a row for each source, and the poller's state in full."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from feeds.errors import FeedError
from feeds.model import Source
from tui.answers import names_of_settings, shown_address
from tui.commands import bindings_of
from tui.failures import report_failures
from tui.messages import ReloadWanted, TermWanted
from tui.polling.forms import SOURCES_FORM
from tui.polling.status import PollingStatus, SourceStatus
from tui.screens.dialogs.dialog import Dialog
from tui.screens.dialogs.source_forms import ask_for_changes, ask_for_source
from tui.screens.outputs.tables import PipedTable
from tui.text import cells, minute_of, when
from tui.widgets.bars.status_line import due_in, mark_of, state_words
from tui.widgets.lists.fixed_rows import FixedRows
from tui.widgets.lists.list_pane import ListPane
from tui.widgets.lists.table import Column, Part, RowTable
from tui.words import _, ngettext, sentence_of

if TYPE_CHECKING:
    from feeds.config.changing import ChangeStack  # imported when the reader changes something

TICK = 1.0
BOX_LINES = 5  # of the box besides rows and note: its border, two blank lines, the keys


class SourcesScreen(Dialog[None], PipedTable):
    """The status of every source. Choosing a source closes the screen and limits the list to it."""

    PLACES = ("sources", "dialog")
    BINDINGS = bindings_of("sources")
    FORM = SOURCES_FORM

    def heading(self) -> str:
        """The box's title."""
        return _("Sources")

    def compose_box(self) -> ComposeResult:
        """The rows, and below them the poller."""
        yield ListPane(source_table(()), ambiguous=self.context.config.ambiguous_width, clock=self.context.now)
        yield Static(id="note")

    def on_mount(self) -> None:
        """Show the status, and keep its times up to date."""
        self.rows: FixedRows[SourceStatus] = FixedRows(lambda source: source.name)
        self._detailed = False
        self.query_one(ListPane).show(self.rows)
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
        self.rows.rows = status.sources
        pane.refresh_rows()
        note = note_of(status, self.context.now())
        if self._detailed and (selected := pane.selected):
            note = details_of(selected, self._source_of(selected.name), self.context.now())
        self.query_one("#note", Static).update(note)
        self.query_one("#note").styles.max_height = "70%" if self._detailed else "40%"
        lines = max(len(status.sources) + len(status.failing), 1) + note.plain.count("\n") + 1
        self.query_one("#box").styles.height = lines + BOX_LINES  # styles limit it; the list then has fewer lines

    @cached_property
    def _changes(self) -> "ChangeStack":
        from feeds.config.changing import ChangeStack

        return ChangeStack()

    def _source_of(self, name: str) -> Source | None:
        return next((source for source in self.context.config.sources if source.name == name), None)

    @on(ListPane.RowOpened)
    def action_show_details(self) -> None:
        """Show all that is known of the selected source below the rows, or the poller again."""
        self._detailed = not self._detailed
        self.show_status()

    @on(ListPane.SelectionMoved)
    def _follow_cursor(self) -> None:
        if self._detailed:
            self.show_status()

    def action_show_articles(self) -> None:
        """Close the screen and limit the list to the selected source."""
        if source := self.query_one(ListPane).selected:
            self.post_message(TermWanted("source", source.name))
            self.dismiss()

    def action_toggle_pause(self) -> None:
        """Poll the selected source no more, or again."""
        if source := self.query_one(ListPane).selected:
            from feeds.config.editing import change_entry

            name, paused = source.name, None if source.paused else True
            words = _("{name} is polled again") if source.paused else _("{name} is paused")
            change = lambda text: change_entry(text, "source", name, {"paused": paused})  # noqa: E731
            self._edit(change, words.format(name=name))

    @work(exclusive=True)
    async def action_add_source(self) -> None:
        """Ask for an address, test it, and make a source of it."""
        from feeds.config.editing import add_entry

        async def work() -> None:
            config = self.context.config
            if values := await ask_for_source(self.app, config.path, config.sources):
                words = _("{name} is added, u takes it out again").format(name=values["name"])
                self._edit(lambda text: add_entry(text, "source", values), words)

        await report_failures(work, self._complain)

    @work(exclusive=True)
    async def action_edit_source(self) -> None:
        """Ask for another name, address and category of the selected source."""
        from feeds.config.editing import change_entry

        selected = self.query_one(ListPane).selected
        source = self._source_of(selected.name) if selected else None

        async def work() -> None:
            if source and (values := await ask_for_changes(self.app, source)):
                words = _("{name} is changed, u changes it back").format(name=source.name)
                self._edit(lambda text: change_entry(text, "source", source.name, values), words)

        await report_failures(work, self._complain)

    def action_remove_source(self) -> None:
        """Take the selected source out of config.toml."""
        if source := self.query_one(ListPane).selected:
            from feeds.config.editing import remove_entry

            name = source.name
            words = _("{name} is removed; its articles stay, u brings it back").format(name=name)
            self._edit(lambda text: remove_entry(text, "source", name), words)

    def action_undo_source(self) -> None:
        """Write config.toml as it was before the last change made here."""
        if self._changes.undo() is None:
            self.notify(_("There is nothing to undo."), markup=False)
            return
        self.context.look_at_config()
        self.notify(_("The last change of the sources is undone"), markup=False)

    def _complain(self, failure: FeedError) -> None:
        """Show why a change after questions failed: a task is no action, whose failures the app shows."""
        self.notify(sentence_of(failure.fault), severity="error", markup=False)

    def _edit(self, change: Callable[[str], str], words: str) -> None:
        """Change config.toml and say so. The app shows a ConfigError as a failed action."""
        self._changes.edit(self.context.config.path, change, "source")
        self.context.look_at_config()
        self.notify(words, markup=False)

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
        if source.paused:
            return _("paused"), "accent"
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


def details_of(status: SourceStatus, source: Source | None, now: datetime) -> Content:
    """All that is known of a source: where it is, since when it fails, what the server said, when it is polled next."""
    lines = [Content.styled(status.name, "bold")]
    if source is not None:
        where = (source.kind, shown_address(source), "/".join(source.category))
        lines.append(Content.styled(" · ".join(where), "$quiet"))
        lines += [Content.styled(line, "$quiet") for line in _setting_lines(source)]
    if status.paused:
        lines.append(Content.styled(_("paused"), "$accent"))
    if status.fault:
        lines.append(Content.styled(sentence_of(status.fault), "$error"))
    if status.failures and status.failing_since:
        since = _("since {when}").format(when=minute_of(status.failing_since))
        often = ngettext("failed {n} time", "failed {n} times in a row", status.failures)
        lines.append(Content.styled(f"{often} · {since}", "$error"))
    if status.answered:
        answered = _("last success {when}").format(when=minute_of(status.answered))
        lines.append(Content.styled(answered, "$quiet"))
    if due := due_in(status.due, now):
        lines.append(Content.styled(_("next {when}").format(when=due), "$quiet"))
    return Content("\n").join(lines)


def _setting_lines(source: Source) -> list[str]:
    """How a source is requested, without secrets, and whether its articles' pages are."""
    lines = [_("mute words: {words}").format(words="、".join(source.mute))] if source.mute else []
    if names := names_of_settings(source.request):
        lines.append(_("requested with {names}").format(names=", ".join(names)))
    if source.page is not None:
        lines.append(_("the pages of its articles are fetched") if source.page else _("no page is fetched"))
    return lines


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
