"""Places to go to in the open article: those that its plan names, and those of a text that the reader seeks."""
