"""Which addresses are asked, and by whom. Every hop of a redirect passes here, not only the first request.

A feed is written by others: an item that links, or a server that redirects, into the reader's own network would make
the poller knock at doors that only stand open to neighbours (a router's pages, a database's). So a request goes there
only where the reader's own source stands: the same host and the same port. A post's links are never such.

What an address says of itself is checked here, before anything is asked; what a name turns out to be is checked in
connections, of the number that is connected to.
"""

import base64
import re

from feeds.controls import excerpt
from feeds.errors import BadAddress
from feeds.fetch.numbers import Number, is_loopback, number_of, reach_of
from feeds.fetch.wire import httpx
from feeds.model import Fault

_LOGIN = re.compile(r"//.*@", re.DOTALL)
_HOST = re.compile(r"[a-z0-9._~-]{1,255}")  # what RFC 3986 would have escaped is no name
_PORTS = {"http": 80, "https": 443}


class OwnAddress:
    """The address that the reader gave. Only there may a request go inside the local network, or carry its login."""

    def __init__(self, url: str) -> None:
        address, self._authorization = _parsed(url, None)
        self._origin = _origin_of(address)
        self._place = _place_of(address)

    def owns(self, address: httpx.URL) -> bool:
        """Whether an address stands at the same host and port; the two ports of the web count as one."""
        return _place_of(address) == self._place

    def authorization_for(self, address: httpx.URL) -> str:
        """The Authorization header for an address, "" for another origin and where the reader gave no login."""
        return self._authorization if _origin_of(address) == self._origin else ""


def web_address(url: str, base: httpx.URL | None = None) -> httpx.URL:
    """`url` (relative to `base`) as an http(s) address with a host, without login and fragment. Raises BadAddress."""
    return _parsed(url, base)[0]


def check_address(address: httpx.URL, *, own: bool) -> None:
    """Raise BadAddress for a number that may not be asked; `own` says that the reader's source stands there."""
    number = number_of(address.host)
    if number and (fault := refusal(_shown(str(address)), number, own=own)):
        raise BadAddress(fault.template, **fault.values)


def refusal(name: str, number: Number, *, own: bool) -> Fault | None:
    """Why a number may not be connected to, None where it may. `name` is what the number is called in the message."""
    reach = reach_of(number)
    if reach == "never":
        return Fault("{address} is a link-local or metadata address, which is never asked", {"address": name})
    return inside(name) if reach == "inside" and not own else None


def inside(name: str) -> Fault:
    """Why an address of the local network is not asked."""
    return Fault("{address} is inside the local network, where only a source itself is asked", {"address": name})


def is_local(host: str) -> bool:
    """True for the names of this machine and for numbers that are no public address, in any spelling that resolves."""
    number = number_of(host)
    return number is not None and reach_of(number) != "outside"


def is_sina(host: str) -> bool:
    """True for Sina's own hosts, which answer some requests only with a Referer of theirs."""
    return host in ("sina.com.cn", "sina.cn") or host.endswith((".sina.com.cn", ".sina.cn"))


def names_a_host(address: httpx.URL) -> bool:
    """Whether an address is http(s) and names a host, and a port only where there is such a port.

    Raises ValueError for a name that is no IDNA: `.host` decodes it, and may refuse what the network takes.
    """
    host = address.raw_host.decode()
    good_host = bool(address.host) and (":" in host or _HOST.fullmatch(host) is not None)
    return address.scheme in _PORTS and good_host and (address.port is None or 0 < address.port < 65536)


def without_login(url: str) -> str:
    """An address, even one that cannot be understood, without what may be a name and a password."""
    return _LOGIN.sub("//", url)


def _parsed(url: str, base: httpx.URL | None) -> tuple[httpx.URL, str]:
    """The address without its login, and the login as an Authorization header, "" where there is none."""
    try:
        address = base.join(url) if base else httpx.URL(url)
        good = names_a_host(address)
        login = f"{address.username}:{address.password}".encode() if address.userinfo else b""
    except (httpx.InvalidURL, ValueError):
        raise BadAddress("{address} is no web address", address=_shown(url)) from None
    if not good:
        raise BadAddress("{address} is no web address", address=_shown(url))
    authorization = f"Basic {base64.b64encode(login).decode()}" if login else ""
    return address.copy_with(userinfo=b"", fragment=None), authorization


def _origin_of(address: httpx.URL) -> tuple[str, str, int]:
    return address.scheme, address.host, address.port or _PORTS[address.scheme]


def _place_of(address: httpx.URL) -> tuple[str, int]:
    number = number_of(address.host)
    host = address.host.rstrip(".") if number is None else "localhost" if is_loopback(number) else str(number)
    port = address.port or _PORTS[address.scheme]
    return host, 80 if port == 443 else port


def _shown(url: str) -> str:
    return excerpt(without_login(url))
