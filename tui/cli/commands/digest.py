"""`zhengwen digest`: what is new, what was edited and what falls due, since the last session or another time."""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import click

from feeds.errors import ArchiveError
from feeds.model import BEIJING
from tui.cli.commands.query_words import QueryCommand
from tui.cli.output import hanging_lines, say, say_lines
from tui.cli.setting import Setting, common, pass_setting
from tui.words import _, sentence_of

if TYPE_CHECKING:
    from feeds.archive import Engine
    from feeds.digest import Digest

_ROWS = 20


@click.command(cls=QueryCommand, help=_("Print what is new, edited and due soon. QUERY limits it to what it finds."))
@click.argument("query", nargs=-1)
@click.option(
    "--since", default="", metavar="WHEN", help=_("Since this day, as date: takes it; else since the last session.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON object."))
@click.option("--md", "as_markdown", is_flag=True, help=_("Print Markdown."))
@common
@pass_setting
def digest(setting: Setting, query: tuple[str, ...], *, since: str, as_json: bool, as_markdown: bool) -> None:
    """Print what happened since a moment."""
    from feeds import query as language
    from feeds.digest import digest_json, digest_of
    from tui.cli import reading

    if as_json and as_markdown:
        raise click.UsageError(_("--json and --md do not go together"))
    now = datetime.now().astimezone()
    wish = language.parse(" ".join(query), now.astimezone(BEIJING).date())

    def digest_in(archive: "Engine") -> "Digest":
        return digest_of(archive, setting.config.views, _begin(archive, since, now), now, wish)

    found = reading.read_tables(setting.archive, digest_in)
    if as_json:
        say_lines([json.dumps(digest_json(found), ensure_ascii=False)], as_json=True)
    else:
        say_lines(_markdown(found) if as_markdown else _plain(found))


def _begin(archive: "Engine", since: str, now: datetime) -> datetime:
    """The first moment of the typed days, else the end of the last session, else the beginning of yesterday."""
    from feeds.archive.state import load_left
    from feeds.query.dates import dates_of

    today = now.astimezone(BEIJING).date()
    if since:
        first = dates_of(since, today, 0).first
        return datetime.combine(first, time(), BEIJING) if first else datetime(1, 1, 2, tzinfo=BEIJING)
    left = None
    try:
        left = load_left(archive.path, now)
    except ArchiveError as error:
        say(f"zhengwen: {sentence_of(error.fault)}", err=True)
    return left or datetime.combine(today - timedelta(days=1), time(), BEIJING)


def _plain(found: "Digest") -> Iterator[str]:
    from tui.widgets.layout.digest import digest_sections, digest_summary, digest_title

    yield from hanging_lines("", f"{digest_title(found)}: {digest_summary(found)}")
    for heading, lines in digest_sections(found, _ROWS):
        yield ""
        yield heading
        for line in lines:
            yield from hanging_lines("  ", line)


def _markdown(found: "Digest") -> Iterator[str]:
    from tui.widgets.layout.differences import escape_markdown
    from tui.widgets.layout.digest import digest_sections, digest_summary, digest_title

    yield f"# {digest_title(found)}"
    yield ""
    yield digest_summary(found)
    for heading, lines in digest_sections(found, _ROWS):
        yield from ("", f"## {heading}", "")
        yield from (f"- {escape_markdown(line)}" for line in lines)
