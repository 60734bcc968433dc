"""The layout of the panes: pure functions from values and a width to lines, columns and nodes."""
