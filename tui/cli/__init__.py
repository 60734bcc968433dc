"""The command line. Owns options, exit codes and output; other packages do the work of the commands.

Exit codes: 0 success · 1 an expected failure, in one line · 2 a mistake on the command line or in config.toml ·
3 another zhengwen writes this archive · 4 no such article · 130 interrupted.
"""

from tui.cli.program import zhengwen

__all__ = ["zhengwen"]
