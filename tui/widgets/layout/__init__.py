"""What stands where in the panes: pure functions from values and a width to lines, columns and nodes."""
