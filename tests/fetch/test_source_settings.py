"""The request settings of a source: which request gets which of them, and where secrets come from."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
import stamina

from feeds.errors import FetchError
from feeds.fetch import Fetcher, environment
from feeds.fetch.settings import check_settings
from feeds.model import FetchLimits, RequestSettings, Secret, Validators
from tests.fetch.test_connections import serving
from tests.fetch.test_fetcher import Site, limits, reply

HOME = "https://feed.example.cn/rss"
PEM = Path(__file__).parent / "localhost.pem"  # a certificate for this machine, and its key: only tests use it
ALL = RequestSettings(
    headers=(("X-Key", Secret("K3y")), ("accept-language", Secret("de")), ("X-Wort", Secret("词"))),
    user_agent="own/1.0",
    login=(Secret("bob"), Secret("S3cret")),
    cookie=Secret("a=1; b=C00kie"),
)
BASIC = "Basic Ym9iOlMzY3JldA=="


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with stamina.set_testing(True, attempts=1):
        yield


async def asked_for(url: str, settings: RequestSettings, linked_from: str | None = HOME) -> httpx.Request:
    site = Site(lambda _: reply(200))
    async with Fetcher(limits(), transport=httpx.MockTransport(site)) as fetcher:
        await fetcher.get(url, linked_from=linked_from, settings=settings)
    return site.asked[0]


def of_a_source(request: httpx.Request) -> list[str]:
    """What of `ALL` a request has."""
    names = ("x-key", "cookie", "authorization")
    found = [name for name in names if name in request.headers]
    return [*found, *(["user-agent"] if request.headers["user-agent"] == "own/1.0" else [])]


EVERY = ["x-key", "cookie", "authorization", "user-agent"]


@pytest.mark.parametrize(
    ("url", "linked_from", "sent"),
    [
        (HOME, None, EVERY),
        (HOME, HOME, EVERY),
        ("https://feed.example.cn:443/a/1", HOME, EVERY),
        ("https://FEED.example.cn/a/1", HOME, EVERY),
        ("http://feed.example.cn/a/1", HOME, ["user-agent"]),
        ("https://feed.example.cn:8443/a/1", HOME, []),
        ("https://pages.example.cn/a/1", HOME, []),
        ("https://example.cn/a/1", HOME, []),
        ("https://feed.example.cn.evil.example/a", HOME, []),
        ("https://feed.example.cn@evil.example/a", HOME, []),
        ("https://feed.example.cn/a/1", "", []),
    ],
)
async def test_only_the_sources_own_origin_gets_secrets(url: str, linked_from: str | None, sent: list[str]) -> None:
    assert of_a_source(await asked_for(url, ALL, linked_from)) == sent


async def test_the_values_are_sent_as_they_are_written_and_once() -> None:
    request = await asked_for(HOME, ALL)
    assert request.headers["Cookie"] == "a=1; b=C00kie"
    assert request.headers["Authorization"] == BASIC
    raw = [(name.lower(), value) for name, value in request.headers.raw]
    assert [value for name, value in raw if name == b"accept-language"] == [b"de"]
    assert [value for name, value in raw if name == b"user-agent"] == [b"own/1.0"]
    assert (b"x-wort", "词".encode()) in raw


@pytest.mark.parametrize("name", ["Authorization", "authorization", "AUTHORIZATION"])
async def test_a_header_of_the_source_replaces_the_login_of_its_address(name: str) -> None:
    settings = RequestSettings(headers=((name, Secret("Bearer T0ken")),))
    request = await asked_for("https://bob:S3cret@feed.example.cn/rss", settings, None)
    raw = [value for key, value in request.headers.raw if key.lower() == b"authorization"]
    assert raw == [b"Bearer T0ken"]


@pytest.mark.parametrize(
    ("place", "sent"),
    [
        ("https://other.example.cn/x", []),
        ("http://feed.example.cn/x", ["user-agent"]),
        ("//feed.example.cn:8443/x", []),
        ("/x", EVERY),
        ("https://feed.example.cn./x", ["user-agent"]),
    ],
)
@pytest.mark.parametrize("status", [301, 307])
async def test_a_redirect_to_another_host_carries_no_secret(place: str, sent: list[str], status: int) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return reply(status, {"Location": place}) if request.url.path == "/rss" else reply(200)

    site = Site(answer)
    async with Fetcher(limits(), transport=httpx.MockTransport(site)) as fetcher:
        await fetcher.get(HOME, settings=ALL)
    assert of_a_source(site.asked[0]) == EVERY
    assert of_a_source(site.asked[1]) == sent


async def test_after_a_redirect_away_and_back_the_source_gets_its_login_again() -> None:
    hops = {"/rss": "https://login.example.cn/in", "/in": "https://feed.example.cn/end"}
    site = Site(
        lambda request: reply(302, {"Location": hops[request.url.path]}) if request.url.path in hops else reply(200)
    )
    async with Fetcher(limits(), transport=httpx.MockTransport(site)) as fetcher:
        await fetcher.get(HOME, settings=ALL)
    assert [of_a_source(request) for request in site.asked] == [EVERY, [], EVERY]


async def test_a_request_with_settings_is_still_conditional() -> None:
    site = Site(lambda _: reply(304))
    async with Fetcher(limits(), transport=httpx.MockTransport(site)) as fetcher:
        page = await fetcher.get(HOME, Validators('"one"'), settings=ALL)
    assert page.not_modified
    assert site.asked[0].headers["If-None-Match"] == '"one"'


def secret_file(folder: Path, text: str, mode: int = 0o600) -> Secret:
    file = folder / "secret"
    file.write_text(text, "utf-8")
    file.chmod(mode)
    return Secret(file=str(file))


async def test_secrets_come_from_variables_and_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FEED_LOGIN", "bob:S3cret")
    settings = RequestSettings(login=(Secret(env="FEED_LOGIN"),), cookie=secret_file(tmp_path, "b=C00kie\n"))
    request = await asked_for(HOME, settings)
    assert request.headers["Authorization"] == BASIC
    assert request.headers["Cookie"] == "b=C00kie"
    parts = (secret_file(tmp_path, "bob"), Secret(env="FEED_PASSWORD"))
    monkeypatch.setenv("FEED_PASSWORD", "S3cret")
    assert (await asked_for(HOME, RequestSettings(login=parts))).headers["Authorization"] == BASIC


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o602])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    settings = RequestSettings(cookie=secret_file(tmp_path, "S3cret", mode))
    with pytest.raises(FetchError, match=r"^cookie: .*/secret can be read by others; .* \(chmod 600\)$") as failure:
        check_settings(settings, HOME)
    assert "S3cret" not in str(failure.value)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (RequestSettings(cookie=Secret(env="NOT_THERE")), "cookie: NOT_THERE is not set or empty"),
        (RequestSettings(cookie=Secret(env="BLANK")), "cookie: BLANK is not set or empty"),
        (RequestSettings(headers=(("X-Key", Secret(env="LINES")),)), "X-Key: LINES is too long, or has a control"),
        (RequestSettings(login=(Secret(env="WORD"),)), "login: is no user and password"),
        (RequestSettings(login=(Secret(env="PAIR"), Secret("p"))), "login: is no user and password"),
        (RequestSettings(cookie=Secret(file="/nowhere/s3")), "cookie: /nowhere/s3 cannot be read (it is not there"),
        (RequestSettings(proxy=Secret(env="WORD")), "config.toml names no proxy such as"),
        (RequestSettings(proxy=Secret("socks4://127.0.0.1:9")), "config.toml names a SOCKS proxy"),
        (RequestSettings(ca="/nowhere/ca.pem"), "ca: /nowhere/ca.pem cannot be read"),
        (RequestSettings(ca=__file__), "holds no certificates"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_one_line(
    settings: RequestSettings, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("BLANK", " "), ("LINES", "S3cret\nX: y"), ("WORD", "S3cret"), ("PAIR", "S3cret:b")):
        monkeypatch.setenv(name, value)
    with pytest.raises(FetchError) as failure:
        check_settings(settings, HOME)
    assert message in str(failure.value)
    assert "S3cret" not in str(failure.value)
    assert str(failure.value).isprintable()


async def test_what_cannot_be_used_stops_only_requests_that_need_it() -> None:
    lost = RequestSettings(cookie=Secret(env="NOT_THERE"))
    assert "Cookie" not in (await asked_for("https://pages.example.cn/a/1", lost)).headers
    with pytest.raises(FetchError, match="NOT_THERE"):
        await asked_for(HOME, lost)


def test_no_form_of_a_value_shows_a_secret() -> None:
    assert "S3cret" not in f"{ALL} {ALL!r} {Secret('S3cret')!s}"


# The way of a request


async def fetch(url: str, settings: RequestSettings, linked_from: str | None = None) -> bytes:
    async with Fetcher(FetchLimits(deadline=5.0, pause=0.0, retries=0)) as client:
        return (await client.get(url, linked_from=linked_from, settings=settings)).body


async def test_all_requests_of_a_source_use_its_proxy_but_this_machine_is_asked_directly() -> None:
    async with serving() as server, serving() as local:
        settings = RequestSettings(proxy=Secret(f"http://bob:S3cret@127.0.0.1:{server.port}"), cookie=Secret("c=1"))
        assert await fetch("http://feed.example.cn/x", settings) == b"here"
        assert await fetch("http://pages.example.cn/y", settings, "http://feed.example.cn/x") == b"here"
        assert await fetch(f"http://127.0.0.1:{local.port}/z", settings) == b"here"
        assert await fetch(f"http://localhost:{local.port}/z", settings) == b"here"
    assert [head.split()[1] for head in server.heads] == ["http://feed.example.cn/x", "http://pages.example.cn/y"]
    assert all("Proxy-Authorization: Basic Ym9iOlMzY3JldA==" in head for head in server.heads)
    assert ["ookie: c=1" in head for head in server.heads] == [True, False]
    assert len(local.heads) == 2
    assert "Proxy-Authorization" not in local.heads[0]


async def test_a_proxy_that_does_not_answer_is_named_without_its_login() -> None:
    with pytest.raises(FetchError) as failure:
        await fetch("http://feed.example.cn/x", RequestSettings(proxy=Secret("http://bob:S3cret@127.0.0.1:9")))
    assert str(failure.value) == "the proxy http://127.0.0.1:9 that config.toml names cannot be reached"


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_a_socks_proxy_gets_the_name_and_the_login(scheme: str) -> None:
    pytest.importorskip("socksio")
    said: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            said.append(await reader.readexactly(3))
            writer.write(b"\x05\x02")
            said.append(await reader.readexactly(12))
            writer.write(b"\x01\x00")
            said.append(await reader.readexactly(7 + len("feed.example.cn")))
            writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50")
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nhere")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        proxy = Secret(f"{scheme}://bob:S3cret@127.0.0.1:{server.sockets[0].getsockname()[1]}")
        assert await fetch("http://feed.example.cn/x", RequestSettings(proxy=proxy)) == b"here"
    assert said[0] == b"\x05\x01\x02"
    assert said[1] == b"\x01\x03bob\x06S3cret"
    assert said[2] == b"\x05\x01\x00\x03\x0ffeed.example.cn\x00\x50"


def test_without_the_extra_a_socks_proxy_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "has_socks", lambda: False)
    with pytest.raises(FetchError, match=r"\(socks5://127.0.0.1:9\), which needs the extra zhengwen\[socks\]"):
        check_settings(RequestSettings(proxy=Secret("socks5://bob:S3cret@127.0.0.1:9")), HOME)


async def test_the_authorities_of_a_source_are_for_its_host_alone() -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(PEM)

    own = RequestSettings(ca=str(PEM))
    async with serving(context) as server, Fetcher(FetchLimits(deadline=5.0, pause=0.0, retries=0)) as client:
        address = f"https://127.0.0.1:{server.port}/x"
        assert (await client.get(address, settings=own)).body == b"here"
        with pytest.raises(FetchError, match="certificate"):
            await client.get(address)
        with pytest.raises(FetchError, match="inside the local network"):
            await client.get(address, linked_from=HOME, settings=own)
