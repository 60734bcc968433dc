"""OPML as newsboat, Miniflux and FreshRSS write it, our own out and in again, and hostile files."""

import pytest
from msgspec import structs

from feeds.errors import ParseError
from feeds.intake.opml import new_sources, opml_of, sources_in
from feeds.model import Source

NEWSBOAT = """<?xml version="1.0"?>
<opml version="1.0"><head><title>newsboat - Exported Feeds</title></head><body>
<outline type="rss" xmlUrl="https://a.example.cn/rss.xml" htmlUrl="https://a.example.cn/" title="甲网"/>
<outline type="rss" xmlUrl="exec:curl x" title="脚本"/>
</body></opml>"""
MINIFLUX = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Miniflux</title><dateCreated>Thu, 08 Oct 2026 02:00:00 UTC</dateCreated></head><body>
  <outline text="部委"><outline title="乙部 &amp; 丙部" text="乙部 &amp; 丙部" xmlUrl="https://b.example.cn/feed?a=1&amp;b=2"
   htmlUrl="https://b.example.cn" type="rss" description=""></outline></outline>
</body></opml>"""
FRESHRSS = """<?xml version="1.0" encoding="UTF-8"?>
<opml xmlns:frss="https://freshrss.org/opml" version="2.0"><head><title>FreshRSS</title></head><body>
  <outline text="地方/省"><outline text="丁省" type="rss" xmlUrl="https://d.example.cn/atom" htmlUrl="" description="x"
   frss:priority="feed"/>
   <outline text="网页" type="HTML+XPath" xmlUrl="https://e.example.cn/list" frss:xPathItem="//li"/></outline>
</body></opml>"""
OWN = (
    Source(name="国内滚动", kind="roll", channel="155/1686", category=("金融", "新浪财经"), interval=180, pages=5),
    Source(name="7x24", kind="live", channel="152", category=("金融", "新浪财经", "7x24"), interval=60, paused=True),
    Source(name='甲 "<&>', kind="rss", url="https://a.example.cn/x?b=1&c=2", category=('甲 "<&>',)),
    Source(
        name="乙",
        kind="rss",
        url="https://b.example.cn/",
        category=("部委",),
        interval=30,
        paused=True,
        page=False,
        mute=("广告", "a b"),
    ),
    Source(
        name="公告", kind="links", url="https://l.example.cn/", category=("公告",), options=(("selector", "li > a"),)
    ),
    Source(name="文稿", kind="posts", url="/home/甲/posts", category=("文稿",)),
)


@pytest.mark.parametrize(
    ("text", "found", "faults"),
    [
        (NEWSBOAT, [("甲网", "https://a.example.cn/rss.xml", ())], ["脚本: expected an http or https address"]),
        (MINIFLUX, [("乙部 & 丙部", "https://b.example.cn/feed?a=1&b=2", ("部委",))], []),
        (
            FRESHRSS,
            [("丁省", "https://d.example.cn/atom", ("地方", "省"))],
            ["网页: zhengwen does not read sources of the type HTML+XPath"],
        ),
    ],
)
def test_files_of_other_readers(text: str, found: list[tuple[str, str, tuple[str, ...]]], faults: list[str]) -> None:
    outline = sources_in(text.encode(), "f")
    assert [(source.name, source.url, source.category) for source in outline.sources] == found
    assert [str(fault) for fault in outline.faults] == faults


FORMS = {
    # newsboat -e: OPML 1.0, no text, title last, a feed without a title and one with its login
    "newsboat": ("""<?xml version="1.0"?>
<opml version="1.0"><head><title>newsboat - Exported Feeds</title></head><body>
<outline type="rss" xmlUrl="https://x.example.cn/feed" htmlUrl="" title=""/>
<outline type="rss" xmlUrl="https://u:p@y.example.cn/feed" htmlUrl="https://y.example.cn" title="某局 &lt;要闻&gt;"/>
</body></opml>""", [("https://x.example.cn/feed", ()), ("某局 <要闻>", ())]),
    # Miniflux: no type, title and text, a folder a category, an empty one
    "miniflux": ("""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Miniflux</title><dateCreated>Mon, 02 Nov 2026 08:00:00 UTC</dateCreated></head><body>
    <outline text="空"></outline>
    <outline text="宏观 &amp; 产业">
        <outline title="甲网" text="甲网" xmlUrl="https://a.example.cn/rss" htmlUrl="https://a.example.cn"></outline>
    </outline></body></opml>""", [("甲网", ("宏观 & 产业",))]),
    # FreshRSS: attributes of its own with line ends, the default category
    "freshrss": ("""<?xml version="1.0" encoding="UTF-8"?>
