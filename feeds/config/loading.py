"""config.toml → Config: the file over the shipped one, with every value checked.

The shipped file has all defaults. The keys of a reader's file replace its keys one by one; a list of sources or views
replaces the shipped list as a whole. A fault names the file, the key and what was expected.
"""

import os
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from feeds.config.faults import choice_of, expectation_error, fault_of, name_of, no_such_key
from feeds.config.places import reader_path, shipped_path
from feeds.config.reading import table_in, table_of, text_in
from feeds.config.tables import (
    PIPE_INPUTS,
    PIPE_OUTPUTS,
    FileTable,
    NotifyTable,
    PipeTable,
    SourceTable,
    ViewTable,
)
from feeds.config.values import Config, Macro, MarkRule, NotifySettings, Pipe, View
from feeds.errors import ConfigError, QueryError, phrase
from feeds.kinds import kind_names, kind_of
from feeds.model import PLAIN_REQUESTS, Fault, FetchLimits, RequestSettings, Source


def load(path: Path | None = None) -> Config:
    """The configuration in `path`, else the reader's, else the shipped one. Raises ConfigError.

    A file that `ZHENGWEN_CONFIG` names must be there: a reader who names a file does not want another.
    """
    if path is None:
        path = reader_path()
        if not (os.environ.get("ZHENGWEN_CONFIG") or path.exists()):
            path = shipped_path()
    return config_of_text(text_in(path), path)


def config_of_text(text: str, path: Path) -> Config:
    """The configuration that the file `path` gives if it has this text. Raises ConfigError."""
    table = table_of(text, path)
    return _config_of(table if path == shipped_path() else _merge(table_in(shipped_path()), table), path)


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = {**under, **over}
    for name in ("fetch", "notify"):
        if isinstance(over.get(name), dict):
            merged[name] = {**under.get(name, {}), **over[name]}
    return merged


def _config_of(table: dict[str, Any], path: Path) -> Config:
    try:
        file = msgspec.convert(_with_options(table, path), FileTable)
    except msgspec.ValidationError as error:
        raise fault_of(str(error), path) from None
    names: set[str] = set()
    for number, row in enumerate(file.source, 1):
        if row.name in names:
            raise expectation_error(path, f"source[{number}].name", phrase("a name that no other source has"))
        names.add(row.name)
        values = {**row.options, "url": row.url, "channel": row.channel}
        if wrong := kind_of(row.kind).first_wrong_key(values):
            raise expectation_error(path, f"source[{number}].{wrong[0]}", wrong[1])
    for number, macro in enumerate(file.macro, 1):
        if any(macro.name == other.name for other in file.macro[: number - 1]):
            raise expectation_error(path, f"macro[{number}].name", phrase("a name that no other macro has"))
    for number, view in enumerate(file.view, 1):
        _check_view(file.view, number, view, path)
    rules = _rules_in(file, path)
    return Config(
        path=path,
        language=file.language,
        theme=file.theme,
        archive=_archive_path(file.archive, path),
        ambiguous_width=file.ambiguous_width,
        unread_when_changed=file.unread_when_changed,
        since_you_left=file.since_you_left,
        fetch=FetchLimits(**msgspec.structs.asdict(file.fetch)),
        sources=tuple(_source_of(row, number, path) for number, row in enumerate(file.source, 1)),
        views=tuple(View(**msgspec.structs.asdict(view)) for view in file.view),
        keys=file.keys,
        notify=_notify_of(file.notify, path),
        mute=tuple(file.mute),
        rules=rules,
        macros=tuple(Macro(name=macro.name, commands=tuple(macro.commands), key=macro.key) for macro in file.macro),
        pipes=tuple(_pipe_of(file.pipe, number, path) for number in range(1, len(file.pipe) + 1)),
    )


def _notify_of(table: NotifyTable, path: Path) -> NotifySettings:
    for number, address in enumerate(table.apprise, 1):
        if isinstance(address, dict) and len(address) != 1:
            wanted = phrase('{ env = "NAME" } or { file = "path" }')
            raise expectation_error(path, f"notify.apprise[{number}]", wanted)
    values = msgspec.structs.asdict(table)
    return NotifySettings(**{**values, "command": tuple(table.command), "apprise": tuple(table.apprise)})


def _with_options(table: dict[str, Any], path: Path) -> dict[str, Any]:
    """The table with the keys that only one kind has in `options` of each source. Raises ConfigError."""
    rows = table.get("source")
    if not isinstance(rows, list):
        return table
    return {**table, "source": [_row_with_options(row, number, path) for number, row in enumerate(rows, 1)]}


