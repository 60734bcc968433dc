"""config.toml → Config. Owns the keys, their allowed values, and the places where the file is searched.

The shipped file has all defaults. The keys of a reader's file replace its keys one by one; a list of sources or views
replaces the shipped list as a whole. A fault names the file, the key and what was expected.
"""

import os
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
from msgspec import Meta, Struct, field

from feeds.controls import excerpt, printable
from feeds.errors import ConfigError, QueryError, phrase
from feeds.kinds import kind_names, kind_of
from feeds.model import Fault, FetchLimits, Source

_LONGEST = 4_000_000  # bytes of a config.toml
# Control characters and lone surrogates, line ends, and characters that reverse a line (UAX #9).
_STEERING = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"

# Meta.description describes the allowed values; a fault shows it.
_Text = Annotated[str, Meta(min_length=1, description=phrase("a text that is not empty"))]
_Seconds = Annotated[
    int, Meta(ge=1, le=31_536_000, description=phrase("a whole number of seconds, 1 to 31536000 (a year)"))
]


class _SourceTable(Struct, forbid_unknown_fields=True):
    name: _Text
    kind: Annotated[str, Meta(description=phrase("a kind of source"))]
    url: Annotated[str, Meta(description=phrase("an address, or for posts a path"))] = ""
    channel: Annotated[str, Meta(description=phrase("pageid/lid for roll, zhibo_id for live"))] = ""
    category: Annotated[str, Meta(description=phrase("a path such as 金融/新浪财经"))] = ""
    interval: _Seconds = 300
    pages: Annotated[int, Meta(ge=1, le=50, description=phrase("a whole number from 1 to 50"))] = 3
    options: dict[str, str] = {}  # the keys that only its kind has; `_with_options` fills it


class _ViewTable(Struct, forbid_unknown_fields=True):
    name: _Text
    query: Annotated[str, Meta(description=phrase("a filter such as cat:部委动态 is:unread"))]
    key: Annotated[str, Meta(max_length=1, description=phrase("one character, or empty"))] = ""


class _FetchTable(Struct, forbid_unknown_fields=True):
    deadline: Annotated[float, Meta(gt=0, le=3600, description=phrase("a number of seconds above 0, up to 3600"))] = (
        30.0
    )
    max_bytes: Annotated[
        int, Meta(ge=1024, le=2**30, description=phrase("a whole number of bytes from 1024 to 1073741824"))
    ] = 8 * 1024 * 1024
    per_host: Annotated[int, Meta(ge=1, le=16, description=phrase("a whole number from 1 to 16"))] = 2
    pause: Annotated[float, Meta(ge=0, le=3600, description=phrase("a number of seconds from 0 to 3600"))] = 0.5
    redirects: Annotated[int, Meta(ge=0, le=20, description=phrase("a whole number from 0 to 20"))] = 5
    retries: Annotated[int, Meta(ge=0, le=10, description=phrase("a whole number from 0 to 10"))] = 2
    user_agent: Annotated[
        str,
        Meta(pattern=r"\A[!-~](?:[ -~]{0,498}[!-~])?\Z", description=phrase("visible ASCII characters, at most 500")),
    ] = FetchLimits().user_agent


class _File(Struct, forbid_unknown_fields=True):
    language: Annotated[Literal["auto", "zh", "en"], Meta(description=phrase("auto, zh or en"))] = "auto"
    theme: Annotated[Literal["auto", "dark", "light"], Meta(description=phrase("auto, dark or light"))] = "auto"
    archive: Annotated[str, Meta(description=phrase("a path, or empty"))] = ""
    ambiguous_width: Annotated[Literal[1, 2], Meta(description=phrase("1 or 2"))] = 1
    since_you_left: Annotated[bool, Meta(description=phrase("true or false"))] = True
    unread_when_changed: Annotated[bool, Meta(description=phrase("true or false"))] = False
    fetch: Annotated[_FetchTable, Meta(description=phrase("a table"))] = field(default_factory=_FetchTable)
    source: Annotated[list[_SourceTable], Meta(description=phrase("[[source]] tables"))] = field(default_factory=list)
    view: Annotated[list[_ViewTable], Meta(description=phrase("[[view]] tables"))] = field(default_factory=list)


class View(Struct, frozen=True, kw_only=True):
    """A filter with a name. `query` is in the filter language; `key` may be empty."""

    name: str
    query: str
    key: str = ""


class Config(Struct, frozen=True, kw_only=True):
    """The checked values of config.toml. `path` is the file."""

    path: Path
    language: str
    theme: str
    archive: Path
    ambiguous_width: int
    fetch: FetchLimits
    sources: tuple[Source, ...]
    unread_when_changed: bool = False
    since_you_left: bool = True
    views: tuple[View, ...] = ()

    def view(self, name: str) -> View:
        """The view of this name. Raises ConfigError."""
        for view in self.views:
            if view.name == name:
                return view
        raise ConfigError(
            "{file}: there is no view called {name}; there are {choices}",
            file=_name_of(self.path),
            name=name,
            choices=", ".join(view.name for view in self.views) or "–",
        )

    def view_with_key(self, key: str | None) -> View | None:
        """The view with this key, if there is one."""
        return next((view for view in self.views if key and view.key == key), None)


