"""Changes of a config.toml as functions text → text. Comments, order, blank lines and line ends stay.

An entry is one table of an array: a [[source]], a [[view]], a [[rule]]. It is named by its `name`, or by its number
from 0. Only lines of the entry concerned differ: blocks finds them, tomlkit writes the values.
Each function compares the table of the new text with what it should be. If they differ, it raises a ConfigError, so
a text of a form that is not foreseen is never spoiled. The text itself must be valid TOML.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

import msgspec

from feeds.config.blocks import TableLines, blocks_of, lines_of, statements_of
from feeds.errors import ConfigError
from feeds.model import Source

Which = str | int
"""Which entry of an array: its name, or its number from 0."""
Values = Mapping[str, Any]
"""Keys and their values: texts, numbers, booleans, lists and tables of such. None takes a key out."""
_MARK = "\ufeff"


def add_entry(text: str, array: str, values: Values) -> str:
    """The text with a new entry after the others of its array."""
    return add_entries(text, array, [values])


def add_entries(text: str, array: str, rows: Sequence[Values]) -> str:
    """The text with new entries after the others of their array."""
    if not rows:
        return text
    lines = _EditedText(text)
    lines.drop_empty_array(array)
    entries = lines.entries(array)
    written: list[str] = []
    for row in rows:
        written += ["", f"[[{array}]]", *(_statement(key, value) for key, value in _without_none(row).items())]
    lines.insert(entries[-1].end if entries else lines.count, written)
    return lines.result(text, lambda table: _array(table, array).extend(map(_without_none, rows)))


def change_entry(text: str, array: str, which: Which, values: Values) -> str:
    """The text with other values in an entry. Its other keys stay."""
    lines = _EditedText(text)
    number = _number_of(text, array, which)
    for key, value in values.items():
        lines.set_key(lines.entries(array)[number], key, value)
    return lines.result(text, lambda table: _update(_array(table, array)[number], values))


def remove_entry(text: str, array: str, which: Which) -> str:
    """The text without an entry and the comments directly above it. Comments above the first entry stay.

    Without the last one the array is `= []`, because a file without the array would have the shipped entries.
    """
    lines = _EditedText(text)
    number = _number_of(text, array, which)
    entries = lines.entries(array)
    lines.cut(_with_comments(entries, number), entries[number].end)
    if len(entries) == 1:
        lines.set_key(lines.blocks()[0], array, [])
    return lines.result(text, lambda table: _array(table, array).pop(number))


def move_entry(text: str, array: str, which: Which, to: int) -> str:
    """The text with an entry, and the comments directly above it, as number `to` of its array."""
    number = _number_of(text, array, which)
    lines = _EditedText(text)
    entries = lines.entries(array)
    to = max(0, min(to, len(entries) - 1))
    if to == number:
        return text
    moved = lines.cut(_with_comments(entries, number), entries[number].end)
    left = lines.entries(array)
    if to == 0:
        lines.insert(left[0].start, [*moved, ""])
    else:
        lines.insert(left[to - 1].end, ["", *moved])

    def expect(table: dict[str, Any]) -> None:
        rows = _array(table, array)
        rows.insert(to, rows.pop(number))

    return lines.result(text, expect)


def adopt_array(text: str, array: str, shipped: str) -> str:
    """The text with the entries of the shipped file, if it has none of its own and so has those in force."""
    if array in _table_of(text):
        return text
    theirs, lines = _EditedText(shipped), _EditedText(text)
    for entry in theirs.entries(array):
        lines.insert(lines.count, ["", *(line.rstrip("\r\n") for line in theirs.slice(entry.start, entry.end))])
    return lines.result(text, lambda table: table.update({array: _table_of(shipped).get(array, [])}))


class _EditedText:
    """The lines of a text while they are changed. `result` puts them together again."""

    def __init__(self, text: str) -> None:
        self._mark = _MARK if text.startswith(_MARK) else ""
        self._lines = lines_of(text.removeprefix(_MARK))
        self._end = "\r\n" if self._lines and self._lines[0].endswith("\r\n") else "\n"

    @property
    def count(self) -> int:
        return len(self._lines)

    def blocks(self) -> list[TableLines]:
        return blocks_of(self._lines)

    def entries(self, array: str) -> list[TableLines]:
        return [block for block in self.blocks() if block.is_entry and block.path == (array,)]

    def slice(self, start: int, end: int) -> list[str]:
        return self._lines[start:end]

    def insert(self, at: int, written: list[str]) -> None:
        """Put lines before number `at`. A blank line that stands there already, or begins the file, is not doubled."""
        if written[0] == "" and (at == 0 or not self._lines[at - 1].strip()):
            written = written[1:]
        if at and not self._lines[at - 1].endswith("\n"):
            self._lines[at - 1] += self._end
        self._lines[at:at] = [line if line.endswith("\n") else line + self._end for line in written]

    def cut(self, start: int, end: int) -> list[str]:
        """Take lines out, with the blank lines below or above them that then stand double."""
        found = self._lines[start:end]
        blanks = end
        while blanks < self.count and not self._lines[blanks].strip():
            blanks += 1
        if start == 0 or not self._lines[start - 1].strip():
            end = blanks
        if end == self.count:
            while start and not self._lines[start - 1].strip():
                start -= 1
        del self._lines[start:end]
        return found

    def drop_empty_array(self, array: str) -> None:
        """Take `array = []` out, beside which no [[array]] may stand. Raise ConfigError for an array with entries."""
        top = self.blocks()[0]
        if not self.has_key(top, array):
            return
        if _table_of("".join(self._lines[top.start : top.end])).get(array):
            raise ConfigError(
                "{key} is written as one value; write it as [[{key}]] tables, so that zhengwen can change it", key=array
            )
        self.set_key(top, array, None)

    def has_key(self, block: TableLines, key: str) -> bool:
        """Whether a block has a key, at its own level or as the first part of a dotted key or of an inner table."""
        return bool(self._statements(block, key))

    def set_key(self, block: TableLines, key: str, value: Any) -> None:
        """Set a key of a block, or take it out for None."""
        places = self._statements(block, key)
        if value is not None and len(places) == 1 and (written := self._with_value(places[0], key, value)):
            self._lines[places[0][0] : places[0][1]] = [written]
            return
        for start, end in reversed(places):
            del self._lines[start:end]
        if value is not None:
            block = next(found for found in self.blocks() if found.start == block.start and found.path == block.path)
            at, indent = self._place_of_new_key(block)
            self.insert(at, [indent + _statement(key, value)])

    def result(self, before: str, change: Callable[[dict[str, Any]], object]) -> str:
        """The new text. Raise ConfigError unless its table is that of the text before with `change`."""
        text = self._mark + "".join(self._lines)
        expected = _table_of(before)
        change(expected)
        if not _is_same(text, expected):
            raise ConfigError("config.toml is written in a form that zhengwen cannot change; change it in an editor")
        return text

    def _statements(self, block: TableLines, key: str) -> list[tuple[int, int]]:
        """The lines that give a key of a block; an inner table [source.headers] gives the key `headers`."""
        found, inside = [], ""
        for first, last in statements_of(self._lines[block.start : block.end]):
            written = self._lines[block.start + first].strip()
            if not written or written[0] == "#":
                continue
            if written[0] == "[":
                path = blocks_of(self._lines[block.start + first : block.start + last])[-1].path
                inside = path[len(block.path)] if len(path) > len(block.path) else ""
                given = inside
            else:
                given = inside or _first_key(self._lines[block.start + first : block.start + last])
            if given == key:
                found.append((block.start + first, block.start + last))
        return found

    def _with_value(self, place: tuple[int, int], key: str, value: Any) -> str:
        """The statement with another value, its comment kept; "" if the key is not one plain statement."""
        import tomlkit

        document = tomlkit.parse("".join(self._lines[place[0] : place[1]]))
        if [*document.value] != [key] or isinstance(document[key], tomlkit.items.Table):
            return ""
        if document.value[key] == value and type(document.value[key]) is type(value):
            return "".join(self._lines[place[0] : place[1]])
        document[key] = _item(value)
        written = document.as_string()
        return written if msgspec.toml.decode(written) == {key: value} else ""

    def _place_of_new_key(self, block: TableLines) -> tuple[int, str]:
        """The line after the last key of a block that is at its own level, and the indent of that key."""
        at, indent = block.start + bool(block.path), ""
        for first, last in statements_of(self._lines[block.start : block.end]):
            line = self._lines[block.start + first]
            written = line.strip()
            if written[:1] == "[" and first:
                break
            if written and written[0] not in "#[":
                at, indent = block.start + last, line[: len(line) - len(line.lstrip())]
        return at, indent


def _with_comments(entries: list[TableLines], number: int) -> int:
    """The first line of an entry: of the comments above it, if it is not the first, where they speak of all."""
    return entries[number].lead if number else entries[number].start


def _first_key(statement: list[str]) -> str:
    return next(iter(_table_of("".join(statement))), "")


def _statement(key: str, value: Any) -> str:
    import tomlkit  # only a change of the file needs it

    document = tomlkit.document()
    document.append(key, _item(value))
    return document.as_string().rstrip("\n")


def _item(value: Any) -> Any:
    import tomlkit

    if not isinstance(value, Mapping):
        return tomlkit.item(value)
    table = tomlkit.inline_table()
    for key, inner in value.items():
        table.append(key, _item(inner))
    return table


def _table_of(text: str) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.toml.decode(text.removeprefix(_MARK))
    return found


def _is_same(text: str, expected: dict[str, Any]) -> bool:
    try:
        return _without_empty(_table_of(text)) == _without_empty(expected)
    except ValueError:
        return False


def _without_empty(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value != {}}


def _number_of(text: str, array: str, which: Which) -> int:
    rows = _array(_table_of(text), array)
    for number, row in enumerate(rows):
        if which == number or (isinstance(which, str) and isinstance(row, dict) and row.get("name") == which):
            if len(_EditedText(text).entries(array)) == len(rows):
                return number
            raise ConfigError(
                "{key} is written as one value; write it as [[{key}]] tables, so that zhengwen can change it", key=array
            )
    raise ConfigError("config.toml has no [[{key}]] called {name}", key=array, name=which)


def _array(table: dict[str, Any], array: str) -> list[dict[str, Any]]:
    found = table.setdefault(array, [])
    return found if isinstance(found, list) else []


def _without_none(values: Values) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _update(row: dict[str, Any], values: Values) -> None:
    for key, value in values.items():
        if value is None:
            row.pop(key, None)
        else:
            row[key] = value


def free_name(name: str, taken: Container[str]) -> str:
    """The name, with the first number from 2 that makes it free if it is taken."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name} {number}", number + 1
    return free


def source_entry(
    source: Source, others: Sequence[Source], *, name: str = "", category: str = "", interval: int | None = None
) -> dict[str, Any]:
    """The keys of a new [[source]]. A name that another source has gets a number, unless the reader gave it."""
    name = name or free_name(source.name, {other.name for other in others})
    values: dict[str, Any] = {"name": name, "kind": source.kind}
    values |= {key: value for key, value in (("url", source.url), ("channel", source.channel)) if value}
    values |= dict(source.options)
    if category:
        values["category"] = category
    if interval:
        values["interval"] = interval
    return values
