"""One article, many addresses, one name."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.identity import canonical_url, docid_of, id_of, keys_of
from feeds.identity.urls import exact_url
from feeds.model import Entry


@pytest.mark.parametrize(
    "url",
    [
        "http://finance.sina.com.cn/china/2026-10-08/doc-inexample1234567.shtml",
        "https://Finance.sina.com.cn:443/china/2026-10-08/doc-inexample1234567.shtml?utm_source=x#top",
        "https://finance.sina.cn/2026-10-08/detail-inexample1234567.d.html?from=wap",
    ],
)
def test_desktop_and_phone_addresses_name_the_same_article(url: str) -> None:
    assert docid_of("", url) == "comos:nexample1234567"
    assert docid_of("comos:nexample1234567", "") == "comos:nexample1234567"


def test_a_canonical_address_keeps_what_tells_articles_apart() -> None:
    assert canonical_url("http://example.org/a?id=7&utm_medium=rss") == "https://example.org/a?id=7"
    assert canonical_url("http://example.org:8080/a") == "https://example.org:8080/a"


@pytest.mark.parametrize(
    "pattern",
    [
        "https://a.example.org/view.asp?id=7&PHPSESSID={}",
        "https://a.example.org/show.jsp;jsessionid={}?id=7",
        "https://a.example.org/show.do;JSESSIONID={}/more?id=7",
        "https://a.example.org/n.asp?ASPSESSIONIDQCBT={}&id=7",
        "https://a.example.org/thread-7.html?sid={}",
        "https://mp.weixin.qq.com/s?__biz=MzA4&mid=26&idx=1&sn=ab&chksm={}&scene=27#wechat_redirect",
        "https://mp.weixin.qq.com/s/Xy_7-k?scene={}",
    ],
)
def test_an_address_that_changes_at_every_visit_is_one_address(pattern: str) -> None:
    first, second = pattern.format("0f3b9c1de77a4520"), pattern.format("9ac41b77de02f6c5")
    assert canonical_url(first) == canonical_url(second)
    assert exact_url(first) == exact_url(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://a.example.org/show.jsp;jsessionid=1a2b?id=7", "https://a.example.org/show.jsp;jsessionid=1a2b?id=8"),
        ("https://a.example.org/list?sid=news17", "https://a.example.org/list?sid=news18"),
        ("https://a.example.org/list?sid=17", "https://a.example.org/list?sid=18"),
        ("https://a.example.org/a;v=1", "https://a.example.org/a;v=2"),
        ("https://mp.weixin.qq.com/s?__biz=MzA4&mid=26&idx=1", "https://mp.weixin.qq.com/s?__biz=MzA4&mid=26&idx=2"),
        ("https://mp.weixin.qq.com/s?src=11&signature=a", "https://mp.weixin.qq.com/s?src=11&signature=b"),
        ("https://mp.weixin.qq.com/s/Xy_7-k", "https://mp.weixin.qq.com/s/Xy_7-l"),
    ],
)
def test_parameters_that_distinguish_pages_stay(first: str, second: str) -> None:
    assert canonical_url(first) != canonical_url(second)
    assert exact_url(first) != exact_url(second)


@pytest.mark.parametrize(
    "url", ["", "javascript:alert(1)", "file:///etc/passwd", "http://", "https://[", "http://a:b/"]
)
def test_a_text_that_is_not_an_address_has_no_canonical_form(url: str) -> None:
    assert canonical_url(url) == ""


@given(st.text(st.characters(), max_size=60) | st.text("/?#&=%;: \u3000é政~", max_size=30))
@example(" #")
@example("\ud800?\ud800=1")
def test_canonical_form_is_a_fixed_point(text: str) -> None:
    once = canonical_url("http://example.org/" + text)
    assert canonical_url(once) == once


def test_the_most_lasting_name_comes_first() -> None:
    entry = Entry(
        source="a",
        title="甲",
        url="https://finance.sina.com.cn/x/2026-10-08/doc-inexample1234567.shtml",
        guid="tag:1",
    )
    assert keys_of(entry)[0] == "comos:nexample1234567"
    assert "guid:a:tag:1" in keys_of(entry)


def test_a_post_is_known_by_title_and_time_so_that_a_new_text_is_a_revision() -> None:
    when = datetime(2026, 10, 8, tzinfo=UTC)
    first = Entry(source="a", title="甲", published=when, body="一")
    second = Entry(source="a", title="甲", published=when, body="二")
    assert keys_of(first)[0] == keys_of(second)[0]
    assert keys_of(first)[0] != keys_of(Entry(source="a", title="乙", published=when))[0]


def test_ids_are_twelve_typable_characters() -> None:
    ids = {id_of(f"comos:n{n}") for n in range(2000)}
    assert len(ids) == 2000
    assert all(len(name) == 12 and name.isalnum() for name in ids)
