"""The word lists, which are data: one file a list, its source in its first lines, read once and only when asked for.

A list stands here and not in code, so that somebody who knows the language can mend it without knowing the program.
"""

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the list `name`, cells parted by tabs; comment lines and empty ones left out."""
    text = files(__package__).joinpath(name).read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(tuple(cell for cell in line.split("\t") if cell) for line in lines)


@cache
def words(name: str) -> tuple[str, ...]:
    """The first cell of every row, the longest first: an alternation made of it prefers the longest word."""
    return tuple(sorted((row[0] for row in rows(name)), key=lambda word: (-len(word), word)))
