"""One request → one Page. Owns httpx, and all failures between an address and a body.

httpx is too open for unknown servers, so this package adds limits. The timeout of httpx starts again with each byte;
ours limits the whole request. httpx unpacks without limit (see bodies), follows redirects to every address (see
permission and connections), and fails with some environment variables (see environment). Headers of a server are
cleaned when they are taken from an answer.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Self

import stamina
import stamina.instrumentation

from feeds.controls import excerpt
from feeds.errors import BadAddress, BadStatus, FetchError, TimedOut, Unreachable
from feeds.fetch.bodies import ACCEPTED, Unpacker
from feeds.fetch.connections import Network
from feeds.fetch.courtesy import Courtesy, retry_after_of
from feeds.fetch.httpx_library import httpx
from feeds.fetch.permission import OwnAddress, check_address, is_sina, web_address
from feeds.fetch.settings import SourceSettings
from feeds.model import PLAIN_REQUESTS, FetchLimits, Page, RequestSettings, Validators

_TEMPORARY = (500, 502, 503, 504)
_SINA_REFERER = "https://finance.sina.com.cn/"
_VALIDATOR_LENGTH = 1_000
_HEADER_LENGTH = 4_000
_UNCONDITIONAL = Validators()
# The exceptions of httpx, h11, the resolver and the URL parser for bad data from outside. Others are bugs of ours.
_FAULTS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError, OverflowError)

# The outcome of a retry is enough; stamina would also log each retry to stderr.
stamina.instrumentation.set_on_retry_hooks(())


class Fetcher:
    """Sends requests to servers, within `limits`. An async context manager that keeps connections open."""

    def __init__(
        self,
        limits: FetchLimits,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._courtesy = Courtesy(limits.per_host, limits.pause)
        self._network = transport or Network()
        # No cookie of a server is ever stored: a feed needs none, and the reader leaves no trace.
        self._headers = {
            "Accept": "*/*",
            "Accept-Encoding": ACCEPTED,
            "Accept-Language": "zh-CN,zh;q=0.9,*;q=0.5",
            "User-Agent": limits.user_agent,
        }

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._network.aclose()

    async def get(
        self,
        url: str,
        validators: Validators = _UNCONDITIONAL,
        *,
        referer: str = "",
        linked_from: str | None = None,
        settings: RequestSettings = PLAIN_REQUESTS,
    ) -> Page:
        """Send a GET and return its Page, with `not_modified` and no body if `validators` are still valid.

        `linked_from` is the address of the source where `url` was found, "" for a source without an address (a post),
        None if the reader gave `url`. A login in the reader's address, and the secrets of the source's `settings`, are
        sent to its origin only and are in no Page. A temporary failure is tried again a few times. Raises FetchError.
        """
        async for attempt in stamina.retry_context(
            on=_is_temporary, attempts=self._limits.retries + 1, timeout=None, wait_initial=0.5, wait_max=5.0
        ):
            with attempt:
                return await self._follow(url, validators, referer, linked_from, settings)
        raise AssertionError  # stamina raises the error of the last attempt

    async def _follow(
        self, url: str, validators: Validators, referer: str, linked_from: str | None, settings: RequestSettings
    ) -> Page:
        given = url if linked_from is None else linked_from
        home = OwnAddress(given) if given else None
        source = SourceSettings(settings, home)
        address = first = web_address(url)
        left = self._limits.deadline
        now = asyncio.get_running_loop().time
        for redirects in range(self._limits.redirects + 1):
            own = home is not None and home.owns(address)
            check_address(address, own=own)
            headers = httpx.Headers(self._headers | _headers_of(address, validators, referer), encoding="utf-8")
            headers.update(source.headers_for(address))
            extensions = {"own": own, "route": source.route_for(address)}
            async with self._courtesy.place_at(address.host):
                # The time of waiting for a place is our own limit, so it does not count for the server's deadline.
                started = now()
                try:
                    async with asyncio.timeout(left):
                        answer = await self._send(address, headers, validators, redirects, extensions)
                except TimeoutError:
                    raise TimedOut(
                        "{host} did not answer within {seconds} s",
                        host=address.host,
                        seconds=f"{self._limits.deadline:g}",
                    ) from None
                left -= now() - started
            if isinstance(answer, Page):
                return answer
            address = answer
        raise BadAddress("{host} redirects more than {count} times", host=first.host, count=self._limits.redirects)

    async def _send(
        self,
        address: httpx.URL,
        headers: httpx.Headers,
        validators: Validators,
        redirects: int,
        extensions: dict[str, object],
    ) -> Page | httpx.URL:
        """Send one request. Return the Page, or the address of a redirect. `extensions`: see connections."""
        try:
            request = httpx.Request("GET", address, headers=headers, extensions=extensions)
            response = await self._network.handle_async_request(request)
            try:
                if response.has_redirect_location:
                    return web_address(response.headers["Location"], address)
                self._check_status(response, address.host, conditional=validators != _UNCONDITIONAL)
                body = b"" if response.status_code == 304 else await self._body_of(response, address.host)
            finally:
                await response.aclose()
        except httpx.TimeoutException:
            raise TimeoutError from None
        except _FAULTS as error:
            if isinstance(error, TimeoutError):
                raise  # the deadline passed
            raise _unreachable(address.host, error) from error
        return Page(
            url=str(address),
            body=body,
            status=response.status_code,
            content_type=_header(response, "Content-Type"),
            validators=_validators_of(response, validators),
            redirects=redirects,
            fetched=self._clock(),
        )

    async def _body_of(self, response: httpx.Response, host: str) -> bytes:
        unpacker = Unpacker(host, _header(response, "Content-Encoding"), self._limits.max_bytes)
        async for chunk in response.aiter_raw():
            unpacker.add(chunk)
        return unpacker.finish()

    def _check_status(self, response: httpx.Response, host: str, *, conditional: bool) -> None:
        status = response.status_code
        if 200 <= status < 300 or (status == 304 and conditional):
            return
        retry_after = retry_after_of(_header(response, "Retry-After"), self._clock())
        if status == 429 or (status == 503 and retry_after is not None):
            refusal = BadStatus(
                "{host} asks us to come less often ({status})", status=status, retry_after=retry_after, host=host
            )
        elif status in (404, 410):
            refusal = BadStatus("{host} has no such page ({status})", status=status, host=host)
        elif status in (401, 403):
            refusal = BadStatus(
                "{host} does not let us in ({status})", status=status, retry_after=retry_after, host=host
            )
        elif status >= 500:
            refusal = BadStatus(
                "{host} has a fault of its own ({status})", status=status, retry_after=retry_after, host=host
            )
        else:
            refusal = BadStatus("{host} gave no answer we can use ({status})", status=status, host=host)
        raise refusal


def _headers_of(address: httpx.URL, validators: Validators, referer: str) -> dict[str, str]:
    headers = {}
    if referer or is_sina(address.host):
        headers["Referer"] = referer or _SINA_REFERER
    if etag := _usable(validators.etag):
        headers["If-None-Match"] = etag
    if modified := _usable(validators.last_modified):
        headers["If-Modified-Since"] = modified
    return headers


def _header(response: httpx.Response, name: str) -> str:
    """A header of an answer, cleaned for messages and the archive; "" if it is missing."""
    return excerpt(response.headers.get(name, ""), _HEADER_LENGTH)


def _validators_of(response: httpx.Response, sent: Validators) -> Validators:
    """The validators of the answer. A 304 may leave out those that have not changed."""
    etag, modified = (_usable(response.headers.get(name, "")) for name in ("ETag", "Last-Modified"))
    if response.status_code == 304:
        return Validators(etag or sent.etag, modified or sent.last_modified)
    return Validators(etag, modified)


def _usable(value: str) -> str:
    """The value if a header can send it back, else "". Without it the next GET is not conditional."""
    return value if value.isascii() and value.isprintable() and len(value) <= _VALIDATOR_LENGTH else ""


def _is_temporary(error: Exception) -> bool:
    """Whether to try again in this poll: not after the whole deadline, and not against a Retry-After."""
    if isinstance(error, BadStatus):
        return error.status in _TEMPORARY and error.retry_after is None
    return isinstance(error, Unreachable)


def _unreachable(host: str, error: Exception) -> FetchError:  # noqa: PLR0911 -- one sentence for each cause
    causes = list(_causes_of(error))
    if isinstance(error, httpx.ProxyError):
        return Unreachable("the proxy on the way to {host} refuses", host=host)
    if any(isinstance(cause, socket.gaierror | UnicodeError) for cause in causes):
        return Unreachable("{host} cannot be found: no such host, or no network", host=host)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Unreachable("{host} shows a certificate that does not hold", host=host)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return Unreachable("{host} does not speak TLS as we do", host=host)
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return Unreachable("{host} refuses the connection", host=host)
    if isinstance(error, httpx.ConnectError):
        return Unreachable("no connection to {host}", host=host)
    return Unreachable("{host} broke off in the middle of its answer", host=host)


def _causes_of(error: BaseException | None) -> Iterator[BaseException]:
    """The error, its causes, and the members of a group (one for each address that was tried)."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        cause = waiting.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__]
        if isinstance(cause, BaseExceptionGroup):
            waiting += cause.exceptions
