"""Every line of a document's page leads to its sentence: what stands there is what the line shows."""

from feeds.documents import join_mentions, mentions_of, title_key
from feeds.documents.page import DocumentPage, document_page, resting_on
from feeds.model import Article, Goal, Group, Item, Target
from tests.compare.conftest import demo_articles
from tui.widgets.layout.document_outline import DocumentOutline, document_outline
from tui.widgets.layout.outline import Node

FINAL = "ministries/charging-final"


def pages_of(articles: dict[str, Article]) -> list[DocumentPage]:
    found = join_mentions([mention for article in articles.values() for mention in mentions_of(article)])
    pages = [document_page(document, articles) for document in found]
    return [
        DocumentPage(
            page.document, page.articles, page.parts, page.relations, resting_on(page.document, articles.values())
        )
        for page in pages
    ]


def quotes_of(outline: DocumentOutline, articles: dict[str, Article]) -> list[tuple[Node, str]]:
    """Each line that leads somewhere, with the text that stands there."""
    found = []
    for node in (node for root in outline.roots for node in root.walk()):
        if node.span is not None:
            text = articles[outline.articles[node]].paragraphs[node.span.p]
            found.append((node, text[node.span.start : node.span.end]))
    return found


def test_what_stands_at_a_line_of_the_demo_is_what_it_shows() -> None:
    articles = demo_articles()
    kinds = set()
    for page in pages_of(articles):
        for node, quote in quotes_of(document_outline(page), articles):
            words = {part: text for text, part in reversed(node.runs)}
            kinds |= set(words)
            if "figure" in words:
                value = words["figure"].split()[-1]
                assert bare(words["goal"]) in bare(quote)
                assert bare(value) in bare(quote) or value[0] in quote
            elif "document" in words:
                assert title_key(quote).key == title_key(words["document"]).key
            elif "number" in words:  # an article of the timeline, or one that rests on the document
                assert title_key(quote).key == title_key(page.document.title).key
            elif "group" in words and words["group"] != "List":
                assert bare(quote) in bare(words["group"]) or bare(words["group"]) in bare(quote)
            elif "goal" in words or "item" in words:
                assert bare(quote) == bare(words.get("goal", "") + words.get("item", ""))
    assert {"figure", "document", "group", "item", "goal", "number", "short", "note"} <= kinds


def bare(text: str) -> str:
    return "".join(text.split())


def test_every_part_of_the_plan_stands_on_the_page() -> None:
    articles = demo_articles()
    for page in pages_of(articles):
        outline = document_outline(page)
        placed = {(outline.articles[node], node.span) for root in outline.roots for node in root.walk() if node.span}
        for part in page.parts:
            for statement in part.statements if part.disputed else part.statements[:1]:
                for one in parts_in(statement.part):
                    if one.span and one.span.start < one.span.end:
                        assert (statement.article, one.span) in placed


def parts_in(part: Group | Goal | Target | Item) -> list[Group | Goal | Target | Item]:
    if isinstance(part, Group):
        return [part]  # its items follow from the tree of the plan
    return [part]


def test_the_page_names_stages_articles_and_disagreements() -> None:
    articles = demo_articles()
    page = next(page for page in pages_of(articles) if FINAL in {article.id for article in page.articles})
    outline = document_outline(page)
    lines = [node.text for root in outline.roots for node in root.walk()]
    assert lines[0] == "《公共充电网络提质行动方案（2027—2030年）》"
    assert any("Draft and final text  [1] → [2]" in line for line in lines)
    assert [line for line in lines if line.startswith(("consultation", "issued"))] == ["consultation  1", "issued  1"]
    assert "≥ 98%  高速公路服务区快充覆盖率  disagreeing [2]" in lines
    assert "≥ 95%  高速公路服务区快充覆盖率 [1]" in lines
    assert any(line.startswith("《公共充电桩运营管理暂行规定》") for line in lines)
    rests = next(page for page in pages_of(articles) if page.document.title == "全民健身场地设施更新提升行动方案")
    told = [node.text for root in document_outline(rests).roots for node in root.walk()]
    assert any("安徽" in line and line.endswith("Carries out") for line in told)


def test_articles_that_cannot_be_read_are_left_out() -> None:
    articles = demo_articles()
    page = next(page for page in pages_of(articles) if FINAL in {article.id for article in page.articles})
    for left in ([FINAL], []):
        fewer = document_page(page.document, {name: articles[name] for name in left})
        outline = document_outline(fewer)
        assert outline.roots[0].text == "《公共充电网络提质行动方案（2027—2030年）》"
        assert set(outline.articles.values()) == set(left)
