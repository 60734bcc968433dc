"""The dialogs that the main screen opens for itself: help and saved views, and the keys of saved views."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from feeds.config import Config
from feeds.errors import ConfigError
from tui.screens.context import ScreenContext
from tui.screens.main.parts.filtering import Filtering, view_in
from tui.screens.main.parts.open_article import OpenArticle
from tui.screens.main.state import StatefulScreen
from tui.words import _

if TYPE_CHECKING:
    from tui.filters.editing import ViewEditor


class Dialogs:
    """Opens dialogs and carries out their answers. `told` gives the number of unread articles that each watch told."""

    def __init__(
        self,
        screen: StatefulScreen,
        context: ScreenContext,
        open_article: OpenArticle,
        filtering: Filtering,
        told: Callable[[], Mapping[str, int]],
    ) -> None:
        self._told = told
        self._screen = screen
        self._context = context
        self._open_article = open_article
        self._filtering = filtering
        self._views_editor: ViewEditor | None = None

    def action_views(self) -> None:
        """Choose a saved view."""
        from tui.screens.dialogs.views import ViewsScreen

        shown, _rest = view_in(self._screen.state.query, self._context.config.views)
        context = self._context
        screen = ViewsScreen(self.editor(), context.archive.path, context.today(), shown, self._told())
        self._screen.app.push_screen(screen, self.show_view)

    def editor(self) -> "ViewEditor":
        """The editor of the views in config.toml, with one undo for all."""
        from tui.filters.editing import ViewEditor  # when views are looked at or changed

        if self._views_editor is None:
            self._views_editor = ViewEditor(lambda: self._context.config, self._adopt)
        return self._views_editor

    def _adopt(self, config: Config) -> None:
        self._context.config = config
        self._filtering.name_view()

    def action_save_view(self) -> None:
        """Keep the filter in force as a view: ask for its name."""
        from tui.screens.dialogs.name import NameScreen

        query = str(self._screen.state.query)
        if not query:
            self._screen.say(_("No filter is in force; / writes one."))
            return
        shown, rest = view_in(self._screen.state.query, self._context.config.views)
        name = shown if not rest else ""
        self._screen.app.push_screen(NameScreen(_("Keep this filter as a view"), query, name), self.save_view)

    def action_line_save(self, name: str) -> None:
        """Keep the filter in force under the name that was written."""
        self.save_view(name)

    def save_view(self, name: str | None) -> None:
        """Keep the filter in force under a name. None and "" change nothing."""
        if not name:
            return
        try:
            fresh = self.editor().save(name, str(self._screen.state.query))
        except ConfigError as error:
            self._screen.complain(error)
            return
        words = _("View {name} is kept; v shows all.") if fresh else _("View {name} has this filter now.")
        self._screen.say(words.format(name=name))

    def action_numbered_view(self, number: str) -> None:
        """Show the view with this number."""
        if int(number) <= len(self._context.config.views):
            self.show_view(self._context.config.views[int(number) - 1].name)
        else:
            self._screen.say(_("There is no view {number}; v shows what there is.").format(number=number))

    def show_view(self, name: str | None) -> None:
        """Show the articles of a view in the list. None changes nothing."""
        if name is not None:
            self._filtering.apply(self._filtering.query_of(self._context.config.view(name).query))
            self._open_article.go("list")

    def show_view_with_key(self, character: str | None, is_taken: Callable[[], bool]) -> bool:
        """Show the view that has this key, unless the key is taken. Return whether a view is shown."""
        view = self._context.config.view_with_key(character)
        if view is None or is_taken():
            return False
        self.show_view(view.name)
        return True
