"""No string enters that could control a terminal or hide from the reader."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parse.safety import clean, link_of, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb\x1b[0mc", "abc"),
        ("a\x9b31mb", "ab"),
        ("a\x1b]8;;http://x\x1b\\b\x1b]8;;\x07c", "abc"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1bPq#0\x1b\\b", "ab"),
        ("a\x1b]未完的一行", "a未完的一行"),
        ("文\u202e件\u2066名\u2069", "文件名"),
        ("政\u200b策\ufeff新\u2060闻\u00ad", "政策新闻"),
        ("填\ue5e5充", "填充"),
        ("半\ud800个", "半个"),
        ("旗\U000e0067", "旗"),
        ("a\x00b\x7fc\x85d", "abc d"),
        ("一\u2028二\t三\r\n四\u3000五\xa0六", "一 二 三 四 五 六"),
        ("A&nbsp;&amp;&#20013;", "A &中"),
        ("R&D; AT&T &unknown;", "R&D; AT&T &unknown;"),
        ("z\u0301\u0302\u0303\u0304\u0305", "z\u0301\u0302\u0303"),
        ("　　缩进　", "缩进"),
        ("&#27;[31m红", "[31m红"),
    ],
)
def test_characters_that_control_or_hide_are_removed(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_long_text_is_cut_with_a_mark() -> None:
    assert clean("政" * 100, 10) == "政" * 9 + "…"
    assert clean("政" * 10, 10) == "政" * 10


@given(st.text())
def test_unprintable_characters_are_removed(text: str) -> None:
    shown = clean(text)
    assert not {unicodedata.category(letter) for letter in shown} & {"Cc", "Cs", "Co", "Zl", "Zp"}
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff")
    assert shown == " ".join(shown.split())
    shown.encode()


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
def test_chinese_is_left_alone(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        (" http://a.example/一 二 ", "http://a.example/一%20二"),
        ("//n.sinaimg.cn/a.jpg", "https://n.sinaimg.cn/a.jpg"),
        ("/x", "https://feeds.example/x"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,x", ""),
        ("http://", ""),
        ("http://[", ""),
        ("", ""),
        (None, ""),
        (7, ""),
        ("https://a.example/" + "x" * 5000, ""),
        ("https://a.example/\x1b[31m", "https://a.example/"),
    ],
)
def test_only_web_addresses_are_links(address: object, link: str) -> None:
    assert link_of(address, "https://feeds.example/a") == link


@pytest.mark.parametrize(
    "text",
    [
        "👩‍🚒 消防员",
        "☑️ 已办 ☎︎",
        "7️⃣ #️⃣ 项",
        "🏳️‍🌈🏴‍☠️❤️‍🔥",
        "👋🏾 🧑🏼‍🤝‍🧑🏿",
        "🇨🇳🇭🇰",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "می‌شود",
        "क्‍ष න්‍ය র‌্যা",
        "辻\U000e0100 神\ufe00",
        "ᠠ᠋ᠨ",
    ],
)
def test_joiners_and_selectors_stay_if_they_change_the_text(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("财\u200d政\u200c部", "财政部"),
        ("a\u200db\ufe0fc", "abc"),
        ("3\ufe0f项", "3项"),
        ("👨\u200b\u200d\u2060👩", "👨👩"),
        ("\u200d👨\u200d", "👨"),
        ("👨\u200d\u200d👩", "👨👩"),
        ("🏴\U000e0067文", "🏴文"),
        ("👨\u202e\ufe0f", "👨"),
        ("م\u200c文", "م文"),
    ],
)
def test_joiners_and_selectors_are_removed_elsewhere(text: str, shown: str) -> None:
    assert clean(text) == shown
