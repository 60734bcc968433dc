"""One line of a day's file: a record as JSON, in this version's form, and how an earlier version's line becomes one.

The JSON is the model's own (field for field, see feeds.model) with `flags` beside them, in Beijing time. A field that
has its default is left out, a paragraph that is nothing but its text is a bare string, a span is [p, start, end]: a
person who opens the file sees what there is and little else.

Version 1 wrote every paragraph and every span as an object. Its lines are read as they are; a file is rewritten in
this version when its day is next written, or by `zhengwen archive migrate`.
"""

import re
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct, structs

from feeds.archive.records import Record
from feeds.controls import replace_controls
from feeds.model import BEIJING, Article, Block, Plan, Revision, Span

VERSION = 2
_SPAN = {"p", "start", "end"}
_BARE = frozenset((str, int, float, bool, type(None)))
# What no text of ours holds, as JSON has it: this file was written elsewhere, or by hand.
_STEERING = re.compile(
    rb"\\u(?:00[0189][0-9a-fA-F]|007[fF]|061[cC]|20(?:0[eEfF]|2[89a-eA-E]|6[6-9])|[dD][89a-fA-F])|\\b|\\f|\x7f|\xc2[\x80-\x9f]"
    rb"|\xd8\x9c|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]"
)
_FIELDS = tuple(field.name for field in structs.fields(Record))


class Past(Struct, frozen=True):
    """A Revision as it stands in a line."""

    replaced: datetime
    title: str
    blocks: tuple[str | Block, ...]
    plan: Plan | None = None


def _line_type() -> type[Struct]:
    """Record's fields, those with paragraphs in their written form."""
    written = {"blocks": tuple[str | Block, ...], "earlier": tuple[Past, ...]}
    fields = [
        (field.name, written.get(field.name, field.type))
        if field.required
        else (field.name, written.get(field.name, field.type), field.default)
        for field in structs.fields(Record)
    ]
    return msgspec.defstruct("Line", fields, frozen=True, kw_only=True)


_line: msgspec.json.Decoder[Any] = msgspec.json.Decoder(_line_type())


def record_of_line(line: bytes, version: int) -> Record:
    """The record that a line says, written by `version`. Raises msgspec.DecodeError."""
    return Record(**_values(line, version))


def article_of_line(line: bytes, version: int) -> Article:
    """The same without the reader's flags."""
    values = _values(line, version)
    del values["flags"]
    return Article(**values)


def _values(line: bytes, version: int) -> dict[str, Any]:
    if version < VERSION or _STEERING.search(line):
        told = msgspec.convert(upgrade(_without_controls(msgspec.json.decode(line)), version), _line.type, strict=True)
    else:
        told = _line.decode(line)
    values = {name: getattr(told, name) for name in _FIELDS}
    values["blocks"] = _blocks(told.blocks)
    values["earlier"] = tuple(
        Revision(past.replaced, past.title, _blocks(past.blocks), past.plan) for past in told.earlier
    )
    return values


def _without_controls(part: Any) -> Any:
    """JSON's own values, their strings without what steers a terminal; each place in a text stays the same."""
    if isinstance(part, str):
        return replace_controls(part)
    if isinstance(part, dict):
        return {name: _without_controls(found) for name, found in part.items()}
    return [_without_controls(found) for found in part] if isinstance(part, list) else part


def _blocks(written: tuple[str | Block, ...]) -> tuple[Block, ...]:
    return tuple(Block(block) if isinstance(block, str) else block for block in written)


@cache
def _defaults(kind: type[Struct]) -> tuple[tuple[str, Any], ...]:
    """Name and default of each field; where a field must be given the default equals nothing."""
    return tuple(
        (field.name, field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory())
        for field in structs.fields(kind)
    )


def plain(value: Any) -> Any:
    """A value of the model as JSON's own kinds, the way a line has it."""
    kind = type(value)
    if kind in _BARE:
        return value
    if kind is Block and value.kind == "text" and not value.level and not value.strong:
        return value.text
    if kind is Span:
        return [value.p, value.start, value.end]
    if isinstance(value, Struct):
        return {
            name: plain(found) for name, default in _defaults(type(value)) if (found := getattr(value, name)) != default
        }
    if isinstance(value, datetime):
        return value.astimezone(BEIJING).isoformat()
    return [plain(part) for part in value]


def line_of(record: Record) -> msgspec.Raw:
    """A record's line in this version's form."""
    return msgspec.Raw(msgspec.json.encode(plain(record)))


def upgrade(record: Any, version: int) -> Any:
    """A plain record as `version` wrote it, as this version writes it."""
    if version >= VERSION or not isinstance(record, dict):
        return record
    told = dict(record)
    if "blocks" in told:
        told["blocks"] = _short_blocks(told["blocks"])
    if "earlier" in told:
        told["earlier"] = [{**past, "blocks": _short_blocks(past["blocks"])} for past in told["earlier"]]
    if "plan" in told:
        told["plan"] = _with_short_spans(told["plan"])
    return told


def _short_blocks(blocks: list[dict[str, Any]]) -> list[Any]:
    return [block["text"] if block.keys() == {"text"} else block for block in blocks]


def _with_short_spans(part: Any) -> Any:
    if isinstance(part, dict):
        if part.keys() == _SPAN:
            return [part["p"], part["start"], part["end"]]
        return {name: _with_short_spans(found) for name, found in part.items()}
    return [_with_short_spans(found) for found in part] if isinstance(part, list) else part