<opml xmlns:frss="https://freshrss.org/opml" version="2.0"><head><title>FreshRSS</title>
<dateCreated>Mon, 02 Nov 2026 08:00:00</dateCreated></head><body><outline text="未分类">
<outline text="乙网" type="rss" xmlUrl="https://b.example.cn/rss?a=1&amp;b=2" htmlUrl="https://b.example.cn/"
 description="公告&#10;通知" frss:filtersActionRead="广告&#10;intitle:招聘" frss:cssFullContent=".text &gt; p"/>
</outline></body></opml>""", [("乙网", ("未分类",))]),
    "url instead of xmlUrl": ('<opml><body><outline type="rss" url="https://c.example.cn/" text="丙"/></body></opml>',
                              [("丙", ())]),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_forms_of_other_readers(name: str) -> None:
    text, expected = FORMS[name]
    outline = sources_in(text.encode(), "f")
    assert [(source.name, source.category) for source in outline.sources] == expected
    assert outline.faults == ()


def test_out_and_in_again_gives_the_same_sources() -> None:
    again = sources_in(opml_of(OWN).encode(), "f")
    assert again.faults == ()
    named = [structs.replace(one, category=one.category or (one.name,)) for one in again.sources]
    assert named == list(OWN)
    assert new_sources(again.sources, OWN) == []


def test_one_with_the_name_of_another_gets_a_number_and_a_repeat_is_passed_over() -> None:
    feeds = [Source(name="甲", kind="rss", url=f"https://{host}.example.cn/") for host in "abba"]
    known = [Source(name="甲", kind="rss", url="https://z.example.cn/")]
    assert [(source.name, source.url[8]) for source in new_sources(feeds, known)] == [("甲 2", "a"), ("甲 3", "b")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<!DOCTYPE o [<!ENTITY a '" + "x" * 99 + "'>]><opml><body><outline text='&a;'/></body></opml>", "entities"),
        ("<!DOCTYPE o [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><opml><body>&a;</body></opml>", "entities"),
        ("<opml><body>" + "<outline text='a'>" * 60 + "</outline>" * 60 + "</body></opml>", "nested too deeply"),
        ("<opml>" * 100_000, "nested too deeply"),
        ("<opml>" + " " * 10_000_000 + "</opml>", "longer than"),
        ("<opml><body><outline", "is not XML"), ("", "is empty"), ("\ufeff \n", "is empty"), ("<rss/>", "is no OPML"),
        ("plain", "is not XML"), ("<opml>\n <body></opml>", "in line 2, column 10"),
        ("<opml>\x01</opml>", "is not XML"),
        ("<opml>&nbsp;</opml>", "is not XML"), ("<html><p>断<br></html>", "is not XML"), ('{"opml": 1}', "is not XML"),
    ],
)  # fmt: skip
def test_a_hostile_file_gets_one_clear_line(text: str, reason: str) -> None:
    with pytest.raises(ParseError, match=reason) as raised:
        sources_in(text.encode(), "f.opml")
    assert str(raised.value).startswith("f.opml: ")
    assert str(raised.value).isprintable()


def test_texts_of_a_file_cannot_control_the_terminal() -> None:
    text = "<opml><body><outline text='甲&#x202e;乙&#10;' xmlUrl='https://a.cn/'/><outline xmlUrl='https://a&#10;.cn'/></body></opml>"
    outline = sources_in(text.encode(), "f")
    assert [source.name.isprintable() for source in outline.sources] == [True]
    assert len(outline.faults) == 1
    assert str(outline.faults[0]).isprintable()


OTHER = "{declared}<opml><body><outline text='工业和信息化部要闻' xmlUrl='https://a.cn/'/></body></opml>"


@pytest.mark.parametrize("declared", ["", "GBK", "gb18030", "UTF-8", "x-none", "big5"])
@pytest.mark.parametrize("written", ["gbk", "utf-8", "utf-16", "utf-8-sig"])
def test_a_file_is_read_in_the_encoding_that_it_has_whatever_it_declares(declared: str, written: str) -> None:
    text = OTHER.format(declared=f'<?xml version="1.0" encoding="{declared}"?>' if declared else "")
    assert [source.name for source in sources_in(text.encode(written), "f").sources] == ["工业和信息化部要闻"]


def test_of_many_outlines_that_cannot_be_read_the_first_are_named_and_all_are_counted() -> None:
    bad = "".join(f"<outline text='源{number}' xmlUrl='ftp://a.cn/{number}'/>" for number in range(3000))
    outline = sources_in(f"<opml><body>{bad}</body></opml>".encode(), "f")
    assert (outline.sources, len(outline.faults), outline.unread) == ((), 20, 3000)
