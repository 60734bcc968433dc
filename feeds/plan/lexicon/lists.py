"""How the word lists, word classes and phrases are read."""

import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from importlib.resources import files

from feeds.agencies import province_rows
from feeds.marks import BULLETS, CIRCLED, DIGITS


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
    """Each word class as an alternation, the longest word first; provinces and marks (feeds.marks) are classes too."""
    found: dict[str, list[str]] = {"province": [name for row in province_rows() for name in row]}
    found |= {"number": [f"[{DIGITS}]"], "circled": [f"[{CIRCLED}]"], "bullet": [f"[{BULLETS}]"]}
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

    A class that is an alternative by itself needs no group: a text is searched faster by first characters alone.

    >>> expand("<past_year>同期"), expand("<past_year>|同期")
    ('(?:去年|上年)同期', '去年|上年|同期')
    """
    return _CLASS.sub(lambda match: _words_of(template, match), template)


def _words_of(template: str, match: re.Match[str]) -> str:
    said = classes()[match[1]]
    before, after = template[: match.start()], template[match.end() :]
    alone = (not before or before.endswith(("|", "(?:"))) and (not after or after.startswith(("|", ")")))
    return said if alone else f"(?:{said})"


def beginning(*names: str) -> str:
    """The head of a template that opens with words of these classes: their first characters, looked at ahead.

    A text is searched much faster where most characters are refused by one look. No word of the classes may begin with
    a group.
    """
    said = "|".join(classes()[name] for name in names)
    first = "".join(sorted(set(_FIRST.findall(said))))
    return f"(?=[{first}])"


_FIRST = re.compile(r"(?:^|[|])([\u4e00-\u9fff])")


def any_of(names: Collection[str]) -> str:
    """A pattern for one of the names, the longest that fits. Most texts are refused by a look at two characters."""
    return f"(?={opening_of(names)}){_longest_of(names)}"


def opening_of(names: Collection[str]) -> str:
    """A pattern for the first character of one of the names; where all have two, the second is looked at ahead."""
    first, second = (re.escape("".join(sorted({name[i : i + 1] for name in names}))) for i in (0, 1))
    return f"[{first}](?=[{second}])" if all(name[1:] for name in names) else f"[{first}]"


def _longest_of(names: Iterable[str]) -> str:
    """The longest of the names that fits; those with one beginning share it, so that few are tried.

    >>> _longest_of(["项", "个", "个百分点"])
    '(?:个(?:百分点)?|项)'
    """
    following: dict[str, set[str]] = {}
    for name in sorted(names):
        following.setdefault(name[:1], set()).add(name[1:])
    ends = following.pop("", None) is not None
    said = "|".join(re.escape(first) + (_longest_of(rest) if rest != {""} else "") for first, rest in following.items())
    if not ends and len(following) == 1:
        return said
    return f"(?:{said})" + ("?" if ends else "") if said else ""


def matches_at(
    places: Iterable[int], said: re.Pattern[str], text: str, end: int = sys.maxsize
) -> Iterator[re.Match[str]]:
    """The matches that begin at one of the places, none inside another.

    A text is searched fast for one of many characters; the long pattern is tried where one stands.
    """
    done = 0
    for at in places:
        if at >= done and (match := said.match(text, at, end)) is not None:
            yield match
            done = match.end()


def last_match(said: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The last match in the stretch."""
    found = None
    for found in said.finditer(text, start, end):  # noqa: B007 -- the last one is wanted
        pass
    return found


def late(template: Callable[[], str]) -> Callable[[], re.Pattern[str]]:
    """A pattern over the names of a list, which is read and compiled when the pattern is first asked for."""
    return cache(lambda: re.compile(template()))


def pattern(template: str) -> re.Pattern[str]:
    """The pattern that the template stands for.

    Raises:
        KeyError: the template names a class that there is not.

    """
    return re.compile(expand(template))


_CLASS = re.compile(r"(?<!P)<([a-z_]+)>")


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
