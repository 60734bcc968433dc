"""How the word lists, word classes and phrases are read."""

import re
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the list `name`, cells parted by tabs; comment lines and empty ones left out."""
    lines = (line for line in _text(name).splitlines() if line and not line.startswith("#"))
    return tuple(tuple(cell for cell in line.split("\t") if cell) for line in lines)


@cache
def words(name: str) -> tuple[str, ...]:
    """The first cell of every row, the longest first: an alternation made of it prefers the longest word."""
    return tuple(sorted((row[0] for row in rows(name)), key=lambda word: (-len(word), word)))


@cache
def classes() -> dict[str, str]:
    """Each word class as an alternation, the longest word first."""
    found: dict[str, list[str]] = {}
    for (line,) in rows("classes.txt"):
        name, _, said = line.partition(": ")
        found.setdefault(name, []).extend(said.split(" "))
    return {name: "|".join(sorted(said, key=lambda word: -len(word))) for name, said in found.items()}


@cache
def templates() -> dict[str, str]:
    """The templates of phrases.txt by the names of their rows."""
    found: dict[str, str] = {}
    name = ""
    for line in _text("phrases.txt").splitlines():
        head, tab, part = line.partition("\t")
        if tab and not line.startswith("#"):
            name = head or name
            found[name] = found.get(name, "") + part
    return found


def expand(template: str) -> str:
    """The template with every <class> as a group of its words.

    >>> expand("<past_year>同期")
    '(?:去年|上年)同期'
    """
    return _CLASS.sub(lambda match: f"(?:{classes()[match[1]]})", template)


def pattern(template: str) -> re.Pattern[str]:
    """The pattern that the template stands for.

    Raises:
        KeyError: the template names a class that there is not.

    """
    return re.compile(expand(template))


_CLASS = re.compile(r"(?<!P)<([a-z_]+)>")


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
