"""Which addresses may be requested. Each hop of a redirect is checked, not only the first request.

Other people write a feed. A link or a redirect into the reader's own network would make the poller send requests that
only neighbours may send (to the pages of a router, to a database). So a request goes into that network only if the
reader's own source is there: the same host and the same port. Links in posts are never allowed there.

This module checks the address itself, before a request. connections checks the number to which a name resolves.
"""

import base64
import re

from feeds.controls import excerpt, without_login
from feeds.errors import BadAddress
from feeds.fetch.httpx_library import httpx
from feeds.fetch.numbers import Number, is_loopback, number_of, reach_of
from feeds.model import Fault

_HOST = re.compile(r"[a-z0-9._~-]{1,255}")  # a name has no characters that RFC 3986 escapes
_PORTS = {"http": 80, "https": 443}


class OwnAddress:
    """The address that the reader gave. Only there a request may enter the local network, or send the login.

    `url` is the address without its login, `authorization` the header for the login, "" without one.
    """

    def __init__(self, url: str) -> None:
        self.url, self.authorization = _address_and_login(url, None)
        self._origin = _origin_of(self.url)
        self._place = _place_of(self.url)

    def owns(self, address: httpx.URL) -> bool:
        """Whether an address has the same host and port. The two ports of the web count as one."""
        return _place_of(address) == self._place

    def is_origin_of(self, address: httpx.URL) -> bool:
        """Whether an address has the same scheme, host and port."""
        return _origin_of(address) == self._origin


def web_address(url: str, base: httpx.URL | None = None) -> httpx.URL:
    """`url` (relative to `base`) as an http(s) address with a host, without login and fragment. Raises BadAddress."""
    return _address_and_login(url, base)[0]


def check_address(address: httpx.URL, *, own: bool) -> None:
    """Raise BadAddress for a number that is not allowed. `own`: it is the address of the reader's source."""
    number = number_of(address.host)
    if number and (fault := refusal(_printable(str(address)), number, own=own)):
        raise BadAddress.of(fault)


def refusal(name: str, number: Number, *, own: bool) -> Fault | None:
    """The reason not to connect to a number, or None if it is allowed. `name` is its name in the message."""
    reach = reach_of(number)
    if reach == "never":
        return Fault("{address} is a link-local or metadata address, which is never asked", {"address": name})
    return refusal_inside(name) if reach == "inside" and not own else None


def refusal_inside(name: str) -> Fault:
    """The reason not to connect to an address of the local network."""
    return Fault("{address} is inside the local network, where only a source itself is asked", {"address": name})


def is_local(host: str) -> bool:
    """Whether a host is this machine, or a number that is not public, in any spelling that resolves."""
    number = number_of(host)
    return number is not None and reach_of(number) != "outside"


def is_this_machine(host: str) -> bool:
    """Whether a host is a loopback number or name, in any spelling. Such a host is never requested by a proxy."""
    number = number_of(host.rstrip("."))
    return number is not None and is_loopback(number)


def is_sina(host: str) -> bool:
    """Whether a host is Sina's. Such hosts answer some requests only with a Referer of their own."""
    return host in ("sina.com.cn", "sina.cn") or host.endswith((".sina.com.cn", ".sina.cn"))


def names_a_host(address: httpx.URL) -> bool:
    """Whether an address is http(s), with a host, and with a valid port if it has a port.

    Raises ValueError for a name that is not valid IDNA. `.host` decodes it, and refuses some names that work.
    """
    host = address.raw_host.decode()
    good_host = bool(address.host) and (":" in host or _HOST.fullmatch(host) is not None)
    return address.scheme in _PORTS and good_host and (address.port is None or 0 < address.port < 65536)


def _address_and_login(url: str, base: httpx.URL | None) -> tuple[httpx.URL, str]:
    """The address without its login, and the login as an Authorization header, or "" if it is missing."""
    try:
        address = base.join(url) if base else httpx.URL(url)
        good = names_a_host(address)
        login = f"{address.username}:{address.password}".encode() if address.userinfo else b""
    except (httpx.InvalidURL, ValueError):
        raise BadAddress("{address} is no web address", address=_printable(url)) from None
    if not good:
        raise BadAddress("{address} is no web address", address=_printable(url))
    authorization = f"Basic {base64.b64encode(login).decode()}" if login else ""
    return address.copy_with(userinfo=b"", fragment=None), authorization


def _origin_of(address: httpx.URL) -> tuple[str, str, int]:
    return address.scheme, address.host, address.port or _PORTS[address.scheme]


def _place_of(address: httpx.URL) -> tuple[str, int]:
    number = number_of(address.host)
    host = address.host.rstrip(".") if number is None else "localhost" if is_loopback(number) else str(number)
    port = address.port or _PORTS[address.scheme]
    return host, 80 if port == 443 else port


def _printable(url: str) -> str:
    return excerpt(without_login(url))
