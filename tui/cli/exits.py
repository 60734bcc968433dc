"""The exit codes of every command, which docs/commands.md gives."""

FAILURE = 1  # an expected failure, said in one line
USAGE = 2  # wrong words on the command line or in config.toml
LOCKED = 3  # another zhengwen writes this archive
NO_ARTICLE = 4
INTERRUPTED = 130
