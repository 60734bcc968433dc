"""Environment variables for the network: proxies, exceptions from them, certificates. Each is checked.

If a variable cannot be used, the requests that need it fail, with a line that names the variable. Requests to this
machine never use a proxy. The variables are those that curl reads: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY in
upper or lower case, and OpenSSL's SSL_CERT_FILE and SSL_CERT_DIR.
"""

import ipaddress
import os
import re
import ssl
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from importlib.util import find_spec
from pathlib import Path
from urllib.request import getproxies

from msgspec import Struct

from feeds.controls import excerpt, printable, without_login
from feeds.errors import FetchError, phrase, reason_of
from feeds.fetch.httpx_library import httpx
from feeds.fetch.numbers import number_of
from feeds.fetch.permission import is_this_machine, names_a_host
from feeds.model import Fault

_HASHED = re.compile(r"[0-9a-f]{8}\.\d+")  # the file names by which OpenSSL finds certificates in a folder
_NAME = re.compile(r"[\w.*-]+")
_SOCKS4 = phrase("{variable} names a SOCKS proxy ({address}), which is not supported; name an http:// proxy")
_SOCKS = ("socks5://", "socks5h://")
_Test = Callable[[str], bool]


class Proxy(Struct, frozen=True):
    """A proxy that `variable` names. With a `fault` it cannot be used, and `url` is only for messages."""

    variable: str
    url: str
    fault: Fault | None = None

    @property
    def printable_url(self) -> str:
        """The address without its login, for messages."""
        return excerpt(without_login(self.url))


class Proxies:
    """The proxies by scheme (`http`, `https`), and the hosts that are requested without a proxy."""

    def __init__(self) -> None:
        found = getproxies()
        by_scheme = ((scheme, _proxy_in(found, scheme) or _proxy_in(found, "all")) for scheme in ("http", "https"))
        self.by_scheme = {scheme: proxy for scheme, proxy in by_scheme if proxy}
        self.exceptions: list[str] = []
        self.ignored: list[str] = []  # parts of NO_PROXY that are not hosts
        self._tests: list[_Test] = []
        for part in filter(None, map(str.strip, found.get("no", "").split(","))):
            if test := _test_of(part):
                self._tests.append(test)
                self.exceptions.append(excerpt(part))
            else:
                self.ignored.append(excerpt(part))

    def of(self, address: httpx.URL) -> Proxy | None:
        """The proxy for an address, None for a direct request. Raises FetchError if the proxy cannot be used."""
        proxy = self.by_scheme.get(address.scheme)
        if proxy is None:
            return None
        host = address.host.rstrip(".")
        if is_this_machine(host) or any(test(host) for test in self._tests):
            return None
        if proxy.fault:
            raise FetchError.of(proxy.fault)
        return proxy


def certificates(ca: str = "") -> ssl.SSLContext:
    """The certificates by which servers are checked: those of the file `ca`, or the usual ones.

    Raises a FetchError that names the faulty file or variable.
    """
    if ca:
        return _certificates_in(ca)
    file, folders = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if folders and not file and not any(map(_has_certificates, folders.split(os.pathsep))):
        raise FetchError("{variable}: {path} holds no certificates", variable="SSL_CERT_DIR", path=excerpt(folders))
    try:
        return httpx.create_ssl_context()
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        raise _certificate_fault(error) from error


def _certificates_in(ca: str) -> ssl.SSLContext:
    path = excerpt(printable(ca))
    try:
        context = ssl.create_default_context(cafile=ca)
    except ssl.SSLError:
        raise FetchError("{variable}: {path} holds no certificates", variable="ca", path=path) from None
    except (OSError, ValueError) as error:
        reason = reason_of(error)
        raise FetchError(
            "{variable}: {path} cannot be read ({reason})", variable="ca", path=path, reason=reason
        ) from None
    context.set_alpn_protocols(["http/1.1"])
    return context


