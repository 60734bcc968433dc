"""The reader of plain feeds gives what feedparser gives, or leaves the document to it."""

import io
import random
from collections.abc import Mapping
from typing import Any

import feedparser
import pytest

import feeds.kinds.rss.reading
from feeds.kinds.rss.wellformed import plain_feed
from feeds.model import Page, Source

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
)
TEXTS = (
    "", "  ", "国务院印发方案", "A &amp; B", "&lt;p&gt;到2028年建成&lt;/p&gt;", "<![CDATA[<p>两项 & 三项</p>]]>",
    "\n 前后 \n", "å\x9b½", "caf\u00e9", "\u0096 到 \u0097", "一<!-- 注 -->二", "<![CDATA[一]]>二<![CDATA[三]]>",
    "&#x4e2d;&#20013;", "http://news.example/a?b=1&amp;c=2", "http:///news.example//x", "/relative/path", "plain",
    "news@example.org (某人)", "Tue, 02 Jan 2024 03:04:05 +0800", "2024-01-02T03:04:05Z",
    "https://例子.example/路径", "a&amp;lt;b&amp;copy;",
)  # fmt: skip
RSS_ITEM = (
    "<title>{}</title>", "<link>{}</link>", '<link href="http://news.example/{0}"/>', "<guid>{}</guid>",
    '<guid isPermaLink="false">{}</guid>', '<guid isPermaLink="true">{}</guid>', "<description>{}</description>",
    "<content:encoded>{}</content:encoded>", "<pubDate>{}</pubDate>", "<PubDate>{}</PubDate>", "<author>{}</author>",
    "<dc:creator>{}</dc:creator>", "<dc:date>{}</dc:date>", "<dc:subject>{}</dc:subject>", "<category>{}</category>",
    '<category domain="d">{}</category>', '<source url="http://a.example/">{}</source>', "<source>{}</source>",
    '<enclosure url="http://a.example/{0}" type="Image/PNG" length="9"/>', "<comments>{}</comments>",
    '<media:content url="http://a.example/1.png" medium="image"/>', '<media:thumbnail url="http://a.example/2.png"/>',
    "<slash:comments>{}</slash:comments>", "<title/>", "<description/>", "<content:encoded/>",
)  # fmt: skip
ATOM_ITEM = (
    "<title>{}</title>", '<title type="html">{}</title>', "<id>{}</id>", '<link href="http://news.example/x"/>',
    '<link rel="self" href="http://news.example/s"/>', '<link type="text/plain" href="http://news.example/t"/>',
    '<link rel="enclosure" type="audio/mp3" href="http://news.example/e"/>', "<summary>{}</summary>",
    '<summary type="html">{}</summary>', "<content>{}</content>", '<content type="html">{}</content>',
    '<content type="text">{}</content>', "<updated>{}</updated>", "<published>{}</published>",
    "<author><name>{}</name><email>a@b.example</email></author>", "<author><uri>{}</uri></author>",
    "<author><name>{}</name></author>", '<category term="标签" scheme="s" label="l"/>', '<category term="标签"/>',
    "<rights>{}</rights>", "<content:encoded>{}</content:encoded>", "<dc:creator>{}</dc:creator>",
    "<description>{}</description>",
)  # fmt: skip
FEED = (
    "<title>{}</title>", "<link>{}</link>", "<description>{}</description>", "<generator>{}</generator>",
    '<atom:link rel="self" href="http://news.example/feed"/>', '<atom:link href="http://news.example/{0}"/>',
    "<image><url>http://a.example/</url><title>{}</title><link>http://b.example/</link></image>", "<ttl>60</ttl>",
    "<language>zh-cn</language>", "<copyright>{}</copyright>", "<pubDate>{}</pubDate>", "<category>{}</category>",
    "<!-- 注 -->", "<managingEditor>{}</managingEditor>",
)  # fmt: skip
ATOM_FEED = (
    "<title>{}</title>", '<link href="http://news.example/"/>', "<id>{}</id>", "<updated>{}</updated>",
    '<link rel="self" href="http://news.example/feed"/>', "<subtitle>{}</subtitle>", "<generator>{}</generator>",
    "<author><name>{}</name></author>", "<logo>{}</logo>", '<category term="x"/>',
)  # fmt: skip


