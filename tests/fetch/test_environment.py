"""Proxies and certificates of the environment are checked; a fault names its variable."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from feeds.errors import FetchError, Unreachable
from feeds.fetch import Fetcher
from feeds.fetch.environment import Proxies, certificates
from feeds.fetch.httpx_library import httpx
from feeds.model import FetchLimits
from tests.fetch.test_connections import serving

VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (*VARIABLES, *map(str.upper, VARIABLES), *CERTIFICATES, "REQUEST_METHOD"):
        monkeypatch.delenv(name, raising=False)
    with stamina.set_testing(True, attempts=1):
        yield


def proxy_for(url: str) -> str | None:
    proxy = Proxies().of(httpx.URL(url))
    return proxy.url if proxy else None


async def fetch(url: str) -> bytes:
    async with Fetcher(FetchLimits(deadline=5.0, pause=0.0, retries=0)) as client:
        return (await client.get(url)).body


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ALL_PROXY", "socks4a://127.0.0.1:9"),
        ("all_proxy", "socks://bob:S3cret@127.0.0.1:9"),
        ("ALL_PROXY", "socks4://127.0.0.1:9"),
        ("HTTP_PROXY", "http://127.0.0.1:65536"),
        ("http_proxy", "http://["),
        ("HTTP_PROXY", "ftp://127.0.0.1:9"),
        ("HTTP_PROXY", "://"),
        ("HTTP_PROXY", "\x1b[31m"),
        ("HTTP_PROXY", "http://a b:S3cret@:80"),
    ],
)
async def test_a_bad_proxy_is_named_and_stops_only_its_requests(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(FetchError) as failure:
        await fetch("http://feed.example.cn/")
    assert str(failure.value).startswith(f"{variable} names ")
    assert str(failure.value).isprintable()
    assert "S3cret" not in str(failure.value)
    async with serving() as server:
        for host in ("127.0.0.1", "localhost", "LOCALHOST.", "127.1"):
            assert await fetch(f"http://{host}:{server.port}/") == b"here"


async def test_a_proxy_that_does_not_answer_is_a_fault_of_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://bob:S3cret@127.0.0.1:9")
    with pytest.raises(Unreachable) as failure:
        await fetch("http://feed.example.cn/")
    assert str(failure.value) == "the proxy http://127.0.0.1:9 that HTTP_PROXY names cannot be reached"


async def test_a_proxy_is_used_for_other_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving() as server:
        monkeypatch.setenv("HTTP_PROXY", f"bob:S3cret@127.0.0.1:{server.port}")
        assert await fetch("http://feed.example.cn/x") == b"here"
    (head,) = server.heads
    assert head.startswith("GET http://feed.example.cn/x HTTP/1.1\r\n")
    assert "Proxy-Authorization: Basic Ym9iOlMzY3JldA==" in head
    assert "\r\nAuthorization" not in head


async def test_after_a_proxy_written_numbers_are_still_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving() as server:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
        async with Fetcher(FetchLimits(pause=0.0, retries=0)) as client:
            for link in ("http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/", "http://[fd00::9]/"):
                with pytest.raises(FetchError):
                    await client.get(link, linked_from="http://feed.example.cn/")
    assert server.heads == []


@pytest.mark.parametrize(
    ("no_proxy", "direct", "proxied"),
    [
        ("localhost,[::1]", ["http://localhost/", "http://[::1]/"], ["http://feed.example.cn/"]),
        ("::1,fd00::/8", ["http://[fd00::7]/"], ["http://[2400:3200::1]/"]),
        ("[2400:3200::1]:8080", ["http://[2400:3200::1]/"], ["http://[2400:3200::2]/"]),
        ("10.0.0.0/8", ["http://10.9.8.7/"], ["http://11.0.0.1/", "http://ten.example.cn/"]),
        ("example.cn", ["http://example.cn/", "http://feed.example.cn/"], ["http://anexample.cn/"]),
        (".example.cn, *.example.org", ["http://a.example.cn/", "http://b.example.org/"], ["http://example.com/"]),
        ("192.168.*", ["http://192.168.3.4/"], ["http://192.169.3.4/"]),
        ("feed.example.cn:8080", ["http://feed.example.cn/"], ["http://example.cn/"]),
        ("<local>", ["http://intern/"], ["http://intern.example.cn/"]),
        ("*", ["http://feed.example.cn/"], []),
        ("[[[, :::, a b, \x1b[31m, http://[", [], ["http://feed.example.cn/"]),
    ],
)
def test_hosts_without_the_proxy(
    no_proxy: str, direct: list[str], proxied: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example.cn:3128")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    assert [proxy_for(url) for url in direct] == [None] * len(direct)
    assert [proxy_for(url) for url in proxied] == ["http://proxy.example.cn:3128"] * len(proxied)
    assert all(part.isprintable() for part in Proxies().ignored)


def test_parts_of_no_proxy_without_a_host_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "[[[,example.cn,a b,[::1]")
    assert Proxies().ignored == ["[[[", "a b"]
    assert Proxies().exceptions == ["example.cn", "[::1]"]


def test_a_scheme_goes_before_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://all.example.cn:1")
    monkeypatch.setenv("HTTPS_PROXY", "http://tls.example.cn:2")
    assert proxy_for("http://feed.example.cn/") == "http://all.example.cn:1"
    assert proxy_for("https://feed.example.cn/") == "http://tls.example.cn:2"
    assert {name: proxy.variable for name, proxy in Proxies().by_scheme.items()} == {
        "http": "ALL_PROXY",
        "https": "HTTPS_PROXY",
    }


@pytest.mark.parametrize(
    ("variable", "content"),
    [
        ("SSL_CERT_FILE", None),
        ("SSL_CERT_FILE", "no certificate at all"),
        ("SSL_CERT_FILE", ""),
        ("SSL_CERT_DIR", None),
        ("SSL_CERT_DIR", "folder"),
        ("SSLKEYLOGFILE", None),
    ],
)
async def test_bad_certificates_are_reported_with_their_variable(
    variable: str, content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "none" / "certificates"
    if content == "folder":
        path.mkdir(parents=True)
    elif content is not None:
        path.parent.mkdir()
        path.write_text(content)
    monkeypatch.setenv(variable, str(path))
    with pytest.raises(FetchError) as failure:
        certificates()
    assert str(failure.value).startswith(f"{variable}: {path} ")
    with pytest.raises(FetchError, match=variable):
        await fetch("https://feed.example.cn/")
    async with serving() as server:
        assert await fetch(f"http://127.0.0.1:{server.port}/") == b"here"


def test_certificates_need_no_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert certificates().get_ca_certs()
    (tmp_path / "0a1b2c3d.0").write_text("looked at when it is needed")
    monkeypatch.setenv("SSL_CERT_DIR", os.pathsep.join(("/nowhere", str(tmp_path))))
    assert certificates()
