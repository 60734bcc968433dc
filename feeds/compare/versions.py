"""The versions of one article, and what differs between two of them: title, plan and text. Pure."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from feeds.compare.comparison import Comparison, WordingRun
from feeds.compare.plans import compare
from feeds.compare.texts import compare_texts
from feeds.compare.wording import wording_of
from feeds.model import Article, Block, Plan, Revision


class ArticleVersion(Struct, frozen=True):
    """One version of an article. `since` is when it was first seen. `plan` is empty where no plan was kept."""

    number: int
    since: datetime
    title: str
    blocks: tuple[Block, ...]
    plan: Plan

    @property
    def paragraphs(self) -> list[str]:
        """The clean text, one string for each block."""
        return [block.text for block in self.blocks]


class VersionChange(Struct, frozen=True):
    """Two versions of one article, and what differs in title, plan and text."""

    before: ArticleVersion
    after: ArticleVersion
    title: tuple[WordingRun, ...]
    plan: Comparison
    texts: Comparison


def versions_of(article: Article) -> tuple[ArticleVersion, ...]:
    """All versions of an article, the first one first; the last is the present text."""
    texts: list[Article | Revision] = [*article.earlier, article]
    times = [article.seen, *(past.replaced for past in article.earlier)]
    return tuple(
        ArticleVersion(number, since, text.title, text.blocks, Plan() if text.plan is None else text.plan)
        for number, (since, text) in enumerate(zip(times, texts, strict=True), 1)
    )


def article_of_version(article: Article, version: ArticleVersion) -> Article:
    """The article as it was in one of its versions, without those before."""
    return replace(article, title=version.title, blocks=version.blocks, plan=version.plan, earlier=())


def change_between(before: ArticleVersion, after: ArticleVersion) -> VersionChange:
    """The differences between two versions."""
    return VersionChange(
        before,
        after,
        wording_of(before.title, after.title),
        compare(before.plan, after.plan),
        compare_texts(before.paragraphs, after.paragraphs),
    )


def changes_of(article: Article) -> Iterator[VersionChange]:
    """The changes that each version made in the one before it, the latest first."""
    versions = versions_of(article)
    for number in range(len(versions) - 1, 0, -1):
        yield change_between(versions[number - 1], versions[number])
