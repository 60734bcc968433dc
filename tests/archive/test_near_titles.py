"""Short and long forms of a title are found as if each title were compared with every other one."""

import random
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from feeds.archive import Archive
from feeds.archive.sqlite.joined.near_titles import NearTitles
from feeds.documents import mentions_of, title_key
from feeds.documents.shortening import SHORT_SECONDS, is_short_of
from feeds.model import Document, Plan, Span
from tests.archive.conftest import NOON, small

WORDS = ("冷链", "仓储", "提升", "发展", "数字", "档案", "城乡", "第二批", "关于", "养老", "建设")
ENDINGS = ("规划", "方案", "办法")


def test_forms_are_those_of_a_comparison_with_every_title(tmp_path: Path) -> None:
    chance = random.Random(10)  # noqa: S311 -- invented titles
    titles = {"".join(chance.sample(WORDS, chance.randint(2, 5))) + chance.choice(ENDINGS) for _ in range(160)}
    articles = []
    for number, title in enumerate(sorted(titles)):
        issuers = ("交通运输部",) if chance.random() < 0.9 else ()
        plan = Plan((Document(title, issuers, None, Span(0, 0, 4)),))
        when = NOON + timedelta(minutes=chance.randrange(20 * 24 * 60))
        articles.append(replace(small(f"文{number}", published=when), plan=plan, title=f"第{number}号消息"))
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store_many(articles)
        near = NearTitles(archive.parts.index.connection)
        named = [mention for article in articles for mention in mentions_of(article) if mention.issuers]
        found = 0
        for mention in named:
            key, moment = mention.key.key, mention.published.timestamp()
            wanted = {
                other.key.key
                for other in named
                if abs(other.published.timestamp() - moment) <= SHORT_SECONDS
                and (is_short_of(key, other.key.key) or is_short_of(other.key.key, key))
            }
            assert near.forms_of(key, moment) == wanted
            found += len(wanted)
    assert found > 20


def test_no_title_is_a_form_of_itself(tmp_path: Path) -> None:
    article = replace(small("文"), plan=Plan((Document("数字档案发展规划", ("国务院",), None, Span(0, 0, 4)),)))
    with Archive.open(tmp_path / "archive", write=True) as archive:
        archive.store(article)
        near = NearTitles(archive.parts.index.connection)
        assert near.forms_of(title_key("数字档案发展规划").key, article.published.timestamp()) == set()
        assert near.forms_of("档案发展规划", article.published.timestamp()) == {"数字档案发展规划"}
        assert near.forms_of("档案发展规划", article.published.timestamp() + 5 * 86_400) == set()


def test_a_mention_without_its_article_keeps_no_title_waiting(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive", write=True) as archive:
        plan = Plan((Document("数字档案发展规划", ("国务院",), None, Span(0, 0, 4)),))
        archive.store(replace(small("文"), plan=plan))
        with archive.parts.index.change() as connection:
            connection.execute("UPDATE mention SET id = id - 4096000, doc = NULL")  # a damaged index
            connection.executemany("INSERT INTO unjoined VALUES (?)", [("数字档案发展规划",), ("别的规划",)])
        left = [archive.join_documents(1) for _round in range(3)]
        assert left[-1] == 0
