"""One request → one Page. Owns httpx, and everything that can go wrong between an address and a body.

What httpx leaves open is closed here: its timeout starts anew with every byte (ours bounds the whole request), it
unpacks without limit (see bodies), and it follows redirects to anywhere (see addresses).
"""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Self

import stamina
import stamina.instrumentation

from feeds.errors import BadAddress, BadStatus, FetchError, TimedOut, Unreachable
from feeds.fetch.addresses import address_of, check_step, is_local, is_sina
from feeds.fetch.bodies import ACCEPTED, Body
from feeds.fetch.courtesy import Courtesy, retry_after_of
from feeds.fetch.wire import httpx
from feeds.model import FetchLimits, Page, Validators

__all__ = ["Fetcher", "address_of", "is_local", "retry_after_of"]

_PASSING = (500, 502, 503, 504)
_SINA_REFERER = "https://finance.sina.com.cn/"
_VALIDATOR_LENGTH = 1_000
_UNCONDITIONAL = Validators()

# A retry is told by its outcome; stamina would also log each one to stderr.
stamina.instrumentation.set_on_retry_hooks(())


class Fetcher:
    """Asks servers, within `limits`. An async context manager over one kept httpx client (25-90 ms to make)."""

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
        self._client = httpx.AsyncClient(
            transport=transport,
            timeout=None,
            follow_redirects=False,
            headers={
                "User-Agent": limits.user_agent,
                "Accept-Encoding": ACCEPTED,
                "Accept-Language": "zh-CN,zh;q=0.9,*;q=0.5",
            },
            # A proxy of the environment is not asked about this machine: the demo's Sina lives here.
            mounts=dict.fromkeys(("all://127.0.0.1", "all://localhost", "all://[::1]")),
            # httpx works out where a redirect leads even when told not to follow it, and fails in its own words.
            event_hooks={"response": [_check_location]},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # a feed needs no cookie, a reader no trace
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def get(
        self, url: str, validators: Validators = _UNCONDITIONAL, *, referer: str = "", linked_from: str = ""
    ) -> Page:
        """The answer to one GET: a Page, with `not_modified` and no body when `validators` still hold.

        `linked_from` is the address where `url` was found, "" when the reader gave it. A passing fault is tried again
        a few times. Raises FetchError kinds.
        """
        async for attempt in stamina.retry_context(
            on=_is_passing, attempts=self._limits.retries + 1, timeout=None, wait_initial=0.5, wait_max=5.0
        ):
            with attempt:
                return await self._follow(url, validators, referer, linked_from)
        raise AssertionError  # stamina ends with the last attempt's own error

    async def _follow(self, url: str, validators: Validators, referer: str, linked_from: str) -> Page:
        came_from = address_of(linked_from) if linked_from else None
        address = address_of(url)
        left = self._limits.deadline
        now = asyncio.get_running_loop().time
        for redirects in range(self._limits.redirects + 1):
            check_step(came_from, address)
            headers = _headers_of(address, validators, referer)
            async with self._courtesy.turn(address.host):
                # Waiting for a place is our own doing and does not count against the server.
                started = now()
                try:
                    async with asyncio.timeout(left):
                        answer = await self._ask(address, headers, validators, redirects)
                except TimeoutError:
                    raise TimedOut(
                        "{host} did not answer within {seconds} s",
                        host=address.host,
                        seconds=f"{self._limits.deadline:g}",
                    ) from None
                left -= now() - started
            if isinstance(answer, Page):
                return answer
            came_from, address = address, answer
        raise BadAddress(
            "{address} redirects more than {count} times",
            address=str(address_of(url))[:200],
            count=self._limits.redirects,
        )

    async def _ask(
        self, address: httpx.URL, headers: dict[str, str], validators: Validators, redirects: int
    ) -> Page | httpx.URL:
        """One hop: the Page, or the address to go on to."""
        try:
            request = self._client.build_request("GET", address, headers=headers)
            response = await self._client.send(request, stream=True)
            try:
                if response.has_redirect_location:
                    return address_of(response.headers["Location"], address)
                self._check_status(response, address.host, conditional=validators != _UNCONDITIONAL)
                body = b"" if response.status_code == 304 else await self._body_of(response, address.host)
            finally:
                await response.aclose()
        except httpx.TimeoutException:
            raise TimeoutError from None
        except (httpx.TransportError, UnicodeError) as error:
            # UnicodeError: a host that the URL's rules take and the resolver's do not
            raise _unreachable(address.host, error) from error
        return Page(
            url=str(address),
            body=body,
            status=response.status_code,
            content_type=response.headers.get("Content-Type", ""),
            validators=_validators_of(response, validators),
            redirects=redirects,
        )

    async def _body_of(self, response: httpx.Response, host: str) -> bytes:
        body = Body(host, response.headers.get("Content-Encoding", ""), self._limits.max_bytes)
        async for chunk in response.aiter_raw():
            body.add(chunk)
        return body.whole()

    def _check_status(self, response: httpx.Response, host: str, *, conditional: bool) -> None:
        status = response.status_code
        if 200 <= status < 300 or (status == 304 and conditional):
            return
        retry_after = retry_after_of(response.headers.get("Retry-After", ""), self._clock())
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
    if validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    return headers


async def _check_location(response: httpx.Response) -> None:
    if response.has_redirect_location:
        address_of(response.headers["Location"], response.request.url)


def _validators_of(response: httpx.Response, sent: Validators) -> Validators:
    """What the answer gives; a 304 may leave out what has not changed."""
    etag, modified = (_usable(response.headers.get(name, "")) for name in ("ETag", "Last-Modified"))
    if response.status_code == 304:
        return Validators(etag or sent.etag, modified or sent.last_modified)
    return Validators(etag, modified)


def _usable(value: str) -> str:
    """A validator that a header can carry back, else "": without it the next GET is merely whole."""
    return value if value.isascii() and value.isprintable() and len(value) <= _VALIDATOR_LENGTH else ""


def _is_passing(error: Exception) -> bool:
    """Whether trying again within the turn makes sense: not after a whole deadline, nor against a Retry-After."""
    if isinstance(error, BadStatus):
        return error.status in _PASSING and error.retry_after is None
    return isinstance(error, Unreachable)


def _unreachable(host: str, error: Exception) -> FetchError:  # noqa: PLR0911 -- one sentence a cause
    causes = list(_causes_of(error))
    if any(isinstance(cause, socket.gaierror | UnicodeError) for cause in causes):
        return Unreachable("{host} cannot be found: no such host, or no network", host=host)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Unreachable("{host} shows a certificate that does not hold", host=host)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return Unreachable("{host} does not speak TLS as we do", host=host)
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return Unreachable("{host} refuses the connection", host=host)
    if isinstance(error, httpx.ProxyError):
        return Unreachable("the proxy on the way to {host} refuses", host=host)
    if isinstance(error, httpx.ConnectError):
        return Unreachable("no connection to {host}", host=host)
    return Unreachable("{host} broke off in the middle of its answer", host=host)


def _causes_of(error: BaseException | None) -> Iterator[BaseException]:
    """The error, what it came from, and the members of a group (one for each address that was tried)."""
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
