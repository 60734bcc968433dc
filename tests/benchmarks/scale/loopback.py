"""Fifty feeds of fifty whole articles on 127.0.0.1, in a process of their own.

/feed/<n>.xml   RSS with an ETag, 304 where nothing is new     /next   fifty new articles in every feed

All feeds tell of the same days, as feeds do: article after article, five minutes apart, goes to one feed after the
other. Each round's days lie after those of the round before, and all of them after the corpus.
"""

import asyncio
import contextlib
import sys
from email.utils import format_datetime
from html import escape

from feeds.demo.http import DemoAnswer, bytes_of, request_of, with_validators
from feeds.model import Article
from tests.archive import corpus

FEEDS, ITEMS = 50, 50
_SEED = 9


def _item(article: Article) -> str:
    body = "".join(f"<p>{escape(text)}</p>" for text in article.paragraphs)
    return (
        f"<item><title>{escape(article.title)}</title><link>{article.url}</link><guid>{article.url}</guid>"
        f"<pubDate>{format_datetime(article.published)}</pubDate>"
        f"<content:encoded>{escape(body)}</content:encoded></item>"
    )


def feeds_of(turn: int) -> list[bytes]:
    """Every feed's document after so many turns; its newest article first."""
    size = FEEDS * ITEMS
    # Negative numbers: the corpus counts back from its newest article.
    articles = [corpus.article(-(turn * size + number) - 1000, _SEED) for number in range(size)]
    return [
        (
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>feed {feed}</title><link>https://news.example/{feed}</link><description>invented</description>"
            + "".join(map(_item, reversed(articles[feed::FEEDS])))
            + "</channel></rss>"
        ).encode()
        for feed in range(FEEDS)
    ]


async def _serve() -> None:
    turn = 0
    feeds = feeds_of(turn)

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal turn, feeds
        with contextlib.suppress(ConnectionError):
            while request := await request_of(reader):
                if request.path == "/next":
                    turn += 1
                    feeds = feeds_of(turn)
                    answer = DemoAnswer(body=b"")
                else:
                    number = int(request.path.removeprefix("/feed/").removesuffix(".xml"))
                    whole = DemoAnswer(body=feeds[number], content_type="application/rss+xml")
                    answer = with_validators(request, whole)
                writer.write(bytes_of(request, answer))
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await asyncio.to_thread(sys.stdin.read)  # until whoever started us goes


if __name__ == "__main__":
    asyncio.run(_serve())
