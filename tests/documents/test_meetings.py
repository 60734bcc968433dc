"""Reports of meetings: with several matters, a document has only the paragraphs that name it."""

import pytest
from msgspec.structs import replace

from feeds.documents import is_about_one
from feeds.documents.meetings import is_of_several_matters
from feeds.model import Article, Document, Goal, Plan, Span
from feeds.targets import statements_of
from tests.archive.conftest import small

SEVERAL = (
    "国务院常务会议召开，研究渡口安全举措，听取航标修复情况汇报，讨论通过《渡口管理条例（草案）》。",
    "交通运输部召开部务会议，审议《渡口管理条例（草案）》，部署冬季航运工作。",
    "市政府常务会议传达学习有关精神，审议通过《渡口管理条例（草案）》。",
)
ONE = (
    "国务院常务会议讨论通过《渡口管理条例（草案）》。",
    "交通运输部召开部务会议，审议《渡口管理条例（草案）》，要求抓紧落实。",
    "交通运输部印发《渡口管理条例（草案）》，部署和研究渡口安全工作。",
)
LATER = ("会议指出，今年要新建渡口300座。", "会议强调，草案要明确到2027年渡口全部改造。")


def report(opening: str) -> Article:
    found = small(opening, opening, *LATER, title="会议报道")
    title = "渡口管理条例（草案）"
    goals = (Goal("2026", "新建渡口300座", Span(1, 8, 15)), Goal("2027", "渡口全部改造", Span(2, 15, 21)))
    return replace(found, plan=Plan((Document(title, (), None, Span(0, 5, 6)),), (), goals))


@pytest.mark.parametrize("opening", SEVERAL)
def test_a_meeting_of_several_matters_gives_a_document_what_names_it(opening: str) -> None:
    article = report(opening)
    assert is_of_several_matters(article)
    assert not is_about_one(article)
    assert [bool(statement.document) for statement in statements_of(article)] == [False, True]


@pytest.mark.parametrize("opening", ONE)
def test_what_deals_with_a_document_alone_is_about_it(opening: str) -> None:
    article = report(opening)
    assert is_about_one(article)
    assert all(statement.document for statement in statements_of(article))
