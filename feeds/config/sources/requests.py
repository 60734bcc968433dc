"""The keys of a [[source]] about its requests → RequestSettings: headers, login, cookie, authorities, proxy.

Only the forms are checked here. Variables and files of secrets are read when a request needs them (feeds/fetch).
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from feeds.config.faults import expectation_error
from feeds.config.tables import HEADERS, LOGIN, PROXY, SECRET, LoginTable, SecretTable, SourceTable
from feeds.errors import ConfigError, phrase
from feeds.kinds import kind_of
from feeds.model import Fault, RequestSettings, Secret

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")  # RFC 9110, section 5.6.2
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,200}")
_LONGEST = 8_000  # characters of a header or a cookie
# zhengwen writes these itself: how a connection works, how an answer is packed, what makes a request conditional.
_RESERVED = frozenset((
    "host", "content-length", "content-type", "transfer-encoding", "connection", "keep-alive", "te", "trailer",
    "upgrade", "expect", "range", "accept-encoding", "if-none-match", "if-modified-since", "if-match", "if-range",
    "if-unmodified-since", "proxy-authorization", "proxy-connection", "proxy-authenticate",
))  # fmt: skip
_OWN_KEYS = {"user-agent": "user_agent", "cookie": "cookie", "authorization": "login"}
_Written = str | SecretTable


def request_of(row: SourceTable, place: str, path: Path) -> RequestSettings:
    """The request settings of a source. `place` names its table in messages, `path` is the file. Raises ConfigError."""
    if kind_of(row.kind).has_files:
        for key in ("headers", "user_agent", "login", "cookie", "ca"):
            if getattr(row, key):
                raise expectation_error(path, f"{place}.{key}", phrase("no such key, as posts are files"))
    reading = _RequestReading(place, path)
    _check_headers(row, place, path)
    return RequestSettings(
        headers=tuple((name, reading.secret(f"headers.{name}", value)) for name, value in row.headers.items()),
        user_agent=row.user_agent,
        login=reading.login(row),
        cookie=None if row.cookie is None else reading.secret("cookie", row.cookie),
        ca=str(path.parent / Path(row.ca).expanduser()) if row.ca else "",
        proxy=None if row.proxy is None else reading.proxy(row.proxy),
    )


def _check_headers(row: SourceTable, place: str, path: Path) -> None:
    seen: set[str] = set()
    for name in row.headers:
        lower = name.lower()
        if not _TOKEN.fullmatch(name):
            raise expectation_error(path, f"{place}.headers", HEADERS)
        key = f"{place}.headers.{name}"
        if lower in _RESERVED:
            raise expectation_error(path, key, phrase("a header that zhengwen does not write itself"))
        if lower in seen or (lower in _OWN_KEYS and getattr(row, _OWN_KEYS[lower])):
            raise expectation_error(path, key, phrase("a header that is given once"))
        seen.add(lower)


class _RequestReading:
    """Reads the secrets of one source. `place` names its table in messages."""

    def __init__(self, place: str, path: Path) -> None:
        self._place = place
        self._path = path

    def secret(self, key: str, written: _Written, expected: str | Fault = SECRET) -> Secret:
        if isinstance(written, str):
            if not written or len(written) > _LONGEST:
                raise self._error(key, expected)
            return Secret(text=written)
        if bool(written.env) == bool(written.file) or (written.env and not _VARIABLE.fullmatch(written.env)):
            raise self._error(key, expected)
        file = str(self._path.parent / Path(written.file).expanduser()) if written.file else ""
        return Secret(env=written.env, file=file)

    def login(self, row: SourceTable) -> tuple[Secret, ...]:
        written = row.login
        if written is None:
            return ()
        if "@" in urlsplit(row.url).netloc:
            raise self._error("login", phrase("one login: the address has one too"))
        if isinstance(written, str):
            if ":" not in written:
                raise self._error("login", LOGIN)
            return (self.secret("login", written, LOGIN),)
        if not (written.user or written.password):
            return (self.secret("login", SecretTable(written.env, written.file), LOGIN),)
        if written.env or written.file or not written.user or ":" in _text_of(written.user):
            raise self._error("login", LOGIN)
        return self.secret("login.user", written.user), self._password_of(written)

    def _password_of(self, written: LoginTable) -> Secret:
        return self.secret("login.password", written.password) if written.password else Secret()

    def proxy(self, written: _Written) -> Secret:
        secret = self.secret("proxy", written, PROXY)
        if secret.text and not is_proxy(secret.text):
            raise self._error("proxy", PROXY)
        return secret

    def _error(self, key: str, expected: str | Fault) -> ConfigError:
        return expectation_error(self._path, f"{self._place}.{key}", expected)


def _text_of(written: _Written) -> str:
    return written if isinstance(written, str) else ""


def is_proxy(url: str) -> bool:
    """Whether an address can be one of a proxy: http, https, socks5 or socks5h, with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https", "socks5", "socks5h") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
