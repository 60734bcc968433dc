"""The keys of config.toml with their defaults and allowed values, as msgspec checks them.

`Meta.description` describes the allowed values; a fault shows it.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from feeds.errors import phrase
from feeds.model import FetchLimits

_Text = Annotated[str, Meta(min_length=1, description=phrase("a text that is not empty"))]
_YES_OR_NO = phrase("true or false")
PROXY = phrase("a proxy such as http://127.0.0.1:7890 or socks5://127.0.0.1:1080")
SECRET = phrase('a text, { env = "NAME" } or { file = "path" }')
LOGIN = phrase('{ user = "…", password = "…" }, or user:password as a text, { env = "NAME" } or { file = "path" }')
MUTE = phrase('a list of words such as ["广告"]')
HEADERS = phrase('a table of headers such as { X-Key = "…" }')
USER_AGENT = Meta(
    pattern=r"\A[!-~](?:[ -~]{0,498}[!-~])?\Z", description=phrase("visible ASCII characters, at most 500")
)
SOURCE_BOUNDS = {"interval": (1, 31_536_000), "pages": (1, 50)}
"""The least and the greatest value of the numbers of a source."""


def _bounds_of(key: str, description: str) -> Meta:
    least, greatest = SOURCE_BOUNDS[key]
    return Meta(ge=least, le=greatest, description=description)


_Seconds = Annotated[int, _bounds_of("interval", phrase("a whole number of seconds, 1 to 31536000 (a year)"))]
_Pages = Annotated[int, _bounds_of("pages", phrase("a whole number from 1 to 50"))]


class SecretTable(Struct, forbid_unknown_fields=True):
    """Where a secret is: in a variable of the environment or in a file."""

    env: Annotated[str, Meta(description=phrase("the name of an environment variable"))] = ""
    file: Annotated[str, Meta(description=phrase("the path of a file"))] = ""


class LoginTable(SecretTable, forbid_unknown_fields=True):
    """A login: user and password, or the place of both as `user:password`."""

    user: Annotated[str | SecretTable, Meta(description=SECRET)] = ""
    password: Annotated[str | SecretTable, Meta(description=SECRET)] = ""


class SourceTable(Struct, forbid_unknown_fields=True):
    """One [[source]]."""

    name: _Text
    kind: Annotated[str, Meta(description=phrase("a kind of source"))]
    url: Annotated[str, Meta(description=phrase("an address, or for posts a path"))] = ""
    channel: Annotated[str, Meta(description=phrase("pageid/lid for roll, zhibo_id for live"))] = ""
    category: Annotated[str, Meta(description=phrase("a path such as 金融/新浪财经"))] = ""
    interval: _Seconds = 300
    pages: _Pages = 3
    paused: Annotated[bool, Meta(description=_YES_OR_NO)] = False
    page: Annotated[bool | None, Meta(description=_YES_OR_NO)] = None
    mute: Annotated[list[str], Meta(description=MUTE)] = []
    headers: Annotated[dict[str, str | SecretTable], Meta(description=HEADERS)] = {}
    user_agent: Annotated[str, USER_AGENT] = ""
    login: Annotated[str | LoginTable | None, Meta(description=LOGIN)] = None
    cookie: Annotated[str | SecretTable | None, Meta(description=SECRET)] = None
    ca: Annotated[str, Meta(min_length=1, description=phrase("the path of a file of certificates"))] = ""
    proxy: Annotated[str | SecretTable | None, Meta(description=PROXY)] = None
    options: dict[str, str] = {}  # the keys that only its kind has; `_with_options` fills it


class ViewTable(Struct, forbid_unknown_fields=True):
    """One [[view]]."""

    name: _Text
    query: Annotated[str, Meta(description=phrase("a filter such as cat:部委动态 is:unread"))]
    key: Annotated[str, Meta(max_length=1, description=phrase("one character, or empty"))] = ""
    notify: Annotated[bool, Meta(description=_YES_OR_NO)] = False
    notify_due: Annotated[int, Meta(ge=0, le=366, description=phrase("a whole number of days from 0 to 366"))] = 0


_Word = Annotated[str, Meta(min_length=1, max_length=4096)]
_Address = _Word | dict[Literal["env", "file"], _Word]


class NotifyTable(Struct, forbid_unknown_fields=True):
    """The table [notify]."""

    command: Annotated[list[_Word], Meta(description=phrase("a program and its arguments, a list of texts"))] = []
    quiet: Annotated[
        str,
        Meta(
            pattern=r"\A(?:(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d)?\Z",
            description=phrase("two times of day such as 22:00-07:00, or empty"),
        ),
    ] = ""
    digest: Annotated[int, Meta(ge=1, le=1000, description=phrase("a whole number from 1 to 1000"))] = 10
    bell: Annotated[bool, Meta(description=_YES_OR_NO)] = False
    osc: Annotated[Literal["off", 9, 777], Meta(description=phrase('9, 777 or "off"'))] = "off"
    apprise: Annotated[
        list[_Address], Meta(description=phrase('a list of addresses, or of { env = "NAME" } or { file = "path" }'))
    ] = []


class RuleTable(Struct, forbid_unknown_fields=True):
    """One [[rule]]."""

    query: Annotated[str, Meta(description=phrase("a filter such as cat:部委动态 is:unread"))]
    read: Annotated[bool, Meta(description=_YES_OR_NO)] = False
    star: Annotated[bool, Meta(description=_YES_OR_NO)] = False
    hide: Annotated[bool, Meta(description=_YES_OR_NO)] = False
    tag: Annotated[str | list[str], Meta(description=phrase('a tag, or a list of tags such as ["制造"]'))] = []


class MacroTable(Struct, forbid_unknown_fields=True):
    """One [[macro]]."""

    name: _Text
    commands: Annotated[list[str], Meta(min_length=1, description=phrase("a list of commands"))]
    key: Annotated[str, Meta(description=phrase('keys such as "g d", or empty'))] = ""


PIPE_INPUTS = (
    "text", "chosen", "md", "html", "plan-md", "markmap", "opml", "plan-json", "plan-csv",
    "rows", "rows-csv", "rows-json",
)  # fmt: skip
"""The inputs that a command may read: an article in a format of exports (text is txt), chosen text, rows of a list."""
PIPE_OUTPUTS = ("shown", "terminal")


class PipeTable(Struct, forbid_unknown_fields=True):
    """One [[pipe]]. `loading` checks that `input` and `output` are among those above."""

    name: _Text
    command: Annotated[
        str | list[str], Meta(description=phrase('a command such as "wc -m", or a list of its arguments'))
    ]
    input: Annotated[str, Meta(description=phrase("what the command reads"))] = "text"
    output: Annotated[str, Meta(description=phrase("shown or terminal"))] = "shown"


class FetchTable(Struct, forbid_unknown_fields=True):
    """The table [fetch]."""

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
    user_agent: Annotated[str, USER_AGENT] = FetchLimits().user_agent


WrittenKeys = dict[str, str | list[str] | dict[str, str | list[str]]]
"""The table [keys]: a preset, keys of commands, and tables of places with keys of commands. tui knows the commands."""


class FileTable(Struct, forbid_unknown_fields=True):
    """The whole file."""

    language: Annotated[Literal["auto", "zh", "en"], Meta(description=phrase("auto, zh or en"))] = "auto"
    theme: Annotated[Literal["auto", "dark", "light"], Meta(description=phrase("auto, dark or light"))] = "auto"
    archive: Annotated[str, Meta(description=phrase("a path, or empty"))] = ""
    ambiguous_width: Annotated[Literal[1, 2], Meta(description=phrase("1 or 2"))] = 1
    since_you_left: Annotated[bool, Meta(description=_YES_OR_NO)] = True
    unread_when_changed: Annotated[bool, Meta(description=_YES_OR_NO)] = False
    fetch: Annotated[FetchTable, Meta(description=phrase("a table"))] = field(default_factory=FetchTable)
    source: Annotated[list[SourceTable], Meta(description=phrase("[[source]] tables"))] = field(default_factory=list)
    view: Annotated[list[ViewTable], Meta(description=phrase("[[view]] tables"))] = field(default_factory=list)
    notify: Annotated[NotifyTable, Meta(description=phrase("a table"))] = field(default_factory=NotifyTable)
    mute: Annotated[list[str], Meta(description=MUTE)] = field(default_factory=list)
    rule: Annotated[list[RuleTable], Meta(description=phrase("[[rule]] tables"))] = field(default_factory=list)
    macro: Annotated[list[MacroTable], Meta(description=phrase("[[macro]] tables"))] = field(default_factory=list)
    pipe: Annotated[list[PipeTable], Meta(description=phrase("[[pipe]] tables"))] = field(default_factory=list)
    keys: Annotated[WrittenKeys, Meta(description=phrase('keys such as "g d", or a list of them'))] = field(
        default_factory=dict
    )
