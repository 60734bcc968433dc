"""The dialogs that the main screen opens for itself: help, palette and saved views, and the keys of saved views."""

from collections.abc import Awaitable, Callable

from tui.commands import MACRO
from tui.keyboard.in_force import keymap
from tui.screens.context import ScreenContext
from tui.screens.main.parts.filtering import Filtering, view_in
from tui.screens.main.parts.open_article import OpenArticle
from tui.screens.main.state import StatefulScreen
from tui.words import _


class Dialogs:
    """Opens dialogs and carries out their answers. `run` carries out a command of the table."""

    def __init__(
        self,
        screen: StatefulScreen,
        context: ScreenContext,
        open_article: OpenArticle,
        filtering: Filtering,
        run: Callable[[str | None], Awaitable[None]],
    ) -> None:
        self._screen = screen
        self._context = context
        self._open_article = open_article
        self._filtering = filtering
        self._run = run

    def action_help(self) -> None:
        """Show all keys, the filter language and the signs."""
        from tui.screens.dialogs.help import HelpScreen

        self._screen.app.push_screen(HelpScreen(), self._run)

    def action_palette(self) -> None:
        """Find a command by its name."""
        from tui.screens.dialogs.palette import PaletteScreen

        self._screen.app.push_screen(PaletteScreen(self._context.config.views), self._run_or_show)

    async def _run_or_show(self, name: str | None) -> None:
        from tui.screens.dialogs.palette import VIEW

        if name and name.startswith(VIEW):
            self.show_view(name.removeprefix(VIEW))
        else:
            await self._run(name)

    async def action_macro(self, name: str) -> None:
        """Run the commands of a macro of config.toml, each after the one before."""
        macro = next((macro for macro in keymap().macros if macro.id == MACRO + name), None)
        for command in macro.tooltip.split(" · ") if macro else ():
            await self._run(command)

    def action_views(self) -> None:
        """Choose a saved view."""
        from tui.screens.dialogs.views import ViewsScreen

        shown, _rest = view_in(self._screen.state.query, self._context.config.views)
        self._screen.app.push_screen(ViewsScreen(self._context.config, shown), self.show_view)

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
