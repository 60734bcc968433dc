"""Posts of zhengwen's own form: what is written reads back to the same article, and a hostile file stays harmless."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from feeds.assembly import article_of_post
from feeds.controls import drop_controls
from feeds.identity import id_of
from feeds.model import BEIJING, Article, Attachment, Block, BlockKind, Flags, Instead
from feeds.plan import plan_of
from feeds.posts import kept_post, post_text
from feeds.posts.spelling import spelling_of, text_of_spelling
from tests.compare.conftest import demo_articles

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=BEIJING)
KEY = "https://news.example/1.html"


def article_with(*blocks: Block, **values: object) -> Article:
    given_values = {"id": id_of(KEY), "keys": (KEY,), "title": "通知", "published": NOW, "seen": NOW, **values}
    return Article(**given_values, blocks=blocks)  # type: ignore[arg-type]


def read_again(article: Article, flags: Flags = Flags()) -> tuple[Article, Flags]:  # noqa: B008 -- a frozen value
    kept = kept_post(post_text(article, flags).encode())
    assert kept is not None
    return article_of_post(kept, NOW + timedelta(hours=1)), kept.flags


words = st.text(
    st.one_of(
        st.sampled_from("甲乙。，*_`|\\#-+=1.)<>[]{}&~ \t!:"),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp")),
    ),
    max_size=24,
).filter(lambda text: drop_controls(text) == text)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    text = draw(st.one_of(words, st.lists(words, min_size=2, max_size=3).map(" | ".join)))
    borders = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    kind: BlockKind = draw(st.sampled_from(("text", "heading", "item", "row", "caption")))
    level = draw(st.integers(0, 8)) if kind in ("heading", "item") else draw(st.sampled_from((0, 0, 2)))
    return Block(text, kind, level, tuple(zip(borders[::2], borders[1::2], strict=False)))


@settings(max_examples=60)
@given(st.lists(blocks(), max_size=5))
def test_paragraphs_read_back(found: list[Block]) -> None:
    assert read_again(article_with(*found))[0].blocks == tuple(found)


times = st.datetimes(datetime(1990, 1, 1), NOW.replace(tzinfo=None)).map(  # noqa: DTZ001 -- gets its zone here
    lambda when: when.replace(tzinfo=BEIJING)
)


@settings(max_examples=60)
@given(
    title=words.filter(bool), summary=words, keywords=st.lists(words, max_size=3), published=times, updated=times,
    seen=times, dated=st.booleans(), flash=st.booleans(), read=st.booleans(), starred=st.booleans(),
    note=words.map(lambda text: f"{text.strip()}\n重点".strip()),
    tags=st.lists(words.map(str.strip).filter(bool), max_size=3, unique=True),
)  # fmt: skip
def test_data_and_marks_read_back(
    *, title: str, summary: str, keywords: list[str], published: datetime, updated: datetime, seen: datetime,
    dated: bool, flash: bool, read: bool, starred: bool, note: str, tags: list[str],
) -> None:  # fmt: skip
    article = article_with(
        title=title, summary=summary, keywords=tuple(keywords), published=published, updated=updated, seen=seen,
        dated=dated, flash=flash, categories=(("宏观", "产业"), ("国内",)), sources=("国内",), instead=Instead("pdf"),
        attachments=(Attachment(title, "https://news.example/a.pdf?x=1", "pdf", 7), Attachment("乙", KEY, "file")),
        url="https://news.example/1.html?a=1", keys=(KEY, "guid:国内:7"), guid="7", author=title, origin="[甲] # 乙",
    )  # fmt: skip
    flags = Flags(read, starred, tuple(tags), apart=False, note=note)
    again, marks = read_again(article, flags)
    assert again == structs.replace(article, plan=plan_of(article))
    assert marks.tags == flags.tags
    assert (marks.read, marks.starred, marks.note.split()) == (read, starred, note.split())


def test_every_article_of_the_demo_reads_back_with_its_plan() -> None:
    for slug, article in demo_articles().items():
        kept = structs.replace(article, id=id_of(slug), keys=(slug,))
        later = article_of_post(kept_post(post_text(kept).encode()) or pytest.fail(slug), NOW + timedelta(days=9))
        assert later == kept, slug


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('[{"name":"甲","url":"javascript:a.pdf","kind":"pdf","size":1}]', ()),
        ('[{"name":"甲","url":"https://a.example/a.pdf","kind":"; rm","size":-1}]',
         (Attachment("甲", "https://a.example/a.pdf", "file"),)),
        ('[{"name":"' + "长" * 999 + '","url":"https://a.example/a.pdf","kind":"pdf"}]',
         (Attachment("长" * 200, "https://a.example/a.pdf", "pdf"),)),
    ],
)  # fmt: skip
def test_attachments_of_a_written_file_are_bounded(written: str, kept: tuple[Attachment, ...]) -> None:
    text = post_text(article_with(Block("正文"))).replace("\n---\n", f"\nattachments: {written}\n---\n", 1)
    post = kept_post(text.encode())
    assert post is not None
    assert post.article.attachments == kept


@pytest.mark.parametrize(
    "text",
    [
        "\x1b]52;c;cm0=\x07甲",
        "甲\u202e乙\u2066",
        "\x9b31m丙",
        "丁\r\n---\n戊",
        "\x00\x08己",
        "庚\u2028---\u2029辛",
        "壬\ud800",
    ],
)
def test_nothing_that_controls_a_terminal_is_written_or_read(text: str) -> None:
    article = article_with(Block(text), Block(f"{text} | {text}", "row"), title=text, author=text, keywords=(text,))
    written = post_text(article, Flags(tags=(text,), note=text))
    assert all(drop_controls(line) == line for line in written.split("\n"))
    assert written.count("\n---\n") == 1
    again, marks = read_again(article, Flags(tags=(text,), note=text))
    assert again.title == drop_controls(text)
    assert marks.tags == (drop_controls(text).strip(),)
    escaped = "".join(f"\\u{ord(char):04x}" for char in text)
    front = f'title: "甲{escaped}"\ndate: 2026-01-01T00:00:00+08:00'
    kept = kept_post(f"---\nzhengwen: 1\n{front}\n---\n\n&#27;&#155;31m&#8238;\n".encode())
    assert kept is not None
    shown = kept.article.title + kept.article.blocks[0].text
    assert drop_controls(shown) == shown


@pytest.mark.parametrize(
    "front",
    [
        "",
        "title: 甲",
        'title: "甲"',
        'title: "甲"\ndate: heute',
        'title: "甲"\ndate: 2026-01-01T00:00:00',
        "title: {}\ndate: 2026-01-01T00:00:00Z",
        'title: "甲"\ndate: 2026-01-01T00:00:00Z\nread: "yes"',
        'title: "甲"\ndate: 2026-01-01T00:00:00Z\nkeys: 7',
        "title: " + "[" * 9000,
    ],
)
def test_an_edited_file_that_fits_no_more_is_an_ordinary_post(front: str) -> None:
    assert kept_post(f"---\nzhengwen: 1\n{front}\n---\n\n甲\n".encode()) is None


def test_an_address_of_no_web_page_is_left_out() -> None:
    front = 'title: "x"\ndate: 2026-01-01T00:00:00Z\nlink: "file:///etc/passwd"\nheadimg: "javascript:1"'
    kept = kept_post(f"---\nzhengwen: 1\n{front}\n---\n".encode())
    assert kept is not None
    assert (kept.article.url, kept.article.headimg) == ("", "")


@pytest.mark.parametrize(
    "text",
    ["- 甲", "1. 甲", "12) 甲", "# 甲", "> 甲", "| 甲 |", "---", "===", "<b>甲</b>", "  甲  ", "[甲](乙)", "a*b_c`d"],
)
def test_markdown_shows_the_text_itself(text: str) -> None:
    assert text_of_spelling(spelling_of(text)) == (text, ())
    assert spelling_of(text) != text
