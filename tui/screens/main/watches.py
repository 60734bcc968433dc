"""The watches in the dashboard: follow a filter, the marks of what was told, and the terminal's title.

The journal in the archive says what was told, whatever process told it. A thread reads it when it changed, and asks the
archive which of its articles are unread; the loop of the dashboard never matches anything.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from feeds.archive import Engine
from feeds.errors import ArchiveError, ConfigError
from feeds.events import ArticlesTold
from feeds.query import Query
from tui.outside.notices import BELL, KEEP_TITLE, RESTORE_TITLE, notification_sequence, title_sequence
from tui.screens.archive_reading import read_in_thread
from tui.screens.context import ScreenContext
from tui.screens.main.parts.filtering import view_in
from tui.screens.main.state import StatefulScreen
from tui.textual_fixes.steady_terminal import SteadyTerminal
from tui.widgets.article_list import ArticleList
from tui.words import _

if TYPE_CHECKING:
    from tui.filters.editing import ViewEditor

_NEWEST = 2000  # matches that are looked at: what was told before these has no mark
_NAME = 20  # characters of a filter that are offered as the name of its view


class ToldArticles(Struct, frozen=True):
    """The unread articles that watches told: their ids, their number for each watch, and the watch that told last."""

    ids: frozenset[str] = frozenset()
    counts: dict[str, int] = {}
    latest: str = ""


class Watches:
    """Follows filters, marks what was told, and keeps the terminal's title."""

    def __init__(
        self,
        screen: StatefulScreen,
        context: ScreenContext,
        editor: "Callable[[], ViewEditor]",
    ) -> None:
        self._screen = screen
        self._context = context
        self._editor = editor
        self._state: object = None
        self._title = ""
        self._title_waits = False  # for the end of the quiet hours
        self.told = ToldArticles()

    # Following

    def action_watch(self) -> None:
        """Follow the filter in force, or follow it no longer. A filter that is no view gets a name first."""
        query = self._screen.state.query
        if not query:
            self._screen.say(_("No filter is in force; / writes one."))
            return
        shown, rest = view_in(query, self._context.config.views)
        if shown and not rest:
            self._toggle(shown)
            return
        from feeds.config.editing import free_name
        from tui.screens.dialogs.name import NameScreen

        name = free_name(str(query)[:_NAME].strip(), {view.name for view in self._context.config.views})
        screen = NameScreen(_("Follow this filter as a view"), str(query), name)
        self._screen.app.push_screen(screen, self.follow)

    def action_line_watch(self, name: str) -> None:
        """Follow the filter in force under the name that was written; without one as the key does."""
        names = [view.name for view in self._context.config.views]
        if not name:
            self.action_watch()
        elif self._screen.state.query:
            self.follow(name)
        elif name in names:
            self._toggle(name)
        else:
            self._screen.say(_("No filter is in force; / writes one."))

    def follow(self, name: str | None) -> None:
        """Keep the filter in force under a name and follow it. None and "" change nothing."""
        if not name:
            return
        try:
            self._editor().save(name, str(self._screen.state.query))
        except ConfigError as error:
            self._screen.complain(error)
            return
        self._set_notify(name, notify=True)

    def _toggle(self, name: str) -> None:
        self._set_notify(name, notify=not self._context.config.view(name).notify)

    def _set_notify(self, name: str, *, notify: bool) -> None:
        try:
            self._editor().set_notify(name, notify=notify)
            if notify:
                self._begin(name)
        except (ConfigError, ArchiveError) as error:
            self._screen.complain(error)
            return
        words = _("{name} is followed: new articles are told.") if notify else _("{name} is followed no longer.")
        self._screen.say(words.format(name=name))
        self.look()

    def _begin(self, name: str) -> None:
        """Begin the watch now, so that it misses nothing until the poller has read config.toml."""
        from feeds.archive.sqlite.watches import WatchJournal

        if self._context.archive.view is None:
            journal = WatchJournal.open(self._context.archive.path)
            try:
                journal.begin_watch(name, datetime.now(UTC).timestamp())
            finally:
                journal.close()

    # What was told

    def take(self, event: ArticlesTold) -> None:
        """Ring the bell and notify as [notify] says, and say what came."""
        settings = self._context.config.notify
        heading = " · ".join(event.watches)
        more = event.count - len(event.titles)
        words = " · ".join(event.titles) + (f" … (+{more})" if more else "")
        self._screen.say(f"{heading}: {words}")
        self._write((BELL if settings.bell else "") + notification_sequence(settings.osc, heading, words))
        self.look()

    def look(self) -> None:
        """Read the journal in a thread if it, or what is read, changed. Write a title that waits."""
        if not (self._context.config.watches or self.told.ids or self._title):
            return
        from feeds.archive.sqlite.watches import journal_state

        config = self._context.config
        state = (journal_state(self._context.archive.path), self._context.archive.unread(), config.watches)
        if state != self._state:
            self._state = state
            names = {view.name for view in config.watches}
            read_in_thread(
                self._screen,
                self._context.archive.path,
                lambda archive: told_articles(archive, names),
                self._show,
                self._screen.complain,
                group="watches",
            )
        elif self._title_waits:
            self._tell_title()

    def _show(self, told: ToldArticles) -> None:
        if told.ids != self.told.ids:
            articles = self._screen.query_one(ArticleList)
            articles.told.clear()
            articles.told.update(told.ids)
            articles.redraw()
        self.told = told
        self._tell_title()

    def _tell_title(self) -> None:
        from feeds.watches.quiet import is_quiet

        self._title_waits = is_quiet(self._context.config.notify.quiet, datetime.now(UTC).astimezone())
        if self._title_waits:
            return
        title = title_sequence(len(self.told.ids), self.told.latest)
        if title != self._title and (self._context.config.watches or self._title):
            self._write(title if self._title else KEEP_TITLE + title)
            self._title = title

    def _write(self, sequence: str) -> None:
        app = self._screen.app
        if sequence and isinstance(app, SteadyTerminal):
            app.write_sequence(sequence)

    def end(self) -> None:
        """Give the terminal its title back."""
        if self._title:
            self._title = ""
            self._write(RESTORE_TITLE)


def told_articles(archive: Engine, names: set[str]) -> ToldArticles:
    """The unread articles of an archive that its journal says the watches with these names told."""
    from feeds.archive.sqlite.watches import newest_matches

    matches = [(watch, name) for watch, name in newest_matches(archive.path, _NEWEST) if watch in names]
    found = archive.listing().among({name for _watch, name in matches}, Query())
    unread = {one.id for one in found if one.unread}
    left = [(watch, name) for watch, name in matches if name in unread]
    counts = Counter(watch for watch, _name in dict.fromkeys(left))
    return ToldArticles(frozenset(unread), dict(counts), left[0][0] if left else "")
