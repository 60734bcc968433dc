"""A filter in words, for the line over a list and for the command line. Pure."""