def shipped_path() -> Path:
    """The configuration that comes with the program: beside the installed package, or at the top of a checkout."""
    installed = Path(__file__).with_name("config.toml")
    return installed if installed.exists() else Path(__file__).resolve().parent.parent / "config.toml"


def reader_path() -> Path:
    """Where the reader's own configuration is looked for, whether or not it is there."""
    if variable := os.environ.get("ZHENGWEN_CONFIG"):
        return Path(variable)
    import platformdirs  # only a look at the reader's folders needs it

    return platformdirs.user_config_path("zhengwen") / "config.toml"


def load(path: Path | None = None) -> Config:
    """The configuration in `path`, else the reader's, else the shipped one. Raises ConfigError.

    A file that `ZHENGWEN_CONFIG` names must be there: a reader who names a file does not want another.
    """
    if path is None:
        path = reader_path()
        if not (os.environ.get("ZHENGWEN_CONFIG") or path.exists()):
            path = shipped_path()
    shipped = _read_table(shipped_path())
    return _config_of(shipped if path == shipped_path() else _merge(shipped, _read_table(path)), path)


def text_of(config: Config, archive: Path) -> str:
    """The configuration as TOML, which `load` reads as the same configuration. `archive` is the folder in use."""
    top = {
        "language": config.language,
        "theme": config.theme,
        "archive": str(archive),
        "ambiguous_width": config.ambiguous_width,
        "unread_when_changed": config.unread_when_changed,
        "since_you_left": config.since_you_left,
    }
    tables = [_toml(top), "[fetch]\n" + _toml(msgspec.structs.asdict(config.fetch))]
    for source in config.sources:
        path = "/".join(source.category)
        # A name that is not a path, such as 财经/要闻, is its own category if none is given.
        row = {**msgspec.structs.asdict(source), "category": path if _path_of(path) == source.category else ""}
        row |= dict(row.pop("options"))
        tables.append("[[source]]\n" + _toml({key: value for key, value in row.items() if value != ""}))
    tables += ["[[view]]\n" + _toml(msgspec.structs.asdict(view)) for view in config.views]
    return "\n".join(tables)


def _toml(table: dict[str, Any]) -> str:
    # A JSON string or number is a TOML string or number (TOML 1.0, Strings and Numbers).
    return "".join(f"{key} = {msgspec.json.encode(value).decode()}\n" for key, value in table.items())


def _read_table(path: Path) -> dict[str, Any]:
    try:
        table: dict[str, Any] = msgspec.toml.decode(_text_in(path))
        _check_texts(table, path)
    except RecursionError:
        raise ConfigError("{file}: is nested too deeply", file=_name_of(path)) from None
    except ValueError as error:  # msgspec.DecodeError is one, and so is Python's for a number of 5,000 digits
        raise ConfigError("{file}: is not TOML: {reason}", file=_name_of(path), reason=excerpt(str(error))) from None
    return table


def _text_in(path: Path) -> str:
    """The file's text without a byte order mark. If it is not UTF-8, the message says what to do."""
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST + 1)
    except FileNotFoundError:
        raise ConfigError("{file}: there is no such file", file=_name_of(path)) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = excerpt((error.strerror if isinstance(error, OSError) else None) or str(error))
        raise ConfigError("{file}: cannot be read ({reason})", file=_name_of(path), reason=reason) from None
    if len(data) > _LONGEST:
        raise ConfigError("{file}: is longer than {limit} bytes", file=_name_of(path), limit=_LONGEST)
    try:
        if b"\0" not in data:
            return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    raise ConfigError("{file}: is not written in UTF-8; save it as UTF-8 in your editor", file=_name_of(path))


def _steers(text: str) -> bool:
    return not text.isprintable() and re.search(_STEERING, text) is not None


