"""The request settings of one source: to which requests each belongs.

Headers, login and cookie are secrets. Only the source's own origin gets them (the same scheme, host and port), also
after a redirect. The user agent and the authorities are for its host. The proxy is for all requests of the source: a
reader who chose one wants no request beside it.
"""

import base64

from msgspec import Struct

from feeds.errors import FetchError
from feeds.fetch.environment import Proxy, certificates, proxy_at
from feeds.fetch.httpx_library import httpx
from feeds.fetch.permission import OwnAddress, is_this_machine
from feeds.fetch.secrets import text_of_secret
from feeds.model import PLAIN_REQUESTS, RequestSettings


class Route(Struct, frozen=True):
    """How a request reaches its host: the proxy of its source, and the file of the authorities that it trusts."""

    proxy: Proxy | None = None
    ca: str = ""


DIRECT = Route()


class SourceSettings:
    """The settings of the source whose own address is `home`. Secrets are read when a request needs them."""

    def __init__(self, settings: RequestSettings, home: OwnAddress | None) -> None:
        self._settings = settings
        self._home = home

    def headers_for(self, address: httpx.URL) -> httpx.Headers:
        """The headers for an address. Raises FetchError if a secret of them cannot be read."""
        settings, home = self._settings, self._home
        headers = httpx.Headers(encoding="utf-8")  # a dictionary would send `authorization` and `Authorization`
        if home is None:
            return headers
        if settings.user_agent and home.owns(address):
            headers["User-Agent"] = settings.user_agent
        if not home.is_origin_of(address):
            return headers
        if login := home.authorization:
            headers["Authorization"] = login
        if settings is PLAIN_REQUESTS:
            return headers
        for name, secret in settings.headers:
            headers[name] = text_of_secret(secret, name)
        if settings.login:
            headers["Authorization"] = self._authorization()
        if settings.cookie:
            headers["Cookie"] = text_of_secret(settings.cookie, "cookie")
        return headers

    def _authorization(self) -> str:
        parts = [text_of_secret(secret, "login") for secret in self._settings.login]
        text = ":".join(parts)
        if ":" not in text or (len(parts) > 1 and ":" in parts[0]):
            raise FetchError("{key}: is no user and password, such as user:password", key="login")
        return f"Basic {base64.b64encode(text.encode()).decode()}"

    def route_for(self, address: httpx.URL) -> Route:
        """The way to an address. Raises FetchError for a proxy that cannot be used."""
        settings = self._settings
        if settings is PLAIN_REQUESTS:
            return DIRECT
        proxy = None if is_this_machine(address.host) else _proxy_of(settings)
        return Route(proxy, settings.ca if self._home and self._home.owns(address) else "")


def check_settings(settings: RequestSettings, url: str) -> None:
    """Raise FetchError if a request of the source at `url` could not be made for its settings. Nothing is sent."""
    if url:
        home = OwnAddress(url)
        SourceSettings(settings, home).headers_for(home.url)
    _proxy_of(settings)
    if settings.ca:
        certificates(settings.ca)


def _proxy_of(settings: RequestSettings) -> Proxy | None:
    """The proxy of a source, if it has one of its own. Raises FetchError if it cannot be used."""
    return proxy_at(text_of_secret(settings.proxy, "proxy"), "config.toml") if settings.proxy else None
