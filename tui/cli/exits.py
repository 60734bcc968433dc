"""The exit codes of all commands. docs/commands.md explains them."""

FAILURE = 1  # an expected failure, in one line
USAGE = 2  # a mistake on the command line or in config.toml
LOCKED = 3  # another zhengwen writes this archive
NO_ARTICLE = 4
INTERRUPTED = 130
