"""The command line. Owns options, exit codes and the order of things; each command's work is done elsewhere.

Exit codes: 0 done · 1 an expected failure, said in one line · 2 wrong words on the command line or in config.toml ·
3 another zhengwen writes this archive · 4 no such article · 130 interrupted.
"""

from tui.cli.program import zhengwen

__all__ = ["zhengwen"]
