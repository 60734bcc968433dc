from datetime import UTC, datetime, timedelta

import pytest

from feeds.assembly import article_of
from feeds.identity import id_of
from feeds.model import Block, Entry, Reading

SEEN = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
EARLIER = SEEN - timedelta(hours=2)
BLOCKS = (Block("国务院印发《数据要素三年行动方案》，提出两大任务。"), Block("一是建设平台。"), Block("二是健全制度。"))


def test_the_data_of_the_feed_come_before_those_of_the_page() -> None:
    entry = Entry(source="部委动态", title="方案印发", origin="新华社", published=EARLIER, keywords=("数据",))
    reading = Reading(title="方案印发了", origin="人民网", published=SEEN, editor="某编辑", keywords=("数据", "要素"))
    article = article_of(entry, reading, SEEN, ("金融", "部委动态"))
    assert (article.title, article.origin, article.published) == ("方案印发", "新华社", EARLIER)
    assert (article.editor, article.keywords) == ("某编辑", ("数据", "要素"))
    assert article.categories == (("金融", "部委动态"),)


def test_the_page_fills_what_the_feed_lacks() -> None:
    reading = Reading(title="方案印发", origin="人民网", published=EARLIER, url="https://example.cn/1", headimg="h.png")
    article = article_of(Entry(source="a", title=""), reading, SEEN)
    assert (article.title, article.origin, article.published) == ("方案印发", "人民网", EARLIER)
    assert (article.url, article.headimg, article.dated) == ("https://example.cn/1", "h.png", True)


def test_an_article_without_a_time_is_dated_when_it_was_seen() -> None:
    article = article_of(Entry(source="a", title="方案"), Reading(), SEEN)
    assert (article.published, article.dated) == (SEEN, False)


def test_a_time_far_in_the_future_is_not_believed() -> None:
    entry = Entry(source="a", title="方案", published=SEEN + timedelta(days=400))
    assert article_of(entry, Reading(published=EARLIER), SEEN).published == EARLIER
    assert not article_of(entry, Reading(), SEEN).dated
    soon = SEEN + timedelta(hours=8)  # a Beijing time that was taken for UTC
    assert article_of(Entry(source="a", title="方案", published=soon), Reading(), SEEN).published == soon


@pytest.mark.parametrize(
    ("listed", "printed", "title"),
    [
        ("国务院印发数据要素三年…", "国务院印发数据要素三年行动方案", "国务院印发数据要素三年行动方案"),
        ("国务院印发数据要素三年...", "国务院印发数据要素三年行动方案", "国务院印发数据要素三年行动方案"),
        ("他说……", "另一个题目", "他说……"),
        (" 国务院  印发 ", "", "国务院 印发"),
        ("", "国务院印发", "国务院印发"),
        ("", "", "国务院印发《数据要素三年行动方案》，提出两大任务。"),
    ],
)
def test_the_title_is_the_listed_one_unless_it_is_missing_or_cut(listed: str, printed: str, title: str) -> None:
    assert article_of(Entry(source="a", title=listed), Reading(title=printed, blocks=BLOCKS), SEEN).title == title


def test_the_id_is_the_entrys_even_when_the_page_knows_a_better_name() -> None:
    entry = Entry(source="a", title="方案", url="https://example.cn/1")
    article = article_of(entry, Reading(docid="comos:abcd1234567"), SEEN)
    assert article.keys == ("https://example.cn/1", "comos:abcd1234567")
    assert article.id == id_of("https://example.cn/1")


def test_a_page_that_names_another_docid_does_not_join_two_articles() -> None:
    entry = Entry(source="a", title="方案", docid="comos:abcd1234567")
    assert article_of(entry, Reading(docid="comos:wxyz7654321"), SEEN).keys == ("comos:abcd1234567",)


def test_it_has_its_plan() -> None:
    article = article_of(Entry(source="a", title="方案印发", published=EARLIER), Reading(blocks=BLOCKS), SEEN)
    (group,) = article.plan.groups
    assert (group.label, group.status) == ("两大任务", "complete")


def test_it_has_the_category_of_the_feed_and_of_the_source() -> None:
    entry = Entry(source="a", title="方案", category=("金融", "新浪财经"))
    assert article_of(entry, Reading(), SEEN, ("文稿",)).categories == (("文稿",), ("金融", "新浪财经"))
    assert article_of(entry, Reading(), SEEN, ("金融", "新浪财经")).categories == (("金融", "新浪财经"),)
    assert article_of(entry, Reading(), SEEN).categories == (("金融", "新浪财经"),)
