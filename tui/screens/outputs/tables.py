"""The export of a table: the menu with the formats of tables, for the filter that the table has."""

from pathlib import Path

from feeds.query import Query
from tui.screens.lasting import LastingScreen


class ExportedTable(LastingScreen):
    """A lasting screen with a table of the archive under the filter `wish`."""

    wish: Query

    def action_export_table(self) -> None:
        """Choose how to export the table and where to. While an export is written, stop it."""
        from tui.exporting import ExportOffer
        from tui.screens.outputs.exports import choose_export

        context = self.context
        choose_export(
            self, context.archive.path, lambda: ExportOffer(self.wish, context.now(), Path.cwd(), tables=True)
        )
