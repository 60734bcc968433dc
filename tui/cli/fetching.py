"""`zhengwen fetch`: fetches the pages of articles again, with a poller process that does only this."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from feeds.archive import Archive
from feeds.errors import ArchiveLocked, FeedError
from feeds.events import ArticleFetched
from tui.answers import outcome_of
from tui.cli import exits
from tui.cli.output import say
from tui.cli.polling_report import stop_after
from tui.polling import EXIT_LOCKED, Polling
from tui.polling.status import PollingChanged


def run(config_path: Path, archive_path: Path, names: Sequence[str]) -> int:
    """Fetch these articles (beginnings of ids, or addresses). Return the exit code.

    Raises NoSuchArticle, AmbiguousId.
    """
    with Archive.open(archive_path, catch_up=False) as archive:
        ids = [archive.resolve(name) for name in names]
    polling = Polling(config_path, archive_path, once=True, fetch=ids)
    return asyncio.run(stop_after(polling, _watch(polling, archive_path)))


async def _watch(polling: Polling, archive_path: Path) -> int:
    """Print each outcome. Return 1 if an article has no text."""
    failed, fault = False, None
    async for event in polling.events():
        if isinstance(event, ArticleFetched):
            failed = failed or event.fault is not None or event.instead is not None
            say(outcome_of(event))
        elif isinstance(event, PollingChanged):
            fault = event.fault or fault
    if polling.code == EXIT_LOCKED:
        raise ArchiveLocked("another zhengwen already polls into {path}", path=str(archive_path))
    if fault:
        raise FeedError.of(fault)
    return exits.FAILURE if failed or polling.code else 0
