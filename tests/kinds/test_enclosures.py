"""Files beside the items of feeds: of RSS, Atom, `media:content` and JSON Feed, in both ways of reading XML."""

import json
from typing import Any

import pytest

from feeds.attachments import ATTACHMENTS_LIMIT
from feeds.kinds.rss.reading import entries_of
from feeds.model import Attachment, Entry, Page, Source
from feeds.poller.source_list import stamp_of

SOURCE = Source(name="公告", kind="rss", url="https://gov.example/list/feed.xml")
UNUSUAL = "<x:kept xmlns:x='urn:x'><x:more/></x:kept>"  # only feedparser reads a feed that has this


def entry_of(text: str) -> Entry:
    (entry,) = entries_of(Page(url=SOURCE.url, body=text.encode()), SOURCE)
    return entry


def rss(inside: str) -> Entry:
    return entry_of(
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>公告</title>'
        f"<item><title>通告</title><link>https://gov.example/a/1.html</link>{inside}</item></channel></rss>"
    )


def atom(inside: str) -> Entry:
    return entry_of(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>公告</title><entry><id>urn:x:1</id><title>通告</title>'
        f'<link href="https://gov.example/a/1.html"/>{inside}</entry></feed>'
    )


def json_feed(*attachments: Any) -> Entry:
    item = {"id": "1", "title": "通告", "url": "https://gov.example/a/1.html", "attachments": attachments}
    return entry_of(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "公告", "items": [item]}))


@pytest.mark.parametrize("unusual", ["", UNUSUAL])
@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (
            '<enclosure url="https://gov.example/f/a.pdf" length="2048" type="application/pdf"/>',
            Attachment("a.pdf", "https://gov.example/f/a.pdf", "pdf", 2048),
        ),
        (
            '<enclosure url="https://gov.example/f/%E8%A1%A8.xlsx" length="-1" type="application/octet-stream"/>',
            Attachment("表.xlsx", "https://gov.example/f/%E8%A1%A8.xlsx", "xlsx"),
        ),
        (
            '<enclosure url="https://gov.example/down?id=7" length="9 kB" type="application/msword; charset=x"/>',
            Attachment("down", "https://gov.example/down?id=7", "doc"),
        ),
        (
            '<media:content url="https://gov.example/f/b.ofd" fileSize="77" type="application/ofd"/>',
            Attachment("b.ofd", "https://gov.example/f/b.ofd", "ofd", 77),
        ),
        (
            '<enclosure url="https://gov.example/f/data.bin" type="application/octet-stream"/>',
            Attachment("data.bin", "https://gov.example/f/data.bin", "file"),
        ),
    ],
)
def test_a_file_beside_an_item_of_rss_is_kept(element: str, expected: Attachment, unusual: str) -> None:
    assert rss(element + unusual).attachments == (expected,)


@pytest.mark.parametrize(
    "element",
    [
        '<enclosure url="https://gov.example/f/a.jpg" length="9" type="image/jpeg"/>',
        '<enclosure url="https://gov.example/f/a.pdf" length="9" type="image/png"/>',
        '<enclosure url="https://gov.example/f/a.mp3" length="9" type="audio/mpeg"/>',
        '<enclosure url="https://gov.example/f/a.mp4" length="9" type="application/octet-stream"/>',
        '<enclosure url="javascript:alert(1)//a.pdf" length="9" type="application/pdf"/>',
        '<enclosure url="file:///etc/a.pdf" length="9" type="application/pdf"/>',
        '<enclosure length="9" type="application/pdf"/>',
        '<media:content url="https://gov.example/live" type="application/x-mpegURL"/>',
        '<media:content url="https://gov.example/v" medium="video"/>',
    ],
)
def test_pictures_films_and_addresses_outside_the_web_are_no_attachments(element: str) -> None:
    assert rss(element).attachments == ()


def test_a_picture_beside_a_file_stays_the_picture_of_the_article() -> None:
    entry = rss(
        '<media:content url="https://gov.example/p.jpg" type="image/jpeg"/>'
        '<enclosure url="https://gov.example/f/a.zip" length="5" type="application/zip"/>'
    )
    assert (entry.headimg, [one.kind for one in entry.attachments]) == ("https://gov.example/p.jpg", ["zip"])


@pytest.mark.parametrize("unusual", ["", UNUSUAL])
def test_an_enclosure_of_atom_has_its_title_as_name(unusual: str) -> None:
    link = '<link rel="enclosure" href="https://gov.example/f/{}" title="{}" length="10" type="application/pdf"/>'
    entry = atom(link.format("a.pdf", "  附件1：&lt;b&gt;目录&#x202e; ") + link.format("b.pdf", "点击下载") + unusual)
    assert [one.name for one in entry.attachments] == ["附件1：<b>目录", "b.pdf"]
    assert entry.url == "https://gov.example/a/1.html"


@pytest.mark.parametrize(
    ("size", "kept"), [(3, 3), ("4", 4), (0, 0), (-5, 0), (True, 0), (1.5, 0), ("９", 0), ("1" * 5000, 0), (10**40, 0)]
)
def test_a_size_of_json_feed_is_a_number_of_bytes_or_unknown(size: object, kept: int) -> None:
    entry = json_feed({"url": "/f/c.docx", "mime_type": "application/x", "size_in_bytes": size, "title": ["x"]})
    assert entry.attachments == (Attachment("c.docx", "https://gov.example/f/c.docx", "docx", kept),)


def test_attachments_of_json_feed_that_are_none_are_passed_over() -> None:
    assert json_feed(None, 5, "a.pdf", {}, {"url": 3}, {"url": "a.png", "mime_type": "image/png"}).attachments == ()


def test_number_and_names_are_bounded() -> None:
    entry = json_feed(*({"url": f"/f/{n}.pdf", "title": "长" * 9000} for n in range(2000)))
    assert len(entry.attachments) == ATTACHMENTS_LIMIT
    assert {len(one.name) for one in entry.attachments} == {200}
    assert json_feed({"url": f"/f/{'x' * 3000}.pdf"}).attachments == ()


def test_a_new_file_changes_what_the_feed_says_and_a_new_token_does_not() -> None:
    link = '<enclosure url="https://gov.example/f/a.pdf{}" length="1" type="application/pdf"/>'
    assert stamp_of(rss(link.format(""))) == stamp_of(rss(link.format("?token=2")))
    assert stamp_of(rss(link.format(""))) != stamp_of(rss(""))