def by_feedparser(text: str) -> Any:
    return feedparser.parse(
        io.BytesIO(text.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def used(parsed: Any) -> list[Any]:
    """The values that the project reads, of a feed and of its items."""
    atom = parsed.version.startswith("atom")
    whole = (atom, dict.get(parsed.feed, "link") or "", str(parsed.feed.get("generator") or ""))
    return [whole, *(used_of(item, atom=atom) for item in parsed.entries)]


def used_of(item: Mapping[str, Any], *, atom: bool) -> dict[str, Any]:
    def kind_of(name: str) -> Any:
        return (dict.get(item, f"{name}_detail") or {}).get("type") if atom else None  # type: ignore[call-overload]

    found: dict[str, Any] = {name: dict.get(item, name) or "" for name in ("link", "id", "author")}  # type: ignore[call-overload]
    found |= {name: dict.get(item, name) for name in ("published", "created", "updated")}  # type: ignore[call-overload]
    found |= {name: (dict.get(item, name) or "", kind_of(name)) for name in ("title", "summary")}  # type: ignore[call-overload]
    found["content"] = [(part["value"], part["type"] if atom else None) for part in item.get("content", ())]
    found["source"] = dict(item.get("source") or {}).get("title") or ""
    found["tags"] = [tag["term"] or "" for tag in item.get("tags", ())]
    found["pictures"] = [part.get("url") for part in item.get("media_thumbnail", ())]
    found["media"] = [(part.get("url"), part.get("medium")) for part in item.get("media_content", ())]
    found["links"] = [(part.get("href"), part.get("type"), part.get("rel")) for part in item.get("links", ())]
    return found


def some(dice: random.Random, parts: tuple[str, ...], most: int) -> str:
    return "".join(dice.choice(parts).format(dice.choice(TEXTS)) for _ in range(dice.randrange(most)))


def feed_of(dice: random.Random) -> str:
    if dice.random() < 0.5:
        items = "".join(f"<item>{some(dice, RSS_ITEM, 9)}</item>" for _ in range(3))
        return f'<rss version="2.0" {NAMESPACES}><channel>{some(dice, FEED, 6)}{items}</channel></rss>'
    items = "".join(f"<entry>{some(dice, ATOM_ITEM, 9)}</entry>" for _ in range(3))
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMESPACES}>{some(dice, ATOM_FEED, 6)}{items}</feed>'


def test_what_it_reads_is_what_feedparser_reads() -> None:
    dice = random.Random(11)  # noqa: S311 -- documents, no secrets
    documents = [f'<?xml version="1.0" encoding="UTF-8"?>\n{feed_of(dice)}' for _ in range(120)]
    read = [(text, plain) for text in documents if (plain := plain_feed(text))]
    assert len(read) > 50
    for text, plain in read:
        assert used(plain) == used(by_feedparser(text)), text


@pytest.mark.parametrize(
    "item",
    [
        "<title>两<b>项</b></title>",
        '<title xml:base="http://a.example/">甲</title>',
        "<unknown>甲</unknown>",
        '<description type="application/xhtml+xml">甲</description>',
        "<title>一</title><title>二</title>",
        "<media:group><media:content url='http://a.example/'/></media:group>",
        "<author>某人<name>甲</name></author>",
        "<lastBuildDate>2024-01-02</lastBuildDate>",
        "<title>不完整",
        "<title>&nbsp;</title>",
    ],
)
def test_anything_else_is_left_to_feedparser(item: str) -> None:
    text = f'<rss version="2.0" {NAMESPACES}><channel><item>{item}</item></channel></rss>'
    assert plain_feed(text) is None


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel/></rss>',
        '<rss version="2.0"><channel><!ENTITY a "b"></channel></rss>',
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry/></feed>',
        "<feed><entry/></feed>",
        '<rss version="2.0" xmlns="http://purl.org/rss/1.0/"><channel/></rss>',
        '<rss xmlns:dc="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel/></rss>',
        '<rss version="2.0"><channel/><item/></rss>',
        "<html><body/></html>",
        "",
    ],
)
def test_a_document_of_another_kind_is_left_to_feedparser(text: str) -> None:
    assert plain_feed(text) is None


def test_a_plain_feed_needs_no_feedparser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds.kinds.rss.reading, "_parse", None)
    body = f'<rss version="2.0" {NAMESPACES}><channel><item><title>方案印发</title></item></channel></rss>'
    page = Page(url="http://news.example/feed", body=body.encode(), content_type="application/xml")
    assert [entry.title for entry in feeds.kinds.rss.reading.entries_of(page, Source(name="甲", kind="rss"))] == [
        "方案印发"
    ]
