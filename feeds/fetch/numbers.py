"""Which IP addresses (numbers) a request may reach. Pure: no name is resolved here.

`outside` is the public network. `inside` is this machine and its neighbours: loopback, private, shared (CGNAT), unique
local, multicast, unspecified and reserved numbers. `never` are link-local numbers and the metadata services of clouds,
which give secrets to their machines: there is nothing to read.
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
# Networks whose numbers contain an IPv4 number, and the number of bits after it.
_NETWORKS_WITH_IPV4 = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),  # mapped (RFC 4291)
    (ipaddress.IPv6Network("::/96"), 0),  # compatible (RFC 4291)
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # translated (RFC 6052)
    (ipaddress.IPv6Network("2002::/16"), 80),  # 6to4 (RFC 3056)
)
_LOOPBACK = ipaddress.ip_address("127.0.0.1")


def reach_of(number: Number) -> Reach:
    """Where a number leads. If it contains an IPv4 number, that one decides too."""
    reaches: set[Reach] = {_reach_of_one(each) for each in (number, *_ipv4_in(number))}
    return "never" if "never" in reaches else "inside" if "inside" in reaches else "outside"


def number_of(host: str) -> Number | None:
    """The number of a host that is written as a number, in any spelling of the system's resolver (127.1, 0x7f000001).

    For a name of this machine (`localhost`) it is the loopback number, for any other name None.
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
    """Whether a number is this machine, also as a mapped IPv6 number."""
    return any(each.is_loopback for each in (number, *_ipv4_in(number)))


def _reach_of_one(number: Number) -> Reach:
    if number.is_link_local or _without_zone(number) in _METADATA:
        return "never"
    closed = number.is_multicast or number.is_unspecified or not number.is_global or number in _LOCAL_TRANSLATION
    site_local = isinstance(number, ipaddress.IPv6Address) and number.is_site_local
    return "inside" if closed or site_local else "outside"


def _without_zone(number: Number) -> Number:
    return ipaddress.IPv6Address(int(number)) if isinstance(number, ipaddress.IPv6Address) else number


def _ipv4_in(number: Number) -> Iterator[Number]:
    if isinstance(number, ipaddress.IPv4Address) or int(number) <= 1:  # :: and ::1 contain none
        return
    for network, behind in _NETWORKS_WITH_IPV4:
        if number in network:
            yield ipaddress.IPv4Address(int(number) >> behind & 0xFFFF_FFFF)
