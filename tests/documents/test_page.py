"""The page of a document: its articles by stage, draft and final text, what it rests on and what rests on it."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from feeds.documents import join_mentions, mentions_of, title_key
from feeds.documents.page import DocumentPage, document_page, draft_and_final, resting_on, span_of_mention
from feeds.model import BEIJING, Article, Block, Document, Plan, Span
from tests.compare.conftest import demo_articles

DRAFT, FINAL = "ministries/charging-draft", "ministries/charging-final"
DAY = datetime(2026, 6, 1, 9, tzinfo=BEIJING)


def article_of(name: str, headline: str, *texts: str, days: int = 0) -> Article:
    """An article about the document that its first text names, whole in 《》."""
    title = texts[0].partition("《")[2].partition("》")[0]
    start = texts[0].index(title)
    when = DAY + timedelta(days=days)
    plan = Plan((Document(title, (), None, Span(0, start, start + len(title))),))
    blocks = tuple(map(Block, texts))
    return Article(id=name, keys=(name,), title=headline, published=when, seen=when, blocks=blocks, plan=plan)


def page_of(*articles: Article) -> DocumentPage:
    """The page of the first article's document."""
    found = join_mentions([mention for article in articles for mention in mentions_of(article)])
    mine = next(one for one in found if any(member.mention.article == articles[0].id for member in one.members))
    return document_page(mine, {article.id: article for article in articles})


def test_the_articles_stand_by_stage() -> None:
    final, draft = demo_articles()[FINAL], demo_articles()[DRAFT]
    explained = replace(final, id="explained", title="《公共充电网络提质行动方案》解读：怎么看", plan=final.plan)
    page = page_of(final, draft, explained)
    told = [(stage, [member.mention.article for member in members]) for stage, members in page.stages]
    assert told == [("consulted", [DRAFT]), ("issued", [FINAL]), ("explained", ["explained"])]
    assert page.articles[0] == draft
    assert page.article("explained").title == explained.title


@pytest.mark.parametrize(
    ("stages", "pair"),
    [
        (("征求意见稿", ""), ("0", "1")),
        (("草案", ""), ("0", "1")),
        (("送审稿", "征求意见稿", ""), ("1", "2")),
        (("", "试行"), None),
        (("征求意见稿",), None),
        (("", ""), None),
    ],
)
def test_draft_and_final_text_are_found(stages: tuple[str, ...], pair: tuple[str, str] | None) -> None:
    articles = [
        article_of(f"{n}", "渡口改造方案", f"《渡口改造方案{f'（{stage}）' if stage else ''}》全文如下。", days=n)
        for n, stage in enumerate(stages)
    ]
    page = page_of(*articles)
    assert len(page.articles) == len(stages)
    assert draft_and_final(page.document, {article.id: article for article in articles}) == pair


def test_an_article_about_two_documents_lends_neither_its_plan() -> None:
    full = demo_articles()[FINAL]
    both = replace(full, plan=replace(full.plan, documents=(*full.plan.documents, Document("船型目录"))))
    assert page_of(full).parts
    assert not page_of(both).parts


def test_what_it_rests_on_and_what_rests_on_it() -> None:
    own = article_of("a", "印发航标条例", "《航标条例》印发。", "根据《航道通则》制定。", "《航标暂行规定》同时废止。")
    again = article_of("b", "航标条例解读", "《航标条例》的依据。", "按照《航道通则》，调整范围。", days=1)
    lower = article_of("c", "某地发文", "《船闸办法》印发。", "为贯彻落实《航标条例（2026年修订）》，规定。", days=2)
    other = article_of("d", "另文", "《渡口守则》印发。", "会议还提到《航标条例》。", days=3)
    page = page_of(own, again)
    told = [(one.relation.kind, one.relation.title, one.article) for one in page.relations]
    assert told == [("rests_on", "航道通则", "a"), ("ends", "航标暂行规定", "a")]
    resting = resting_on(page.document, [own, again, lower, other])
    assert [(one.article, one.headline, one.relation.kind) for one in resting] == [("c", "某地发文", "carries_out")]
    assert lower.paragraphs[1][resting[0].relation.span.start :].startswith("航标条例")


def test_each_mention_of_the_demo_stands_where_its_article_names_the_document() -> None:
    for article in demo_articles().values():
        for mention in mentions_of(article):
            span = span_of_mention(mention, article)
            if span is None:  # the full text of a document, under its title
                assert title_key(article.title.removeprefix("全文｜")).key == mention.key.key
                continue
            text = article.paragraphs[span.p][span.start : span.end]
            assert title_key(text).key == mention.key.key