def _check_texts(table: dict[str, Any], path: Path) -> None:
    """Refuse keys and texts with characters that control a terminal or reverse its lines. Raises ConfigError."""
    waiting: list[tuple[str, object]] = [("", table)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            for key, inner in value.items():
                full_key = f"{place}.{excerpt(key, 60)}".lstrip(".")
                if _steers(key):
                    raise ConfigError("{file}: {key}: there is no such key", file=_name_of(path), key=full_key)
                waiting.append((full_key, inner))
        elif isinstance(value, list):
            waiting += [(f"{place}[{number}]", inner) for number, inner in enumerate(value, 1)]
        elif isinstance(value, str) and _steers(value):
            raise _expectation_error(path, place, phrase("a text of one line without control characters"))


def _name_of(path: Path) -> str:
    return excerpt(printable(path), 1000)


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = {**under, **over}
    if isinstance(over.get("fetch"), dict):
        merged["fetch"] = {**under.get("fetch", {}), **over["fetch"]}
    return merged


def _config_of(table: dict[str, Any], path: Path) -> Config:
    try:
        file = msgspec.convert(_with_options(table, path), _File)
    except msgspec.ValidationError as error:
        raise _fault_of(str(error), path) from None
    names: set[str] = set()
    for number, row in enumerate(file.source, 1):
        if row.name in names:
            raise _expectation_error(path, f"source[{number}].name", phrase("a name that no other source has"))
        names.add(row.name)
        values = {**row.options, "url": row.url, "channel": row.channel}
        if wrong := kind_of(row.kind).first_wrong_key(values):
            raise _expectation_error(path, f"source[{number}].{wrong[0]}", wrong[1])
    for number, view in enumerate(file.view, 1):
        _check_view(file.view, number, view, path)
    return Config(
        path=path,
        language=file.language,
        theme=file.theme,
        archive=_archive_path(file.archive, path),
        ambiguous_width=file.ambiguous_width,
        unread_when_changed=file.unread_when_changed,
        since_you_left=file.since_you_left,
        fetch=FetchLimits(**msgspec.structs.asdict(file.fetch)),
        sources=tuple(_source_of(row, path) for row in file.source),
        views=tuple(View(name=view.name, query=view.query, key=view.key) for view in file.view),
    )


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
        raise _expectation_error(path, f"source[{number}].kind", choices)
    if "options" in row:
        raise _no_such_key(path, f"source[{number}].options")
    own = kind_of(row["kind"]).own_keys
    options = {key: value for key, value in row.items() if key in own}
    for key, value in options.items():
        if not isinstance(value, str):
            raise _expectation_error(
                path, f"source[{number}].{key}", phrase("a text of one line without control characters")
            )
    return {**{key: value for key, value in row.items() if key not in own}, "options": options}


def _check_view(views: list[_ViewTable], number: int, view: _ViewTable, path: Path) -> None:
    """Refuse a second view with the same name or key, and a query with mistakes."""
    from feeds.query import parse  # the language comes with the archive, which not every command opens

    before = views[: number - 1]
    if any(view.name == other.name for other in before):
        raise _expectation_error(path, f"view[{number}].name", phrase("a name that no other view has"))
    if view.key and any(view.key == other.key for other in before):
        raise _expectation_error(path, f"view[{number}].key", phrase("a key that no other view has"))
    try:
        parse(view.query, date(2000, 1, 1))
    except QueryError as error:
        raise ConfigError(
            "{file}: {key}: at character {place}: {reason}",
            file=_name_of(path),
            key=f"view[{number}].query",
            place=error.position + 1,
            reason=error.fault,
        ) from None


def _archive_path(text: str, config: Path) -> Path:
    if variable := os.environ.get("ZHENGWEN_ARCHIVE"):
        return Path(variable)
    if text:
        return config.parent / Path(text).expanduser()
    import platformdirs  # only a look at the reader's folders needs it

    return platformdirs.user_data_path("zhengwen") / "archive"


def _source_of(row: _SourceTable, config: Path) -> Source:
    url = str(config.parent / Path(row.url).expanduser()) if kind_of(row.kind).has_files else row.url
    return Source(
        name=row.name,
        kind=row.kind,
        url=url,
        channel=row.channel,
        category=_path_of(row.category) or (row.name,),
        interval=row.interval,
        pages=row.pages,
        options=tuple(row.options.items()),
    )


def _path_of(category: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in category.split("/") if part.strip())


def _no_such_key(path: Path, key: str) -> ConfigError:
    return ConfigError("{file}: {key}: there is no such key", file=_name_of(path), key=excerpt(key))


def _expectation_error(path: Path, key: str, expected: str | Fault) -> ConfigError:
    return ConfigError("{file}: {key}: expected {expected}", file=_name_of(path), key=key, expected=expected)


_PLACE = r" - at `\$\.?([^`]*)`$"
_UNKNOWN = r"unknown field `([^`]*)`"
_MISSING = r"missing required field `([^`]*)`"


def _fault_of(message: str, path: Path) -> ConfigError:
    """A fault of msgspec ends in "… - at `$.source[0].kind`"; a reader counts sources from 1."""
    found = re.search(_PLACE, message)
    place = re.sub(r"\[(\d+)\]", lambda index: f"[{int(index[1]) + 1}]", found[1] if found else "")
    if unknown := re.search(_UNKNOWN, message):
        key = f"{place}.{unknown[1]}".lstrip(".")
        return _no_such_key(path, key)
    if missing := re.search(_MISSING, message):
        place = f"{place}.{missing[1]}".lstrip(".")
    return _expectation_error(path, place or "$", _description_of(place))


def _description_of(key: str) -> str:
    table: Any = _File
    if key.startswith("source["):
        table = _SourceTable
    elif key.startswith("view["):
        table = _ViewTable
    elif key.startswith("fetch."):
        table = _FetchTable
    name = key.rsplit(".", maxsplit=1)[-1]
    if key.startswith(("source[", "view[")) and "." not in key:
        table, name = _File, key.partition("[")[0]
    hint = get_type_hints(table, include_extras=True).get(name)
    for note in getattr(hint, "__metadata__", ()):
        if isinstance(note, Meta) and note.description:
            return note.description
    return phrase("another value")
