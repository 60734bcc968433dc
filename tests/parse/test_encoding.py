"""Bytes to text under any label."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parse.encoding import text_of

TEXT = "<p>国务院办公厅印发《关于推进农村电网改造的意见》，镕、囧、㐂字亦在其中。</p>"
LABELS = ["", "text/html", *(f"text/html; charset={name}" for name in ("utf-8", "GBK", "gb2312", '"gb18030"', "x-gbk"))]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("coding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_text_is_decoded_under_any_label(coding: str, label: str) -> None:
    assert text_of(TEXT.encode(coding), label) == TEXT


@pytest.mark.parametrize("meta", ["gb2312", "utf-8"])
def test_a_label_inside_the_page_may_be_wrong_too(meta: str) -> None:
    page = f'<meta charset="{meta}">{TEXT}'
    assert text_of(page.encode("gb18030"), "") == page
    assert text_of(page.encode(), "text/html; charset=gbk") == page


def test_a_few_broken_bytes_do_not_change_utf8() -> None:
    body = TEXT.encode()
    broken = body[:30] + b"\xff" + body[30:80] + body[81:]
    assert "农村电网改造" in text_of(broken, "text/html; charset=gbk")


def test_a_few_broken_bytes_do_not_change_gb() -> None:
    body = TEXT.encode("gb18030")
    assert "农村电网改造" in text_of(body[:9] + b"\xff\xff" + body[9:], "text/html; charset=utf-8")


def test_gb_bytes_that_happen_to_be_utf8_follow_their_label() -> None:
    assert text_of("联通".encode("gb2312"), "text/plain; charset=gb2312") == "联通"


def test_another_encoding_is_believed() -> None:
    assert text_of("經濟政策與財政".encode("big5"), "text/html; charset=big5") == "經濟政策與財政"


@pytest.mark.parametrize(
    "label", ["charset=", "charset=no-such", "charset=" + "x" * 10_000, "text/html; charset=utf-8;"]
)
def test_a_senseless_label_does_no_harm(label: str) -> None:
    assert text_of(TEXT.encode(), label) == TEXT
    assert text_of(TEXT.encode("gbk", "ignore"), label).startswith("<p>国务院")


@given(st.binary(max_size=300), st.sampled_from(LABELS))
def test_no_bytes_raise(body: bytes, label: str) -> None:
    assert isinstance(text_of(body, label), str)
    assert isinstance(text_of(codecs.BOM_UTF16_LE + body, label), str)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=6))
def test_chinese_survives_both_families(text: str) -> None:
    assert text_of(text.encode(), "") == text
    assert text_of(text.encode("gb18030"), "charset=gb2312") == text
