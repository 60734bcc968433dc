"""Every format of files: hostile titles, tags, notes and texts stay text, and what is written can be read."""

import csv
import io
import json
import re
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

from feeds.attachments import MEDIA_TYPES
from feeds.controls import drop_controls
from feeds.export.csvtext import MARK
from feeds.export.files import FORMATS, FileFormat, file_name, format_named, proposed_name
from feeds.model import BEIJING, Article, Attachment, Block, Document, Flags, Goal, Group, Item, Plan, Span, Target
from tests.compare.conftest import demo_articles

KEY = "https://a.example/1"
NOW = datetime(2026, 11, 30, 12, 0, tzinfo=BEIJING)
OF_ARTICLES = [form for form in FORMATS if form.of == "articles"]
HOSTILE = (
    "=1+1",
    "\x1b]52;c;cm0gLXJm\x07甲",
    "\x9b2J乙",
    "丙\u202e丁\u2066",
    "</title></p><script>alert(1)</script>",
    "]]>&amp;\"'`<!--",
    "../../etc/passwd",
    "\\..\\C:\\con",
    "戊\n---\n- 己\r\n# 庚",
    "@SUM(A1)\t辛",
    "\x00\ufffe\ud800壬",
)


def hostile_article(text: str) -> Article:
    span = Span(0, 0, 2)
    plan = Plan(
        documents=(Document(text, (text,), text, span),),
        groups=(Group(text, 2, span, (Item(text, span, (Item(text, span),)), Item("甲", span))),),
        goals=(Goal(text, text, span),),
        targets=(Target(text, "ge", "up", text, text, "2030", text, span),),
        agencies=(text,),
        code=text,
    )
    return Article(
        id="0a1b", keys=(text,), title=text, published=NOW, seen=NOW, url=f"javascript:{text}", guid=text,
        sources=(text,), categories=((text, text),), origin=text, author=text, keywords=(text,), summary=text,
        headimg=text, plan=plan,
        attachments=(
            Attachment(text, f"javascript:{text}", text, 7),
            Attachment(text, f"https://a.example/{text}.pdf", "pdf", 9),
        ),
        blocks=(
            Block(text, strong=((0, 1), (1, 2))), Block(f"{text} | {text}", "row"), Block(text, "item", 2),
            Block(text, "heading", 3), Block(text, "caption"),
        ),
    )  # fmt: skip


def written(form: FileFormat, *articles: Article, flags: Flags = Flags()) -> str:  # noqa: B008 -- a frozen value
    parts = form.between.join(form.part(article, flags) for article in articles)
    return form.head(articles[0].title, NOW) + parts + form.tail


@pytest.mark.parametrize("form", OF_ARTICLES, ids=lambda form: form.name)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_leaves_its_place(form: FileFormat, text: str) -> None:
    article, flags = hostile_article(text), Flags(starred=True, tags=(text,), note=text)
    for out in (written(form, article, article, flags=flags), form.whole(article, flags, NOW)):
        plain = out.removeprefix(MARK)
        assert all(drop_controls(line) == line for line in plain.split("\n"))
        assert "\ufffe" not in plain or form.name in ("md", "txt", "plan-md", "markmap", "plan-json", "plan-csv")
        plain.encode()
        if form.suffix in (".opml", ".atom"):
            ET.fromstring(plain)  # noqa: S314 -- our own text
            assert "<script" not in plain
        if form.name == "html":
            assert set(re.findall(r"<(\w+)", plain)) <= {
                "html", "head", "meta", "title", "style", "body", "article", "h1", "p", "strong", "table", "tr", "td",
                "ul", "li", "h4", "em", "a",
            }  # fmt: skip
            assert {address[:18] for address in re.findall(r'<a href="([^"]*)', plain)} == {"https://a.example/"}
        if form.name == "plan-csv":
            rows = list(csv.reader(io.StringIO(plain, newline="")))
            assert all(not re.match(r"[=+\-@\t\r]", cell) for row in rows for cell in row)
            assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("text", [*HOSTILE, "", "。" * 300, "甲" * 300, "NUL", "~", "\U0001f600" * 90])
@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_file_name_stays_in_its_folder(form: FileFormat, text: str) -> None:
    for name in (file_name(hostile_article(text), form.suffix), proposed_name(text, "2026-11-30", form.suffix)):
        assert re.fullmatch(r"[\w.\-]+", name)
        assert ".." not in name
        assert not name.startswith((".", "-"))
        assert len(name.encode()) < 230
        assert drop_controls(name) == name


def test_a_whole_outline_says_every_part_of_a_plan() -> None:
    for article in demo_articles().values():
        plan = article.plan
        words = [document.title for document in plan.documents] + [goal.text for goal in plan.goals]
        words += [target.indicator for target in plan.targets]
        words += [item.title for group in plan.groups for item in group.items]
        for name in ("plan-md", "markmap", "opml", "plan-csv", "plan-json"):
            text = format_named(name).whole(article, Flags(), NOW)
            said = re.sub(r"\\([^\\])", r"\1", text.replace("&quot;", '"').replace("&amp;", "&"))
            assert [word for word in words if word not in said] == [], name


def test_several_plans_are_one_array() -> None:
    articles = list(demo_articles().values())[:3]
    form = format_named("plan-json")
    assert [told["title"] for told in json.loads(written(form, *articles))] == [one.title for one in articles]
    alone = json.loads(form.whole(articles[0], Flags(), NOW))
    assert alone["id"] == articles[0].id
    assert alone["paragraphs"] == articles[0].paragraphs


def test_a_feed_has_an_entry_for_each_article_with_its_text() -> None:
    articles = list(demo_articles().values())
    feed = ET.fromstring(written(format_named("atom"), *articles))  # noqa: S314 -- our own text
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}title") for entry in entries] == [article.title for article in articles]
    assert len({entry.findtext(f"{atom}id") for entry in entries}) == len(articles)
    assert all((entry.findtext(f"{atom}content") or "").startswith("<") for entry in entries)


def test_the_note_of_a_reader_is_exported() -> None:
    article = next(iter(demo_articles().values()))
    flags = Flags(note="先看第二条。\n<再问>")
    for name in ("md", "txt", "html"):
        assert "先看第二条。" in format_named(name).whole(article, flags, NOW)
    assert "&lt;再问&gt;" in format_named("html").whole(article, flags, NOW)


def test_attachments_are_in_the_text_the_page_and_the_feed() -> None:
    files = (
        Attachment("附件1 <表>", "https://a.example/b.xlsx?a=1&b=2", "xlsx", 2_500),
        Attachment("目录", KEY, "file"),
    )
    article = Article(id="1", keys=(KEY,), title="甲", published=NOW, seen=NOW, attachments=files)
    text = written(format_named("txt"), article)
    assert text.splitlines()[-4:] == ["↓ 附件1 <表> (XLSX, 2.5 kB)", files[0].url, "↓ 目录", KEY]
    page = written(format_named("html"), article)
    assert '<a href="https://a.example/b.xlsx?a=1&amp;b=2">附件1 &lt;表&gt; (XLSX, 2.5 kB)</a>' in page
    feed = ET.fromstring(written(format_named("atom"), article))  # noqa: S314 -- our own
    links = [dict(link.attrib) for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
    of_sheet = {"type": MEDIA_TYPES["xlsx"], "length": "2500", "title": "附件1 <表>"}
    assert links == [
        {"rel": "enclosure", "href": files[0].url, **of_sheet},
        {"rel": "enclosure", "href": KEY, "title": "目录"},
    ]
