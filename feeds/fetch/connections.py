"""How a request reaches its host: directly or through a proxy. Owns httpcore, and which numbers are connected to.

A name is resolved here, its numbers are checked, and a number that passed is what is connected to: nobody resolves
the name a second time, so it cannot turn into another number in between. TLS and the Host header still get the name.
Kept connections come in two pools. Those that may lead inside the local network are used for nothing but requests to
the reader's own source; every other request finds only connections that lead outside.

Through a proxy it is the proxy that resolves and connects: then only addresses that are written as numbers are checked.
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
from feeds.fetch.numbers import reach_of
from feeds.fetch.permission import inside, refusal
from feeds.fetch.wire import httpx
from feeds.model import Fault

_CONNECTIONS = 100
_KEPT = 20
_KEPT_FOR = 5.0  # seconds
_STAGGER = 0.25  # seconds after which the next number is tried beside the one before (RFC 8305)


class Network(httpx.AsyncBaseTransport):
    """The connections of one Fetcher. A request whose extension `own` is true may lead inside the local network.

    Pools and certificates are made when they are first needed: a bad variable costs only the requests that need it.
    """

    def __init__(self) -> None:
        self._proxies = Proxies()
        self._met_outside: set[str] = set()
        self._pools: dict[tuple[str, str, bool], httpx.AsyncBaseTransport] = {}
        self._certificates: ssl.SSLContext | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, its body still to be read. Raises httpx's errors, and FetchError where it may not be asked."""
        proxy = self._proxies.of(request.url)
        pool = self._pool_for(request.url.scheme, proxy, own=bool(request.extensions.get("own")))
        if proxy is None:
            return await pool.handle_async_request(request)
        try:
            return await pool.handle_async_request(request)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            if isinstance(error.__cause__ and error.__cause__.__context__, ssl.SSLError):
                raise  # the host behind the proxy
            raise Unreachable(
                "the proxy {address} that {variable} names cannot be reached",
                address=proxy.shown,
                variable=proxy.variable,
            ) from error

    async def aclose(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            await pool.aclose()

    def _pool_for(self, scheme: str, proxy: Proxy | None, *, own: bool) -> httpx.AsyncBaseTransport:
        key = (scheme, proxy.url if proxy else "", own and not proxy)
        if key not in self._pools:
            tls = self._tls() if scheme == "https" else None
            self._pools[key] = (
                self._through(proxy, tls) if proxy else _Direct(_CheckedBackend(self._met_outside, own=own), tls)
            )
        return self._pools[key]

    def _through(self, proxy: Proxy, tls: ssl.SSLContext | None) -> httpx.AsyncBaseTransport:
        own = self._tls() if proxy.url.lower().startswith("https:") else None
        limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_KEPT, keepalive_expiry=_KEPT_FOR)
        return httpx.AsyncHTTPTransport(
            verify=tls or False, trust_env=False, limits=limits, proxy=httpx.Proxy(proxy.url, ssl_context=own)
        )

    def _tls(self) -> ssl.SSLContext:
        if self._certificates is None:
            self._certificates = certificates()
        return self._certificates


class _Direct(httpx.AsyncBaseTransport):
    """A pool of connections to the hosts themselves, through a door that checks their numbers."""

    def __init__(self, door: httpcore.AsyncNetworkBackend, tls: ssl.SSLContext | None) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=_CONNECTIONS,
            max_keepalive_connections=_KEPT,
            keepalive_expiry=_KEPT_FOR,
            network_backend=door,
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
        with _as_httpx():
            answer = await self._pool.handle_async_request(asked)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    """The body of an answer, in the pieces in which it comes."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx():
            async for piece in self._answer.aiter_stream():
                yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()


class _CheckedBackend(httpcore.AnyIOBackend):
    """Resolves a name and connects to one of its numbers that may be asked.

    `met_outside` holds the names that led outside in this run: one that turns inside later is not followed there.
    """

    def __init__(self, met_outside: set[str], *, own: bool) -> None:
        self._met_outside = met_outside
        self._own = own

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 -- httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to `host`. Raises FetchError where none of its numbers may be asked, else httpcore's errors."""
        own = self._own and host not in self._met_outside
        numbers = self._allowed(host, await _numbers_of(host, port), own=own)

        async def connection(number: str) -> httpcore.AsyncNetworkStream:
            return await super(_CheckedBackend, self).connect_tcp(number, port, timeout, local_address, socket_options)

        stream = await _first_of(numbers, connection)
        if not own and _is_this_machine(stream):
            await stream.aclose()
            raise _refused(inside(host))
        return stream

    def _allowed(self, host: str, numbers: list[str], *, own: bool) -> list[str]:
        """The numbers that may be asked: those that lead outside where there are any."""
        reaches = {number: reach_of(ip_address(number)) for number in numbers}
        if outside := [number for number, reach in reaches.items() if reach == "outside"]:
            self._met_outside.add(host)
            return outside
        faults = {number: refusal(_called(host, number), ip_address(number), own=own) for number in numbers}
        if allowed := [number for number, fault in faults.items() if fault is None]:
            return allowed
        raise _refused(next(filter(None, faults.values())))


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
    """The first connection that stands; each number is tried a moment after the one before. Raises the last error."""
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
            if stands := [task for task in done if not task.exception()]:
                trying |= {*stands[1:]}
                return stands[0].result()
            if not waiting and not trying:
                return done.pop().result()  # its error
    finally:
        await _give_up(trying)


async def _give_up(trying: set["asyncio.Task[httpcore.AsyncNetworkStream]"]) -> None:
    for task in trying:
        task.cancel()
    for stream in await asyncio.gather(*trying, return_exceptions=True):
        if isinstance(stream, httpcore.AsyncNetworkStream):
            await stream.aclose()


def _is_this_machine(stream: httpcore.AsyncNetworkStream) -> bool:
    """Whether the connection leads to this machine itself, by whichever of its numbers."""
    server, client = stream.get_extra_info("server_addr"), stream.get_extra_info("client_addr")
    return bool(server and client and server[0] == client[0])


def _called(host: str, number: str) -> str:
    return host if host == number else f"{host} ({number})"


def _refused(fault: Fault) -> FetchError:
    return FetchError(fault.template, **fault.values)


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Raise the errors of httpcore by the names that httpx has for them, which are the same."""
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
