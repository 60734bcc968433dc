"""Which addresses are followed, and from where. Every hop of a redirect passes here, not only the first request.

A feed is written by others: an item that links, or a server that redirects, into the reader's own network would make
the poller knock at doors that only stand open to neighbours (a router's pages, a database's). So an address there is
followed only when the one it was found at stands there too.
"""

import ipaddress
import socket

from feeds.errors import BadAddress
from feeds.fetch.wire import httpx

_SHOWN = 200  # code points of a wrong address that a message quotes


def address_of(url: str, base: httpx.URL | None = None) -> httpx.URL:
    """`url` (relative to `base`) as an http(s) address with a host. Raises BadAddress."""
    try:
        address = base.join(url) if base else httpx.URL(url)
        # `.host` decodes IDNA and may refuse what `raw_host` and the network take
        address.host  # noqa: B018 -- asked for its UnicodeError
    except (httpx.InvalidURL, ValueError):
        raise BadAddress("{address} is no web address", address=_shown(url)) from None
    if address.scheme not in ("http", "https") or not address.host:
        raise BadAddress("{address} is no web address", address=_shown(url))
    return address.copy_with(fragment=None)


def check_step(came_from: httpx.URL | None, address: httpx.URL) -> None:
    """Nothing when the step may be taken; raises BadAddress where it leads from outside into a local network."""
    if came_from and is_local(address.host) and not is_local(came_from.host):
        raise BadAddress(
            "{host} sends us to {address} inside the local network", host=came_from.host, address=_shown(str(address))
        )


def is_local(host: str) -> bool:
    """True for localhost and for numbers that are no public address, in any spelling that resolves (127.1)."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    try:
        return not ipaddress.ip_address(socket.inet_aton(host)).is_global
    except (OSError, ValueError):
        return host == "localhost" or host.endswith(".localhost")


def is_sina(host: str) -> bool:
    """True for Sina's own hosts, which answer some requests only with a Referer of theirs."""
    return host in ("sina.com.cn", "sina.cn") or host.endswith((".sina.com.cn", ".sina.cn"))


def _shown(url: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in url[:_SHOWN])
