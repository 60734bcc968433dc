"""The lines of a config.toml, and which of them belong to which table. Pure.

A TOML library changes values and keeps their comments, but it counts the comment above a table to the table before.
This module finds the lines of one table, so that an edit touches no others. The text must be valid TOML.
"""

import re

from msgspec import Struct

_HEADER = re.compile(r"[ \t]*(\[\[?)[ \t]*(.*?)[ \t]*\]\]?[ \t]*(?:#.*)?\r?\n?", re.DOTALL)
_PART = re.compile(r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+))[ \t]*""")
# What decides whether a line ends inside a value: texts of several lines, texts of one line, comments, brackets.
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|' r"'''.*?'{3,5}|" r'"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'|" r"#[^\n]*|[\[\]{}]|\n",
    re.DOTALL,
)
_DEPTH = {"[": 1, "{": 1, "]": -1, "}": -1}


class TableLines(Struct, frozen=True):
    """A table and its lines: `start` up to and without `end`, from the header to the last key, with inner tables.

    `lead` is the first of the comment lines directly above the header, `start` without such. `path` is the name
    of the table in its parts; `is_entry` says whether it is one of an array, with `[[…]]`.
    """

    path: tuple[str, ...]
    is_entry: bool
    lead: int
    start: int
    end: int


def lines_of(text: str) -> list[str]:
    """The lines of a text, each with its line end. Only LF and CRLF end a line of TOML."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def statements_of(lines: list[str]) -> list[tuple[int, int]]:
    """Where each header, key, comment and blank line begins and ends; a value may have several lines."""
    text, found, depth, line, first = "".join(lines), [], 0, 0, 0
    for token in _TOKEN.finditer(text):
        written = token[0]
        if written != "\n":
            depth += _DEPTH.get(written, 0)
            line += written.count("\n")
            continue
        line += 1
        if depth == 0:
            found.append((first, line))
            first = line
    if first < len(lines):
        found.append((first, len(lines)))
    return found


def blocks_of(lines: list[str]) -> list[TableLines]:
    """The tables of a text in their order. Keys before the first header are a block with an empty path."""
    found: list[TableLines] = []
    path: tuple[str, ...] = ()
    is_entry, lead, start, end = False, 0, 0, 0
    comments = 0  # the first of the comment lines that stand directly above the present line
    for first, last in statements_of(lines):
        written = lines[first].strip()
        if not written or written[0] == "#":
            if not written:
                comments = last
            continue
        header = _HEADER.fullmatch(lines[first]) if written[0] == "[" else None
        if header and not _is_inside(parts_of(header[2]), path, is_entry=is_entry):
            found.append(TableLines(path, is_entry, lead, start, end))
            path, is_entry = parts_of(header[2]), header[1] == "[["
            lead, start = min(comments, first), first
        end = last
        comments = last
    found.append(TableLines(path, is_entry, lead, start, end))
    return found


def _is_inside(inner: tuple[str, ...], path: tuple[str, ...], *, is_entry: bool) -> bool:
    """Whether a table belongs to the one before: [source.headers] to the [[source]] above it."""
    return is_entry and len(inner) > len(path) and inner[: len(path)] == path


def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a table's name: `a . "b.c"` has two."""
    from json import loads  # a quoted name is rare

    parts = []
    for match in _PART.finditer(name):
        quoted, literal, bare = match.groups()
        parts.append(loads(f'"{quoted}"') if quoted is not None else literal if literal is not None else bare)
    return tuple(parts)