def _certificate_fault(error: OSError | ValueError) -> FetchError:
    reason = reason_of(error)
    log = os.environ.get("SSLKEYLOGFILE")
    variable = "SSL_CERT_FILE" if os.environ.get("SSL_CERT_FILE") else "SSL_CERT_DIR"
    if log and (getattr(error, "filename", None) == log or not os.environ.get(variable)):
        variable = "SSLKEYLOGFILE"
    path = os.environ.get(variable)
    if not path:
        return FetchError("the certificates of this machine cannot be read: {reason}", reason=reason)
    if isinstance(error, ssl.SSLError):
        return FetchError("{variable}: {path} holds no certificates", variable=variable, path=excerpt(path))
    return FetchError(
        "{variable}: {path} cannot be read ({reason})", variable=variable, path=excerpt(path), reason=reason
    )


def _has_certificates(folder: str) -> bool:
    try:
        return any(_HASHED.fullmatch(entry.name) for entry in Path(folder).iterdir())
    except (OSError, ValueError):
        return False


def _proxy_in(found: dict[str, str], scheme: str) -> Proxy | None:
    value = found.get(scheme, "").strip()
    if not value:
        return None
    names = (f"{scheme}_proxy", f"{scheme}_proxy".upper())
    variable = next((name for name in names if os.environ.get(name, "").strip() == value), names[1])
    proxy = Proxy(variable, value if "://" in value else f"http://{value}")
    if fault := _proxy_fault(proxy):
        return Proxy(variable, proxy.url, fault)
    return proxy


def proxy_at(url: str, place: str) -> Proxy:
    """The proxy at an address that `place` names. Raises FetchError if it cannot be used."""
    proxy = Proxy(place, url)
    if fault := _proxy_fault(proxy):
        if "://" not in url:  # a text without a form may be anything, so it is not shown
            raise FetchError("{variable} names no proxy such as http://127.0.0.1:7890", variable=place)
        raise FetchError.of(fault)
    return proxy


def _proxy_fault(proxy: Proxy) -> Fault | None:
    data: dict[str, str | int | Fault] = {"variable": proxy.variable, "address": proxy.printable_url}
    address = proxy.url.lower()
    if address.startswith("socks"):
        if not address.startswith(_SOCKS):
            return Fault(_SOCKS4, data)
        if not has_socks():
            return Fault("{variable} names a SOCKS proxy ({address}), which needs the extra zhengwen[socks]", data)
    try:
        url = httpx.Proxy(proxy.url).url
        good = bool(url.host) if address.startswith("socks") else names_a_host(url)
    except (httpx.InvalidURL, ValueError):
        good = False
    return None if good else Fault("{variable} names no proxy such as http://127.0.0.1:7890, but {address}", data)


def has_socks() -> bool:
    """Whether the library for SOCKS proxies is installed, which the extra `socks` brings."""
    return find_spec("socksio") is not None


def _test_of(part: str) -> _Test | None:
    """A test whether one part of NO_PROXY means a host; None for a part that is not a host."""
    text = part.lower().rpartition("://")[2]
    if text == "<local>":
        return lambda host: "." not in host and ":" not in host
    for written in _without_port(text):
        try:
            network = ipaddress.ip_network(written, strict=False)
        except ValueError:
            continue
        return lambda host: (number := number_of(host)) is not None and number in network
    name = text.partition(":")[0].rstrip(".")
    if not _NAME.fullmatch(name):
        return None
    if "*" in name.removeprefix("*."):
        return lambda host: fnmatchcase(host, name)
    name = name.removeprefix("*").lstrip(".")
    return lambda host: host == name or host.endswith(f".{name}")


def _without_port(text: str) -> Iterator[str]:
    """Possible spellings of the number in `10.0.0.0/8`, `::1`, `[::1]`, `[::1]:8080`, `10.0.0.1:8080`."""
    yield text
    if text.startswith("["):
        yield text[1:].partition("]")[0]
    else:
        yield text.partition(":")[0]
