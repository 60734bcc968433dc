"""`zhengwen poll`: runs the poller's process without a screen, and prints its events.

For people each event is a line, for programs the PollEvents are JSON lines. SIGINT, SIGTERM and SIGHUP end it cleanly.
Exit codes: 0 ended as requested · 1 with --once, a source failed or the poller died · 3 the archive is locked.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import click
import msgspec

from feeds.controls import drop_controls, escape_json
from feeds.endings import on_end
from feeds.events import (
    ArticleFetched,
    ArticleSetAside,
    ArticlesTold,
    ArticleStored,
    PollerStarted,
    PollerStopped,
    PollEvent,
    SourceAnswered,
    SourcesChanged,
    TellingFailed,
)
from feeds.model import BEIJING, Fault
from tui.answers import outcome_of, what_of
from tui.polling import EXIT_LOCKED, Polling
from tui.polling.status import PollingChanged
from tui.words import _, ngettext, sentence_of


def _print_line(words: str) -> None:
    click.echo(drop_controls(words))  # this flushes: a pipe must get each event as it happens


def run(
    config_path: Path, archive_path: Path, *, once: bool, as_json: bool, out: Callable[[str], None] = _print_line
) -> int:
    """Poll until interrupted, or one time with `once`. Return the exit code."""
    polling = Polling(config_path, archive_path, once=once)
    return asyncio.run(stop_after(polling, _watch(polling, once=once, as_json=as_json, out=out)))


async def stop_after(polling: Polling, watching: Awaitable[int]) -> int:
    """Return the result of `watching`. Stop the poller's process, also if `watching` fails because output fails."""
    try:
        return await watching
    finally:
        await polling.stop()


async def _watch(polling: Polling, *, once: bool, as_json: bool, out: Callable[[str], None]) -> int:
    loop = asyncio.get_running_loop()
    ending: set[asyncio.Task[None]] = set()
    on_end(lambda: ending.add(loop.create_task(polling.stop())))
    failed = locked = False
    last: PollEvent | None = None
    async for change in polling.events():
        event: PollEvent | None = None if isinstance(change, PollingChanged) else change
        if isinstance(change, PollingChanged):
            locked = locked or change.state == "reading-only"
            if locked and not ending:
                # A dashboard waits for the lock and shows the archive. Here there is nothing to show.
                ending.add(loop.create_task(polling.stop()))
            elif change.fault and not (isinstance(last, PollerStopped) and last.fault == change.fault):
                event = PollerStopped(change.at, change.fault)  # a child that died without a last event
        if event is None:
            continue
        last = event
        failed = failed or _is_failure(event)
        if as_json:
            out(escape_json(msgspec.json.encode(event).decode()))
        elif line := _line_for_event(event):
            out(line)
    await asyncio.gather(*ending)
    if locked or polling.code == EXIT_LOCKED:
        return EXIT_LOCKED
    return int(once and (failed or bool(polling.code)))


def _is_failure(event: PollEvent) -> bool:
    match event:
        case SourceAnswered():
            return event.outcome == "failed"
        case PollerStopped():
            return event.fault is not None
        case _:
            return False


def _line(time: datetime, source: str, words: str) -> str:
    return "  ".join(part for part in (f"{time.astimezone(BEIJING):%H:%M:%S}", source, words) if part)


def _line_for_event(event: PollEvent) -> str:
    """The line of an event for people, or "" if it has nothing new."""
    source, words = "", ""
    match event:
        case PollerStarted(_, names):
            words = ngettext("polling {n} source", "polling {n} sources", len(names))
        case SourcesChanged(_, names, fault):
            words = sentence_of(fault) if fault else ngettext("polling {n} source", "polling {n} sources", len(names))
        case SourceAnswered():
            source = event.source
            due = _("next at {time}").format(time=f"{event.due.astimezone(BEIJING):%H:%M:%S}")
            news = _("{new} new, {changed} changed").format(new=event.new, changed=event.changed)
            words = f"{sentence_of(event.fault) if event.fault else news} · {due}"
        case ArticleStored(_, name, source, title):
            words = f"{'+' if event.new else '~'} {title}  [{name}]"
            words += f" · {what_of(event.instead)}" if event.instead else ""
        case ArticleFetched():
            words = outcome_of(event)
        case ArticlesTold(_, watches, count, titles):
            more = f" … ({count})" if count > len(titles) else ""
            words = f"! {' · '.join(titles)}{more}  [{' · '.join(watches)}]"
        case TellingFailed(_, fault):
            words = sentence_of(fault)
        case ArticleSetAside(_, name, fault):
            words = f"{name}: {sentence_of(fault)}"
        case PollerStopped(_, Fault() as fault):
            words = sentence_of(fault)
    return _line(event.at, source, words) if words else ""
