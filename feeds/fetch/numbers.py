"""Which numbers of the network a request may reach: pure knowledge of addresses, no name is resolved here.

`outside` is the public network. `inside` is this machine and its neighbours: loopback, private, shared (CGNAT), unique
local, multicast, unspecified and reserved numbers. `never` are link-local numbers and those where a cloud's machines
ask for their own secrets: nothing that a reader reads stands there.
"""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Literal

Number = ipaddress.IPv4Address | ipaddress.IPv6Address
Reach = Literal["outside", "inside", "never"]

# Metadata services whose numbers are not link-local: Alibaba, Azure, Oracle, AWS, Google, Scaleway.
_METADATA = frozenset(
    map(
        ipaddress.ip_address,
        ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254", "fd00:42::42"),
    )
)
_LOCAL_TRANSLATION = ipaddress.ip_network("64:ff9b:1::/48")  # RFC 8215
# Networks whose numbers hold an IPv4 number, and how many bits stand behind it.
_HOLD_IPV4 = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),  # mapped (RFC 4291)
    (ipaddress.IPv6Network("::/96"), 0),  # compatible (RFC 4291)
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # translated (RFC 6052)
    (ipaddress.IPv6Network("2002::/16"), 80),  # 6to4 (RFC 3056)
)
_LOOPBACK = ipaddress.ip_address("127.0.0.1")


def reach_of(number: Number) -> Reach:
    """Where a number leads; one that holds an IPv4 number leads where that one does."""
    met: set[Reach] = {_reach_of_one(each) for each in (number, *_held_in(number))}
    return "never" if "never" in met else "inside" if "inside" in met else "outside"


def number_of(host: str) -> Number | None:
    """The number that a host is written as, in any spelling that the system's resolver takes (127.1, 0x7f000001).

    A name of this machine (`localhost`) is its loopback number; any other name is None.
    """
    text = host.rstrip(".").lower()
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        pass
    try:
        return ipaddress.ip_address(socket.inet_aton(text))
    except (OSError, ValueError):
        return _LOOPBACK if text == "localhost" or text.endswith(".localhost") else None


def is_loopback(number: Number) -> bool:
    """Whether a number is this machine, also written as a mapped IPv6 number."""
    return any(each.is_loopback for each in (number, *_held_in(number)))


def _reach_of_one(number: Number) -> Reach:
    if number.is_link_local or _without_zone(number) in _METADATA:
        return "never"
    closed = number.is_multicast or number.is_unspecified or not number.is_global or number in _LOCAL_TRANSLATION
    site_local = isinstance(number, ipaddress.IPv6Address) and number.is_site_local
    return "inside" if closed or site_local else "outside"


def _without_zone(number: Number) -> Number:
    return ipaddress.IPv6Address(int(number)) if isinstance(number, ipaddress.IPv6Address) else number


def _held_in(number: Number) -> Iterator[Number]:
    if isinstance(number, ipaddress.IPv4Address) or int(number) <= 1:  # :: and ::1 hold none
        return
    for network, behind in _HOLD_IPV4:
        if number in network:
            yield ipaddress.IPv4Address(int(number) >> behind & 0xFFFF_FFFF)
