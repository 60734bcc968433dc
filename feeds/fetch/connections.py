"""The way of a request to its host: directly or through a proxy. Owns httpcore, and the check of numbers.

This module resolves a name, checks its numbers, and connects to a number that passed. The name is not resolved a second
time, so it cannot become another number in between. TLS and the Host header still get the name. There are two pools of
open connections. Only requests to the reader's own source use the pool that may lead into the local network; all other
requests use the pool whose connections lead outside.

With a proxy, the proxy resolves and connects. Then only addresses that are written as numbers are checked.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import httpcore

from feeds.errors import FetchError, Unreachable
from feeds.fetch.environment import Proxies, Proxy, certificates
from feeds.fetch.httpx_library import httpx
from feeds.fetch.numbers import reach_of
from feeds.fetch.permission import refusal, refusal_inside
from feeds.fetch.settings import DIRECT

_CONNECTIONS = 100
_KEPT = 20
_KEPT_FOR = 5.0  # seconds
_STAGGER = 0.25  # seconds until the next number is tried at the same time (RFC 8305)


class Network(httpx.AsyncBaseTransport):
    """The connections of one Fetcher. A request with the extension `own` may enter the local network.

    The extension `route` has the proxy and the authorities of a source; without it those of the environment are used.
    Pools and certificates are made when they are first needed, so a bad variable stops only requests that need it.
    """

    def __init__(self) -> None:
        self._proxies = Proxies()
        self._outside_names: set[str] = set()
        self._pools: dict[tuple[str, str, str, bool], httpx.AsyncBaseTransport] = {}
        self._certificates: dict[str, ssl.SSLContext] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer before its body is read. Raises errors of httpx, and FetchError for a refused address."""
        route = request.extensions.get("route", DIRECT)
        proxy = route.proxy or self._proxies.of(request.url)
        pool = self._pool_for(request.url.scheme, proxy, route.ca, own=bool(request.extensions.get("own")))
        if proxy is None:
            return await pool.handle_async_request(request)
        try:
            return await pool.handle_async_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            if isinstance(error.__cause__ and error.__cause__.__context__, ssl.SSLError):
                raise  # the fault is at the host behind the proxy
            raise Unreachable(
                "the proxy {address} that {variable} names cannot be reached",
                address=proxy.printable_url,
                variable=proxy.variable,
            ) from error

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()

    def _pool_for(self, scheme: str, proxy: Proxy | None, ca: str, *, own: bool) -> httpx.AsyncBaseTransport:
        key = (scheme, proxy.url if proxy else "", ca, own and not proxy)
        if key not in self._pools:
            tls = self._load_certificates(ca) if scheme == "https" else None
            self._pools[key] = (
                self._proxy_pool(proxy, tls) if proxy else _Direct(_CheckedBackend(self._outside_names, own=own), tls)
            )
        return self._pools[key]

    def _proxy_pool(self, proxy: Proxy, tls: ssl.SSLContext | None) -> httpx.AsyncBaseTransport:
        own = self._load_certificates() if proxy.url.lower().startswith("https:") else None
        limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_KEPT, keepalive_expiry=_KEPT_FOR)
        return httpx.AsyncHTTPTransport(
            verify=tls or False, trust_env=False, limits=limits, proxy=httpx.Proxy(proxy.url, ssl_context=own)
        )

    def _load_certificates(self, ca: str = "") -> ssl.SSLContext:
        if ca not in self._certificates:
            self._certificates[ca] = certificates(ca)
        return self._certificates[ca]


class _Direct(httpx.AsyncBaseTransport):
    """A pool of direct connections to hosts. Its backend checks their numbers."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend, tls: ssl.SSLContext | None) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=_CONNECTIONS,
            max_keepalive_connections=_KEPT,
            keepalive_expiry=_KEPT_FOR,
            network_backend=backend,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _translate_errors():
            answer = await self._pool.handle_async_request(asked)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    """The body of an answer, chunk by chunk as it arrives."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translate_errors():
            async for chunk in self._answer.aiter_stream():
                yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()


