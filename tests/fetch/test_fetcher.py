import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx
import pytest
import stamina

from feeds.errors import BadAddress, BadStatus, FetchError, TimedOut, Unreachable
from feeds.fetch import Fetcher
from feeds.model import FetchLimits, Page, Validators

NOW = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
Headers = dict[str, str] | list[tuple[bytes, bytes]] | None
FEED = "https://feed.example.cn/roll"


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


class Site:
    """Answers by a function and remembers what it was asked."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self.answer = answer
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.answer(request)


def reply(status: int, headers: Headers = None, text: str = "", content: bytes = b"") -> httpx.Response:
    """An answer whose body is still to be streamed, as from a socket."""
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content or text.encode()))


def limits(**changes: float | str) -> FetchLimits:
    return FetchLimits(**{"pause": 0.0, **changes})  # type: ignore[arg-type]


async def get(site: Callable[[httpx.Request], httpx.Response], url: str = FEED, **options: str) -> Page:
    async with Fetcher(limits(), transport=httpx.MockTransport(site), clock=lambda: NOW) as fetcher:
        return await fetcher.get(url, **options)  # type: ignore[arg-type]


def sentence(failure: pytest.ExceptionInfo[FetchError]) -> str:
    return str(failure.value)


async def test_a_page_has_the_body_and_its_headers() -> None:
    headers = {
        "Content-Type": "text/html; charset=gb2312",
        "ETag": '"one"',
        "Last-Modified": "Mon, 12 Jan 2026 01:00:00 GMT",
    }
    page = await get(lambda _: reply(200, headers=headers, content="央行发布方案".encode("gb18030")))
    assert page.body == "央行发布方案".encode("gb18030")
    assert page.content_type == "text/html; charset=gb2312"
    assert page.validators == Validators('"one"', "Mon, 12 Jan 2026 01:00:00 GMT")
    assert not page.not_modified


async def test_validators_make_the_next_request_conditional_and_a_304_keeps_them() -> None:
    site = Site(lambda _: reply(304))
    async with Fetcher(limits(), transport=httpx.MockTransport(site)) as fetcher:
        page = await fetcher.get(FEED, Validators('"one"', "Mon, 12 Jan 2026 01:00:00 GMT"))
    assert page.not_modified
    assert page.body == b""
    assert page.validators == Validators('"one"', "Mon, 12 Jan 2026 01:00:00 GMT")
    assert site.asked[0].headers["If-None-Match"] == '"one"'
    assert site.asked[0].headers["If-Modified-Since"] == "Mon, 12 Jan 2026 01:00:00 GMT"


async def test_a_304_to_an_unconditional_request_is_a_fault() -> None:
    with pytest.raises(BadStatus, match="no answer we can use"):
        await get(lambda _: reply(304))


async def test_a_validator_that_no_header_can_send_is_dropped() -> None:
    headers = [(b"ETag", "“一”".encode()), (b"Last-Modified", b"x" * 2000)]
    page = await get(lambda _: reply(200, headers=headers, content=b"ok"))
    assert page.validators == Validators()


async def test_it_names_its_user_agent_and_accepts_only_known_packings() -> None:
    site = Site(lambda _: reply(200))
    await get(site)
    assert site.asked[0].headers["User-Agent"] == FetchLimits().user_agent
    assert site.asked[0].headers["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("url", "referer", "sent"),
    [
        ("https://feed.mix.sina.com.cn/api/roll/get", "", "https://finance.sina.com.cn/"),
        ("https://finance.sina.cn/x", "", "https://finance.sina.com.cn/"),
        ("https://feed.mix.sina.com.cn/api", "https://news.sina.com.cn/", "https://news.sina.com.cn/"),
        ("https://notsina.com.cn/x", "", None),
        ("https://sina.com.cn.example.org/x", "", None),
    ],
)
async def test_sinas_hosts_get_a_referer(url: str, referer: str, sent: str | None) -> None:
    site = Site(lambda _: reply(200))
    await get(site, url, referer=referer)
    assert site.asked[0].headers.get("Referer") == sent


async def test_no_cookie_is_sent() -> None:
    site = Site(lambda _: reply(200, headers={"Set-Cookie": "visitor=1; Path=/"}))
    async with Fetcher(limits(), transport=httpx.MockTransport(site)) as fetcher:
        await fetcher.get(FEED)
        await fetcher.get(FEED)
    assert "Cookie" not in site.asked[1].headers


# Redirects and addresses


async def test_redirects_are_followed_and_counted() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        step = int(request.url.params.get("step", 0))
        return reply(302, headers={"Location": f"?step={step + 1}"}) if step < 3 else reply(200, text="there")

    page = await get(answer)
    assert (page.body, page.redirects, page.url) == (b"there", 3, f"{FEED}?step=3")


async def test_a_redirect_loop_ends() -> None:
    site = Site(lambda _: reply(301, headers={"Location": FEED}))
    with pytest.raises(BadAddress, match="redirects more than 5 times"):
        await get(site)
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "location",
    [
        "ftp://feed.example.cn/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http:///x",
        "http://[::1",
        "http://xn--zz.com/",
    ],
)
async def test_a_redirect_to_something_else_than_the_web_is_refused(location: str) -> None:
    with pytest.raises(BadAddress, match="is no web address"):
        await get(lambda _: reply(302, headers={"Location": location}))


@pytest.mark.parametrize(
    "url", ["", "feed.example.cn/x", "ftp://feed.example.cn/", "http://", "http://a\nb/", "posts/one.md"]
)
async def test_only_http_is_requested(url: str) -> None:
    site = Site(lambda _: reply(200))
    with pytest.raises(BadAddress):
        await get(site, url)
    assert site.asked == []


async def test_a_wrong_address_is_printed_without_controls() -> None:
    with pytest.raises(BadAddress) as failure:
        await get(lambda _: reply(200), "nope://\x1b[31m\u202e" + "x" * 1000)
    assert "\x1b" not in sentence(failure)
    assert "\u202e" not in sentence(failure)
    assert len(sentence(failure)) < 300


@pytest.mark.parametrize(
    "inside",
    [
        *("127.0.0.1:6379", "127.1", "0x7f000001", "2130706433", "192.168.1.1", "100.64.0.9", "0"),
        *("localhost", "localhost.", "printer.localhost", "127.0.0.1.", "224.0.0.1", "240.0.0.1"),
        *("[::1]", "[::]", "[fd12::1]", "[ff02::1]", "[fec0::1]", "[::ffff:10.0.0.1]", "[::127.0.0.1]"),
        *("[64:ff9b::c0a8:101]", "[64:ff9b:1::1]", "[2002:7f00:1::1]"),
    ],
)
async def test_no_outside_link_leads_into_the_local_network(inside: str) -> None:
    site = Site(lambda _: reply(302, headers={"Location": f"http://{inside}/"}))
    with pytest.raises(BadAddress, match="inside the local network"):
        await get(site)
    for found in (FEED, ""):
        with pytest.raises(BadAddress, match="inside the local network"):
            await get(site, f"http://{inside}/", linked_from=found)
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        *("http://169.254.169.254/latest", "http://2852039166/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/"),
        *("http://100.100.100.200/", "http://[fd00:ec2::254]/", "http://[::ffff:169.254.1.1]/", "http://0xa9fea9fe/"),
        *("http://[64:ff9b::a9fe:a9fe]/", "http://[2002:a9fe:a9fe::]/"),
    ],
)
async def test_a_link_local_or_metadata_address_is_never_requested(address: str) -> None:
    site = Site(lambda _: reply(200))
    for options in ({}, {"linked_from": FEED}, {"linked_from": ""}):
        with pytest.raises(BadAddress, match="never asked"):
            await get(site, address, **options)
    with pytest.raises(BadAddress, match="never asked"):
        await get(lambda _: reply(302, headers={"Location": address}))
    assert site.asked == []


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("http://127.0.0.1:8000/feed", "http://127.0.0.1:8000/a"),
        ("http://localhost:8000/feed", "http://127.0.0.1:8000/a"),
        ("http://127.0.0.1:8000/feed", "http://localhost.:8000/a"),
        ("http://10.1.2.3/feed", "https://10.1.2.3/a"),
        ("http://bob:secret@192.168.0.9:8080/feed", "http://192.168.0.9:8080/a"),
    ],
)
async def test_a_local_feed_may_lead_to_its_own_host_and_port(source: str, link: str) -> None:
    assert (await get(lambda _: reply(200, text="here"), link, linked_from=source)).body == b"here"
    hops = iter([reply(302, headers={"Location": link}), reply(200, text="there")])
    assert (await get(lambda _: next(hops), source)).body == b"there"


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("http://127.0.0.1:8000/feed", "http://127.0.0.1:6379/"),
        ("http://127.0.0.1:8000/feed", "http://127.0.0.1/"),
        ("http://10.1.2.3/feed", "http://10.1.2.4/"),
        ("http://localhost:8000/feed", "http://192.168.0.9:8000/"),
        ("", "http://127.0.0.1:8000/a"),
        ("", "http://10.1.2.3/"),
    ],
)
async def test_a_local_feed_or_a_post_opens_no_other_local_address(source: str, link: str) -> None:
    site = Site(lambda _: reply(302, headers={"Location": link}))
    with pytest.raises(BadAddress, match="inside the local network"):
        await get(site, link, linked_from=source)
    assert site.asked == []
    if source:
        with pytest.raises(BadAddress, match="inside the local network"):
            await get(site, source)
        assert len(site.asked) == 1


# A login in the reader's address


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://bob:S3cret@feed.example.cn/x", "Basic Ym9iOlMzY3JldA=="),
        ("https://bob@feed.example.cn/x", "Basic Ym9iOg=="),
        ("https://b%40b:p%3Aw%2F%E6%98%A5@feed.example.cn/x", "Basic YkBiOnA6dy/mmKU="),
        ("https://feed.example.cn/x", None),
    ],
)
async def test_a_login_is_sent_and_is_in_no_page(url: str, sent: str | None) -> None:
    site = Site(lambda _: reply(200))
    page = await get(site, url)
    assert page.url == "https://feed.example.cn/x"
    assert site.asked[0].headers.get("Authorization") == sent
    assert site.asked[0].url.userinfo == b""


@pytest.mark.parametrize(
    ("place", "sent"),
    [
        ("https://feed.example.cn/other", True),
        ("https://feed.example.cn:443/other", True),
        ("https://pages.example.cn/other", False),
        ("https://feed.example.cn:8443/other", False),
        ("http://feed.example.cn/other", False),
        ("https://eve:other@pages.example.cn/other", False),
    ],
)
async def test_a_login_goes_to_its_origin_alone(place: str, *, sent: bool) -> None:
    hops = iter([reply(302, headers={"Location": place}), reply(200), reply(200)])
    site = Site(lambda _: next(hops))
    source = "https://bob:S3cret@feed.example.cn/x"
    pages = [await get(site, source), await get(site, place, linked_from=source)]
    assert [("Authorization" in request.headers) for request in site.asked] == [True, sent, sent]
    assert not any("@" in page.url for page in pages)


@pytest.mark.parametrize(
    "url",
    [
        "https://bob:S3cret@feed.example.cn:99999/x",
        "https://bob:S3/cret@feed.example.cn:x/",
        "ftp://bob:S3cret@feed.example.cn/",
        "https://bob:S3cret@@/",
    ],
)
async def test_no_message_holds_a_login(url: str) -> None:
    with pytest.raises(FetchError) as failure:
        await get(lambda _: reply(200), url)
    assert "cret" not in sentence(failure)
    assert "bob" not in sentence(failure)


async def test_a_loop_names_the_host_alone() -> None:
    with pytest.raises(BadAddress) as failure:
        await get(lambda _: reply(302, headers={"Location": "/loop"}), "https://bob:S3cret@feed.example.cn/loop")
    assert sentence(failure) == "feed.example.cn redirects more than 5 times"


# What a server may send that nobody expects


@pytest.mark.parametrize(
    "location",
    [
        *("http://feed.example.cn:65536/", "http://feed.example.cn:0/", "http://feed.example.cn:-1/", "http://["),
        *("http://[::1", "http://[x]/", "http://a..b\x7f/", "http://ａｂ.cn/", "http://xn--a/", "//", "http://:80/"),
        *("http://feed.example.cn:99999999999999999999/", "https://" + "a" * 100_000, "http://%00/\x01", "\x1b[31m"),
    ],
)
async def test_an_odd_redirect_is_a_fault_of_its_address(location: str) -> None:
    with pytest.raises(FetchError) as failure:
        await get(lambda _: reply(302, headers=[(b"Location", location.encode())]))
    assert len(sentence(failure)) < 300
    assert sentence(failure).isprintable()


@pytest.mark.parametrize("location", ["//feed.example.cn/b", "https://u:p@feed.example.cn/b", "/b", "b", "?b", "/乙"])
async def test_a_redirect_in_another_form_is_followed(location: str) -> None:
    hops = iter([reply(301, headers=[(b"Location", location.encode())]), reply(200, text="b")])
    page = await get(lambda _: next(hops))
    assert page.body == b"b"
    assert page.url.startswith("https://feed.example.cn/")


@pytest.mark.parametrize(
    "error",
    [
        *(
            httpx.InvalidURL("no"),
            httpx.LocalProtocolError("no"),
            httpx.RemoteProtocolError("no"),
            httpx.StreamClosed(),
        ),
        *(
            httpx.DecodingError("no"),
            httpx.TooManyRedirects("no"),
            httpx.UnsupportedProtocol("no"),
            httpx.ReadError("no"),
        ),
        *(httpx.ProxyError("no"), UnicodeError("no"), ValueError("no"), OverflowError("no"), OSError(5, "no")),
        *(httpx.WriteError("no"), httpx.CloseError("no"), UnicodeEncodeError("idna", "a", 0, 1, "no")),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_any_exception_of_a_request_is_a_failed_fetch(error: Exception) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(FetchError, match=r"feed\.example\.cn"):
        await get(answer)


STEERING = "\x1b]52;c;aaaa\x1b\\\x9b31m\u202e\u2066\x00\x85\u2028text"


@pytest.mark.parametrize("name", ["Content-Encoding", "Content-Type", "Location", "Retry-After", "ETag"])
@pytest.mark.parametrize("status", [200, 302, 429, 500])
async def test_no_header_of_a_server_has_controls(name: str, status: int) -> None:
    header = [(name.encode(), STEERING.encode())]
    try:
        page = await get(lambda _: reply(status, headers=header, content=b"x"))
    except FetchError as error:
        assert str(error).isprintable()  # noqa: PT017 -- some of these are pages
    else:
        assert page.content_type.isprintable()
        assert page.validators.etag.isprintable()


async def test_a_kept_validator_that_no_header_can_carry_is_not_sent() -> None:
    site = Site(lambda _: reply(200))
    async with Fetcher(limits(), transport=httpx.MockTransport(site)) as fetcher:
        await fetcher.get(FEED, Validators("“一”", "a\r\nX-Other: b"))
    assert "If-None-Match" not in site.asked[0].headers
    assert "If-Modified-Since" not in site.asked[0].headers


# Refusals and faults


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (400, "no answer we can use"),
        (403, "does not let us in"),
        (404, "no such page"),
        (410, "no such page"),
        (429, "come less often"),
        (302, "no answer we can use"),
        (500, "a fault of its own"),
    ],
)
async def test_a_refusal_is_a_sentence(status: int, says: str) -> None:
    with pytest.raises(BadStatus, match=says) as failure:
        await get(lambda _: reply(status))
    assert failure.value.status == status
    assert sentence(failure).startswith("feed.example.cn ")
    assert sentence(failure).endswith(f"({status})")


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120.0), ("Mon, 12 Jan 2026 09:05:00 GMT", 300.0), ("soon", None)]
)
async def test_a_429_has_its_retry_after_and_is_not_tried_again(header: str, seconds: float | None) -> None:
    site = Site(lambda _: reply(429, headers={"Retry-After": header}))
    with pytest.raises(BadStatus) as failure:
        await get(site)
    assert failure.value.retry_after == seconds
    assert len(site.asked) == 1


async def test_a_temporary_fault_is_tried_again_in_the_same_poll() -> None:
    answers: list[httpx.Response | httpx.ReadError] = [
        reply(503),
        httpx.ReadError("reset"),
        reply(200, text="at last"),
    ]

    def answer(_: httpx.Request) -> httpx.Response:
        now = answers.pop(0)
        if isinstance(now, httpx.ReadError):
            raise now
        return now

    assert (await get(answer)).body == b"at last"


async def test_a_503_with_retry_after_is_left_alone() -> None:
    site = Site(lambda _: reply(503, headers={"Retry-After": "60"}))
    with pytest.raises(BadStatus, match="come less often"):
        await get(site)
    assert len(site.asked) == 1


async def test_a_fault_that_stays_is_raised_after_the_last_try() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("All connection attempts failed")

    site = Site(answer)
    with pytest.raises(Unreachable, match=r"no connection to feed\.example\.cn"):
        await get(site)
    assert len(site.asked) == 3


async def test_a_connection_that_times_out_is_a_timeout() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("slow")

    with pytest.raises(TimedOut, match="did not answer within 30 s"):
        await get(answer)


# Courtesy


async def test_a_host_sees_no_more_requests_at_a_time_than_agreed() -> None:
    inside = most = 0

    async def answer(_: httpx.Request) -> httpx.Response:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.01)
        inside -= 1
        return reply(200)

    async with Fetcher(limits(per_host=2), transport=httpx.MockTransport(answer)) as fetcher:
        await asyncio.gather(*(fetcher.get(f"{FEED}?{number}") for number in range(8)))
    assert most == 2


async def test_waiting_for_a_place_does_not_count_against_the_deadline() -> None:
    async def answer(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.4)
        return reply(200, text="ok")

    async with Fetcher(limits(per_host=1, deadline=1.0), transport=httpx.MockTransport(answer)) as fetcher:
        pages = await asyncio.gather(*(fetcher.get(f"{FEED}?{number}") for number in range(3)))
    assert [page.body for page in pages] == [b"ok"] * 3


async def test_two_requests_to_a_host_begin_a_pause_apart_and_others_do_not_wait() -> None:
    loop = asyncio.get_running_loop()
    began: dict[str, list[float]] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        began.setdefault(request.url.host, []).append(loop.time())
        return reply(200)

    async with Fetcher(limits(pause=0.2), transport=httpx.MockTransport(answer)) as fetcher:
        await asyncio.gather(*(fetcher.get(f"https://{host}.example.cn/") for host in ("a", "a", "b")))
    assert began["a.example.cn"][1] - began["a.example.cn"][0] >= 0.19
    assert began["b.example.cn"][0] < began["a.example.cn"][1]
