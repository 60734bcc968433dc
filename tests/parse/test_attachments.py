"""Links to files in the text of a page or a feed become attachments; the blocks stay as they are."""

import pytest

from feeds.attachments import ATTACHMENTS_LIMIT, joined_attachments, kind_and_size
from feeds.model import Attachment, Page
from feeds.parse import reading_of_body, reading_of_page

TEXT = "<p>现将《河道清淤办法》印发给你们，请结合实际认真执行，执行中的问题请及时反映。</p>"


def files_of(markup: str, *, before: str = "") -> list[tuple[str, str, str]]:
    page = f'<html><body>{before}<div id="zoom">{TEXT}{markup}</div></body></html>'
    reading = reading_of_page(Page(url="https://gov.example/zc/2026/1.html", body=page.encode()))
    return [(one.name, one.url, one.kind) for one in reading.attachments]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('<a href="./P1.pdf">附件1：清淤<b>名录</b></a>',
         ("附件1：清淤名录", "https://gov.example/zc/2026/P1.pdf", "pdf")),
        ('<a href="/f/b.DOCX?v=2#p">申报表</a>', ("申报表", "https://gov.example/f/b.DOCX?v=2#p", "docx")),
        ('<a href="//dl.example/c.zip">点击下载</a>', ("c.zip", "https://dl.example/c.zip", "zip")),
        ('<a href="d.ofd"><img src="ofd.gif"></a>', ("d.ofd", "https://gov.example/zc/2026/d.ofd", "ofd")),
        ('<a href="%B1%ED.xls">附件</a>', ("表.xls", "https://gov.example/zc/2026/%B1%ED.xls", "xls")),
        ("<table><tr><td>1</td><td><a href='e.wps'>样表</a></td></tr></table>",
         ("样表", "https://gov.example/zc/2026/e.wps", "wps")),
        ('<ul><li><a class="x" href="f.doc">\x1b[31m甲\u202e乙</a></li></ul>',
         ("甲乙", "https://gov.example/zc/2026/f.doc", "doc")),
    ],
)  # fmt: skip
def test_a_link_to_a_file_in_the_text_is_an_attachment(link: str, expected: tuple[str, str, str]) -> None:
    assert files_of(f"<p>{link}</p>") == [expected]


@pytest.mark.parametrize(
    "link",
    [
        "<a href=\"javascript:open('a.pdf')\">附件</a>",
        '<a href="data:application/pdf,a.pdf">附件</a>',
        '<a href="/show.html?file=a.pdf">附件</a>',
        '<a href="https://archive.zip">站点</a>',
        '<a href="/pdf/">目录</a>',
        '<a href="a.pdf.html">网页版</a>',
        '<a href="p.jpg">图</a>',
        "a.pdf",
        '<a name="a.pdf">锚</a>',
    ],
)
def test_other_links_are_left_out(link: str) -> None:
    assert files_of(f"<p>{link}</p>") == []


def test_files_outside_the_text_are_left_out() -> None:
    menu = '<div class="nav"><a href="/help.pdf">使用帮助</a></div>'
    related = '<div class="related"><a href="/old.pdf">旧办法</a></div>'
    assert files_of(related, before=menu) == []


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("附件1：名录", True),
        ("附 件", True),
        ("【附表】年度安排", True),
        ("旧办法", False),
        ("附近泵站", False),
        ("", False),
    ],
)
def test_a_file_below_the_text_is_one_if_its_link_calls_it_so(words: str, kept: bool) -> None:  # noqa: FBT001 -- a case
    page = f'<div id="zoom">{TEXT}</div><div class="share"><a href="/f/a.pdf?id=1">{words}</a></div>'
    reading = reading_of_page(Page(url="https://gov.example/zc/1.html", body=page.encode()))
    assert [one.url for one in reading.attachments] == ["https://gov.example/f/a.pdf?id=1"] * kept


def test_a_file_with_two_links_has_the_name_that_says_more() -> None:
    links = '<a href="a.pdf"><img src="i.gif"></a><a href="a.pdf?t=1">清单</a><a href="a.pdf">下载</a>'
    assert [name for name, _, _ in files_of(f"<p>{links}</p>")] == ["清单"]


def test_a_page_with_very_many_files_keeps_some() -> None:
    links = "".join(f'<a href="{n}.pdf">名录{n}</a>' for n in range(400))
    assert len(files_of(f"<p>{links}</p>")) == ATTACHMENTS_LIMIT


def test_the_text_of_a_feed_is_completed_by_the_address_of_its_article() -> None:
    reading = reading_of_body(f'{TEXT}<p><a href="q.pdf">问答</a></p>', "https://gov.example/a/2.html")
    assert reading.attachments == (Attachment("问答", "https://gov.example/a/q.pdf", "pdf"),)
    assert reading_of_body(f'{TEXT}<p><a href="q.pdf">问答</a></p>').attachments == ()
    assert [block.text for block in reading.blocks][1:] == ["问答"]


@pytest.mark.parametrize(
    ("kind", "size", "words"),
    [("pdf", 0, ["PDF"]), ("docx", 999, ["DOCX", "999 B"]), ("file", 1_234_567, ["1.2 MB"]), ("file", 0, [])],
)
def test_type_and_size_are_said_if_they_are_known(kind: str, size: int, words: list[str]) -> None:
    assert kind_and_size(Attachment("甲", "https://gov.example/a", kind, size)) == words


def test_two_lists_are_joined_file_by_file() -> None:
    first = Attachment("甲.pdf", "https://gov.example/%E7%94%B2.pdf", "pdf", 5)
    again = Attachment("名录", "https://gov.example/%E7%94%B2.pdf?t=9", "pdf")
    other = Attachment("表", "https://gov.example/down?id=2", "xls")
    third = Attachment("表", "https://gov.example/down?id=3", "xls")
    joined = (Attachment("名录", again.url, "pdf", 5), other, third)
    assert joined_attachments([first, other], [again, third]) == joined
    assert joined_attachments(joined, [first]) == (Attachment("名录", first.url, "pdf", 5), other, third)
    assert joined_attachments(joined, ()) == joined