class _CheckedBackend(httpcore.AnyIOBackend):
    """Resolves a name and connects to one of its allowed numbers.

    `outside_names` has the names that led outside in this run. If one leads inside later, it is refused.
    """

    def __init__(self, outside_names: set[str], *, own: bool) -> None:
        self._outside_names = outside_names
        self._own = own

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 -- httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to `host`. Raises FetchError if none of its numbers is allowed, else errors of httpcore."""
        own = self._own and host not in self._outside_names
        numbers = self._allowed_numbers(host, await _numbers_of(host, port), own=own)

        async def connection(number: str) -> httpcore.AsyncNetworkStream:
            return await super(_CheckedBackend, self).connect_tcp(number, port, timeout, local_address, socket_options)

        stream = await _first_of(numbers, connection)
        if not own and _is_this_machine(stream):
            await stream.aclose()
            raise FetchError.of(refusal_inside(host))
        return stream

    def _allowed_numbers(self, host: str, numbers: list[str], *, own: bool) -> list[str]:
        """The allowed numbers: only those that lead outside, if there are any."""
        reaches = {number: reach_of(ip_address(number)) for number in numbers}
        if outside := [number for number, reach in reaches.items() if reach == "outside"]:
            self._outside_names.add(host)
            return outside
        faults = {number: refusal(_name_with_number(host, number), ip_address(number), own=own) for number in numbers}
        if allowed := [number for number, fault in faults.items() if fault is None]:
            return allowed
        raise FetchError.of(next(filter(None, faults.values())))


async def _numbers_of(host: str, port: int) -> list[str]:
    try:
        return [str(ip_address(host))]
    except ValueError:
        pass
    name = host.rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        host = "localhost"  # RFC 6761: these are this machine, whether or not the resolver knows them
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        # UnicodeError: a host that the URL's rules take and the resolver's do not
        raise httpcore.ConnectError(str(error)) from error
    numbers = list(dict.fromkeys(str(address[0]) for *_, address in found))
    if not numbers:
        raise httpcore.ConnectError from socket.gaierror(host)
    return numbers


async def _first_of(
    numbers: list[str], connection: Callable[[str], Coroutine[None, None, httpcore.AsyncNetworkStream]]
) -> httpcore.AsyncNetworkStream:
    """The first connection that is made. Each number is tried a moment after the last one. Raises the last error."""
    if len(numbers) == 1:
        return await connection(numbers[0])
    waiting = list(reversed(numbers))
    trying: set[asyncio.Task[httpcore.AsyncNetworkStream]] = set()
    try:
        while True:
            if waiting:
                trying.add(asyncio.create_task(connection(waiting.pop())))
            done, trying = await asyncio.wait(
                trying, timeout=_STAGGER if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            if connected := [task for task in done if not task.exception()]:
                trying |= {*connected[1:]}
                return connected[0].result()
            if not waiting and not trying:
                return done.pop().result()  # its error
    finally:
        await _cancel(trying)


async def _cancel(trying: set["asyncio.Task[httpcore.AsyncNetworkStream]"]) -> None:
    for task in trying:
        task.cancel()
    for stream in await asyncio.gather(*trying, return_exceptions=True):
        if isinstance(stream, httpcore.AsyncNetworkStream):
            await stream.aclose()


def _is_this_machine(stream: httpcore.AsyncNetworkStream) -> bool:
    """Whether the connection leads to this machine, by any of its numbers."""
    server, client = stream.get_extra_info("server_addr"), stream.get_extra_info("client_addr")
    return bool(server and client and server[0] == client[0])


def _name_with_number(host: str, number: str) -> str:
    return host if host == number else f"{host} ({number})"


@contextmanager
def _translate_errors() -> Iterator[None]:
    """Raise the errors of httpcore as errors of httpx, which have the same names."""
    try:
        yield
    except (
        httpcore.NetworkError,
        httpcore.TimeoutException,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        httpcore.UnsupportedProtocol,
    ) as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error
