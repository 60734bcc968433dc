"""Addresses that config.toml may name, and addresses with a query. Pure, and without a parser."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from feeds.errors import phrase
from feeds.kinds.kind import Key

_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9_.])?")
_NUMBER = re.compile(r"[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(?:%[\w.-]+)?")  # what stood between brackets


def is_web(url: str) -> bool:
    """Whether an address is one of the web that a request can be sent to."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        written = host.encode("idna").decode()
    except ValueError:  # a port above 65535, a bracket without its other, a name that is too long
        return False
    is_named = _NUMBER.fullmatch(host) or _HOST.fullmatch(written)
    return parts.scheme in ("http", "https") and is_named is not None and port != 0


WEB = Key(is_web, phrase("an http or https address"))


def url_with_fields(address: str, endpoint: str, fields: dict[str, str]) -> str:
    """`endpoint` with `fields` as its query. A configured address keeps its host, path and other fields."""
    own, default = urlsplit(address or endpoint), urlsplit(endpoint)
    path = default.path if own.path in ("", "/") else own.path
    query = {**dict(parse_qsl(own.query, keep_blank_values=True)), **fields}
    return urlunsplit((own.scheme, own.netloc, path, urlencode(query), ""))
