"""Lists of rows: where rows come from (`RowSource`), what stands in one (`RowTable`), and the pane that draws them."""

from pathlib import Path

LIST_STYLES = Path(__file__).with_name("list_pane.tcss")
"""The styles of a ListPane, for the CSS_PATH of a screen that has one."""
