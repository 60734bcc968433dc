"""`zhengwen list`, `show`, `plan` and `mark`: articles of the archive, their marks, and the plan of any article."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from feeds.errors import FeedError
from feeds.model import Article, Flags
from tui.cli.commands.query_words import QueryCommand
from tui.cli.output import say, say_lines
from tui.cli.setting import Setting, common, pass_setting
from tui.words import _, ngettext
from tui.written_tags import written_tags

if TYPE_CHECKING:
    from feeds.archive import Engine
    from feeds.query.results import Duplicate


@click.command(
    "list", cls=QueryCommand, help=_("List archived articles, newest first. QUERY is the language of the filter bar.")
)
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help=_("Print a JSON array, an article a line."))
@click.option("--view", metavar="NAME", help=_("Begin with a saved view of config.toml; QUERY is added to it."))
@click.option("--limit", default=100, type=click.IntRange(min=0), metavar="N", help=_("At most N; 0 for all."))
@common
@pass_setting
def list_(setting: Setting, query: tuple[str, ...], *, as_json: bool, view: str | None, limit: int) -> None:
    """Print rows of the archive."""
    from feeds import query as language
    from tui.cli import printing, reading
    from tui.filters.reasons import reasons_of_none

    now = datetime.now().astimezone()
    kept = setting.config.view(view).query if view else ""
    wish = language.parse(" ".join(query), now.date())
    if kept:
        wish = language.parse(kept, now.date()).and_also(wish)

    def lines_of(archive: "Engine") -> tuple[list[str], list[str]]:
        listing = archive.listing(wish)
        found = listing.window(0, limit or listing.count())
        lines = list(printing.rows(found, now, as_json=as_json))
        if as_json:
            return lines, []
        if not found:
            return lines, reasons_of_none(wish, archive.names, lambda other: archive.listing(other).count())
        return lines, list(printing.remainder(listing, len(found)) if limit else ())

    lines, rest = reading.read(setting.archive, lines_of)
    say_lines(lines, as_json=as_json)
    if not lines:
        say(_("Nothing matches this filter."), err=True)
    for line in rest:
        say(line, err=True)


@click.command(help=_("Show one article. ID is the start of an id, or the article's address."))
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=_("Print the whole record as JSON."))
@click.option("--changes", is_flag=True, help=_("Print what its publisher changed, version by version."))
@common
@pass_setting
def show(setting: Setting, name: str, *, as_json: bool, changes: bool) -> None:
    """Print one article and its plan, or what changed in it."""
    from tui.cli import printing, reading

    def record_of(archive: "Engine") -> tuple[Article, Flags, list["Duplicate"]]:
        article = archive.get(archive.resolve(name))
        return article, archive.flags(article.id), archive.duplicates(article.id)

    article, flags, duplicates = reading.read(setting.archive, record_of)
    if changes:
        from tui.cli.commands.changes import change_lines

        say_lines(change_lines(article, as_json=as_json), as_json=as_json)
        return
    say_lines(printing.article(article, flags, duplicates, as_json=as_json), as_json=as_json)


@click.command(help=_("Show the plan in one article: a file, an address, an archived ID, or - for standard input."))
@click.argument("what", metavar="FILE|URL|ID|-")
@click.option("--json", "as_json", is_flag=True, help=_("Print the plan as one JSON object."))
@click.option("--why", is_flag=True, help=_("Print what each rule found or refused, sentence by sentence."))
@click.option("--sentence", type=click.IntRange(min=1), metavar="N", help=_("With --why: sentence N alone, in full."))
@click.option("--at", default="", metavar="TEXT", help=_("With --why: the sentences that hold TEXT alone, in full."))
@common
@pass_setting
def plan(setting: Setting, what: str, *, as_json: bool, why: bool, sentence: int | None, at: str) -> None:
    """Print the plan structure of one article."""
    from tui.cli import printing, reading

    article = reading.article_named(setting, what, datetime.now().astimezone())
    if why or at or sentence is not None:
        from feeds.intake.article import why_of

        say_lines(why_of(article, sentence, at), as_json=False)
        return
    say_lines(printing.plan(article, as_json=as_json), as_json=as_json)


@click.command(
    "mark", help=_("Mark articles: read, starred, hidden, tags, a note. ID is the start of an id, or an address.")
)
@click.argument("names", nargs=-1, required=True, metavar="ID...")
@click.option("--read/--unread", "read", default=None, help=_("Read, or unread again."))
@click.option("--star/--unstar", "starred", default=None, help=_("Starred, or not."))
@click.option("--hide/--unhide", "hidden", default=None, help=_("Hidden from lists and counts, or not."))
@click.option("--tag", "tags", multiple=True, metavar="+A,-B", help=_("Add tags (A or +A), take tags away (-B)."))
@click.option("--note", default=None, metavar="TEXT", help=_("The note on it; an empty one takes it away."))
@common
@pass_setting
def mark(
    setting: Setting, names: tuple[str, ...], *, read: bool | None, starred: bool | None, hidden: bool | None,
    tags: tuple[str, ...], note: str | None,
) -> None:  # fmt: skip
    """Set marks of articles."""
    from tui.cli import reading

    written = written_tags(",".join(tags).replace("，", ",").split(","))
    gone = [tag.name for tag in written if tag.sign == "-"]
    added = [tag.name for tag in written if tag.sign != "-"]
    marks: dict[str, bool | str | None] = {"read": read, "starred": starred, "hidden": hidden, "note": note}
    if not written and all(value is None for value in marks.values()):
        raise click.UsageError(_("Say what to mark: --read, --star, --hide, --tag or --note"))

    def set_marks(archive: "Engine") -> int:
        ids = list(dict.fromkeys(archive.resolve(name) for name in names))
        undo = archive.set_flags(ids, tag=added, untag=gone, **marks)
        if undo.fault:
            raise FeedError.of(undo.fault)
        return len(ids)

    count = reading.read(setting.archive, set_marks)
    say(ngettext("{n} article marked", "{n} articles marked", count))