def _row_with_options(row: Any, number: int, path: Path) -> Any:
    if not isinstance(row, dict) or not isinstance(row.get("kind"), str):
        return row  # msgspec says what is wrong
    if row["kind"] not in kind_names():
        choices = Fault("one of {choices}", {"choices": ", ".join(kind_names())})
        raise expectation_error(path, f"source[{number}].kind", choices)
    if "options" in row:
        raise no_such_key(path, f"source[{number}].options")
    own = kind_of(row["kind"]).own_keys
    options = {key: value for key, value in row.items() if key in own}
    for key, value in options.items():
        if not isinstance(value, str):
            raise expectation_error(
                path, f"source[{number}].{key}", phrase("a text of one line without control characters")
            )
    return {**{key: value for key, value in row.items() if key not in own}, "options": options}


def _check_view(views: list[ViewTable], number: int, view: ViewTable, path: Path) -> None:
    """Refuse a second view with the same name or key, and a query with mistakes."""
    before = views[: number - 1]
    if any(view.name == other.name for other in before):
        raise expectation_error(path, f"view[{number}].name", phrase("a name that no other view has"))
    if view.key and any(view.key == other.key for other in before):
        raise expectation_error(path, f"view[{number}].key", phrase("a key that no other view has"))
    _check_query(view.query, f"view[{number}].query", path)


def _rules_in(file: FileTable, path: Path) -> tuple[MarkRule, ...]:
    """The rules of the file. Its mute words are checked too."""
    muted = [("mute", file.mute)] + [(f"source[{number}].mute", row.mute) for number, row in enumerate(file.source, 1)]
    muted = [(key, words) for key, words in muted if words]
    if not (file.rule or muted):
        return ()
    from feeds.config.sources.rules import check_mute, rule_of  # few files have rules

    for key, words in muted:
        check_mute(words, key, path)
    for number, rule in enumerate(file.rule, 1):
        _check_query(rule.query, f"rule[{number}].query", path)
    return tuple(rule_of(rule, number, path) for number, rule in enumerate(file.rule, 1))


def _check_query(query: str, key: str, path: Path) -> None:
    """Refuse a filter with mistakes."""
    from feeds.query import parse  # the language comes with the archive, which not every command opens

    try:
        parse(query, date(2000, 1, 1))
    except QueryError as error:
        raise ConfigError(
            "{file}: {key}: at character {place}: {reason}",
            file=name_of(path),
            key=key,
            place=error.position + 1,
            reason=error.fault,
        ) from None


def _pipe_of(pipes: list[PipeTable], number: int, path: Path) -> Pipe:
    """The pipe with this number. Raises ConfigError."""
    pipe, place = pipes[number - 1], f"pipe[{number}]"
    if any(pipe.name == other.name for other in pipes[: number - 1]):
        raise expectation_error(path, f"{place}.name", phrase("a name that no other pipe has"))
    for key, value, choices in (("input", pipe.input, PIPE_INPUTS), ("output", pipe.output, PIPE_OUTPUTS)):
        if value not in choices:
            raise expectation_error(path, f"{place}.{key}", choice_of(value, choices))
    command = pipe.command
    if isinstance(command, str):
        from shlex import split

        try:
            command = split(command)
        except ValueError:  # a quotation mark without its pair
            command = []
    if not command or not command[0].strip():
        expected = phrase('a command such as "wc -m", or a list of its arguments')
        raise expectation_error(path, f"{place}.command", expected)
    return Pipe(name=pipe.name, command=tuple(command), input=pipe.input, output=pipe.output)


def _archive_path(text: str, config: Path) -> Path:
    if variable := os.environ.get("ZHENGWEN_ARCHIVE"):
        return Path(variable)
    if text:
        return config.parent / Path(text).expanduser()
    import platformdirs  # only a look at the reader's folders needs it

    return platformdirs.user_data_path("zhengwen") / "archive"


def _source_of(row: SourceTable, number: int, config: Path) -> Source:
    url = str(config.parent / Path(row.url).expanduser()) if kind_of(row.kind).has_files else row.url
    return Source(
        name=row.name,
        kind=row.kind,
        url=url,
        channel=row.channel,
        category=category_path_of(row.category) or (row.name,),
        interval=row.interval,
        pages=row.pages,
        paused=row.paused,
        options=tuple(row.options.items()),
        page=row.page,
        mute=tuple(row.mute),
        request=_request_of(row, number, config),
    )


def _request_of(row: SourceTable, number: int, config: Path) -> RequestSettings:
    if not (row.headers or row.user_agent or row.ca) and row.login is row.cookie is row.proxy is None:
        return PLAIN_REQUESTS
    from feeds.config.sources.requests import request_of  # few sources have such keys

    return request_of(row, f"source[{number}]", config)


def category_path_of(category: str) -> tuple[str, ...]:
    """The path of a category as it is written: 金融/新浪财经."""
    return tuple(part.strip() for part in category.split("/") if part.strip())
