"""Exports from the main screen: the menu of formats, and `:export FORMAT [FILE]`."""

from pathlib import Path
from typing import TYPE_CHECKING

from tui.screens.context import ScreenContext
from tui.screens.main.outputs.copying import Copying
from tui.screens.main.state import StatefulScreen

if TYPE_CHECKING:
    from tui.exporting import ExportOffer


class Exporting:
    """Exports the article that is read, or in the list the articles of the filter."""

    def __init__(self, screen: StatefulScreen, context: ScreenContext, copying: Copying) -> None:
        self._screen = screen
        self._context = context
        self._copying = copying

    def action_export(self) -> None:
        """Choose what to export and where to. While an export is written, stop it."""
        from tui.screens.outputs.exports import choose_export

        choose_export(self._screen, self._context.archive.path, self._offer)

    def action_line_export(self, argument: str) -> None:
        """Export in the format that was written. If the file is there, the menu asks whether to replace it."""
        from feeds.export.files import format_named
        from tui.exporting import files_there
        from tui.screens.outputs.exports import open_menu, start_export

        name, _blank, written = argument.partition(" ")
        form, offer = format_named(name), self._offer()
        job = offer.job_of(form, written.strip() or offer.proposed_target(form, alone=offer.alone), alone=offer.alone)
        archive = self._context.archive
        if not job.is_folder and files_there(archive, job):
            open_menu(self._screen, archive.path, offer, job)
        else:
            start_export(self._screen, archive.path, job)

    def _offer(self) -> "ExportOffer":
        from tui.exporting import ExportOffer  # with all formats, which no first frame needs

        state = self._screen.state
        return ExportOffer(
            state.query,
            self._context.now(),
            Path.cwd(),
            state.listing.total if state.listing else 0,
            self._copying.article(),
            state.pane != "list",
        )
