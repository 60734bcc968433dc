"""Lists for the dialogs: plain rows, and the facets of a filter."""
