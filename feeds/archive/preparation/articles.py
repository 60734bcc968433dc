"""A new article made ready for the archive. Pure.

That takes most of the time of storing an article. So the workers that read an article make it ready, and the one
writer of the archive only puts it where it belongs.
"""

# The tables import these when they first need them. A worker needs them from its first article on.
import feeds.archive.sqlite.rows.mentions
import feeds.archive.sqlite.rows.plan_labels
import feeds.archive.sqlite.rows.statements  # noqa: F401
from feeds.archive.preparation.ready import ReadyArticle
from feeds.archive.records import record_of
from feeds.archive.shards.lines import line_of
from feeds.archive.sqlite.rows.prepared import prepared_article
from feeds.model import Article, Flags


def ready_article(article: Article) -> ReadyArticle:
    """The article made ready. Its text enters the search later."""
    record = record_of(article, Flags())
    return ReadyArticle(line_of(record), prepared_article(record))
