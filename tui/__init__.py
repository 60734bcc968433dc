"""The dashboard and the command line: everything that a reader sees or types."""
