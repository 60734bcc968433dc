"""Which mentions are one document: by which rule, and what is kept apart."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.documents import DocumentMention, JoinedDocument, Separation, join_mentions, mentions_of, separations_from
from feeds.documents.joining import SHORT
from feeds.model import BEIJING, Article, Block, Document, Plan, Span
from tests.compare.conftest import demo_articles, gold_articles

CASES = Path(__file__).with_name("joining_cases.tsv")
DAY = datetime(2026, 6, 1, 9, tzinfo=BEIJING)


def article_of(
    name: str, title: str, *issuers: str, number: str | None = None, days: int = 0, headline: str = ""
) -> Article:
    when = DAY + timedelta(days=days)
    plan = Plan((Document(title, issuers, number, Span(0, 0, len(title))),))
    return Article(
        id=name, keys=(name,), title=headline or title, published=when, seen=when, blocks=(Block(title),), plan=plan
    )


def documents_of(*articles: Article, separations: Sequence[Separation] = ()) -> list[list[str]]:
    found = join_mentions([mention for article in articles for mention in mentions_of(article)], separations)
    return sorted([member.mention.article for member in document.members] for document in found)


def cases() -> list[tuple[str, ...]]:
    """The lines of joining_cases.tsv: one or two documents, the rule, two mentions."""
    lines = CASES.read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def article_of_case(name: str, mention: str, days: int) -> Article:
    """The article of a case: title, issuers, number and headline, parted by bars."""
    title, issuers, number, headline = (*mention.split("|"), "", "", "")[:4]
    named = issuers.split("、") if issuers else []
    return article_of(name, title, *named, number=number or None, headline=headline, days=days)


@pytest.mark.parametrize(("verdict", "rule", "first", "second"), cases())
def test_two_mentions_are_one_document_or_two_by_this_rule(verdict: str, rule: str, first: str, second: str) -> None:
    for names in ("ab", "ba"):
        pair = [article_of_case(names[0], first, 0), article_of_case(names[1], second, 1)]
        found = join_mentions([mention for article in pair for mention in mentions_of(article)])
        assert len(found) == (1 if verdict == "one" else 2)
        if verdict == "one":
            assert found[0].members[1].rule == rule
        elif rule != "other title":
            assert rule in {refusal for document in found for refusal in document.refused}


WHOLE, SHORT_TITLE = "“十四五”航标联网提升规划", "航标联网提升规划"


def test_a_short_title_is_joined_only_where_it_cannot_mean_another_document() -> None:
    whole = article_of("a", WHOLE, "交通运输部")
    short = article_of("b", SHORT_TITLE, "交通运输部", days=2)
    other = article_of("c", "沿海航标联网提升规划", "交通运输部", days=1)
    assert documents_of(whole, short) == documents_of(short, whole) == [["a", "b"]]
    assert documents_of(whole, replace(short, published=DAY + timedelta(days=4))) == [["a"], ["b"]]
    assert documents_of(whole, short, other) == [["a"], ["b"], ["c"]]  # it fits two
    span = Span(0, 0, 8)
    titles = (Document(SHORT_TITLE, (), None, span), Document(WHOLE, (), None, span))
    both = replace(article_of("d", "航标联网", days=1), plan=Plan(titles))
    assert documents_of(whole, short, both) == [["a", "d"], ["d", "b"]]  # an article tells the two apart


def test_a_short_title_takes_all_its_articles_along_and_leaves_the_whole_title() -> None:
    whole = article_of("a", WHOLE, "交通运输部", days=1)
    first, second = (article_of(name, SHORT_TITLE, "交通运输部", days=days) for name, days in (("b", 0), ("c", 40)))
    (document,) = join_mentions([mention for article in (whole, first, second) for mention in mentions_of(article)])
    assert [(member.mention.article, member.rule) for member in document.members] == [
        ("b", SHORT), ("a", "first"), ("c", SHORT)
    ]  # fmt: skip
    assert document.title == WHOLE
    assert document.key == f"a {WHOLE}"
    apart = separations_from(document, f"b {SHORT_TITLE}")
    assert documents_of(whole, first, second, separations=apart) == [["a"], ["b"], ["c"]]


def test_a_short_of_a_short_title_is_the_longest() -> None:
    titles = ("沿海航标联网提升发展规划", "沿海航标联网提升规划", SHORT_TITLE)
    assert documents_of(
        *(article_of(name, title, "交通运输部") for name, title in zip("abc", titles, strict=True))
    ) == [["a", "b", "c"]]


def test_a_report_of_every_year_is_another_one_each_year() -> None:
    one, other = article_of("a", "政府工作报告"), article_of("b", "政府工作报告", days=365)
    assert documents_of(one, other) == [["a"], ["b"]]


def test_an_article_that_names_no_issuer_joins_the_nearest_of_two_places() -> None:
    one = article_of("a", "渡口改造方案", "安徽省人民政府")
    other = article_of("b", "渡口改造方案", "江西省人民政府", days=30)
    for days, joined in ((2, [["a", "c"], ["b"]]), (28, [["a"], ["c", "b"]])):
        assert documents_of(one, other, article_of("c", "渡口改造方案", days=days)) == joined


def test_one_number_is_one_document_under_any_title() -> None:
    one = article_of("a", "关于改造渡口的意见", number="国办发〔2026〕7号")
    other = article_of("b", "渡口改造意见", number="国办发〔2026〕 7号")
    assert documents_of(one, other) == [["a", "b"]]


def test_a_wrong_joining_is_taken_apart_and_stays_so() -> None:
    one, other, third = (article_of(name, "渡口改造方案", days=days) for days, name in enumerate("abc"))
    (first,), (second,) = (list(mentions_of(article)) for article in (one, other))
    apart = [Separation(second.name, first.name)]
    assert documents_of(one, other, separations=apart) == [["a"], ["b"]]
    assert documents_of(other, third, one, separations=apart) == [["a", "c"], ["b"]]
    assert documents_of(one, other, third) == [["a", "b", "c"]]


titles = st.sampled_from(
    ("渡口改造方案", "渡口改造方案（草案）", "航标条例", "渡口改造方案（2026—2030年）", "渡口改造方案（2021年）")
)
bodies = st.sampled_from(((), ("安徽省人民政府",), ("江西省人民政府",), ("交通运输部",)))


@given(st.lists(st.tuples(titles, bodies), max_size=7), st.randoms())
def test_the_order_of_the_articles_does_not_matter(parts: list[tuple[str, tuple[str, ...]]], random: object) -> None:
    articles = [article_of(f"{number}", title, *who, days=number) for number, (title, who) in enumerate(parts)]
    found = documents_of(*articles)
    assert sorted(name for names in found for name in names) == sorted(article.id for article in articles)
    assert documents_of(*reversed(articles)) == found


@pytest.mark.parametrize(
    ("headline", "title", "stage"),
    [
        ("渡口改造方案公开征求意见", "渡口改造方案（征求意见稿）", "consulted"),
        ("国务院常务会议讨论渡口条例", "渡口条例（草案）", "deliberated"),
        ("三部门印发渡口改造方案", "渡口改造方案", "issued"),
        ("渡口改造方案解读：三个看点", "渡口改造方案", "explained"),
        ("贯彻落实渡口改造方案 首批渡口开工", "渡口改造方案", "implemented"),
    ],
)
def test_the_stage_is_the_articles(headline: str, title: str, stage: str) -> None:
    (mention,) = mentions_of(article_of("a", title, headline=headline))
    assert mention.stage == stage


def of_several(articles: dict[str, Article]) -> list[list[str]]:
    mentions: list[DocumentMention] = [mention for article in articles.values() for mention in mentions_of(article)]
    found: tuple[JoinedDocument, ...] = join_mentions(mentions)
    assert sum(len(document.members) for document in found) == len(mentions)
    return [[member.mention.article for member in document.members] for document in found if len(document.members) > 1]


def test_in_the_demo_the_draft_and_the_final_text_are_one_document_and_no_others() -> None:
    assert of_several(demo_articles()) == [["ministries/charging-draft", "ministries/charging-final"]]


def test_in_the_labelled_posts_no_document_is_wrongly_one_or_two() -> None:
    """A careful reader finds two documents that two posts each speak of."""
    if not gold_articles():
        pytest.skip("no gold set beside this checkout")
    assert sorted(map(sorted, of_several(gold_articles()))) == [["005", "009"], ["025", "055"]]
