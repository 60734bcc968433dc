"""The lines around the panes: the filter over the list, the status and the keys below."""
