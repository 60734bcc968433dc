"""`zhengwen targets` and `documents`: what the articles of a filter promise, and the documents that they are about."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar, cast

import click

from feeds.model import BEIJING, Target
from tui.cli.commands.query_words import QueryCommand
from tui.cli.output import hanging_lines, say, say_json, say_lines, say_text
from tui.cli.setting import Setting, common, pass_setting
from tui.words import _, ngettext

if TYPE_CHECKING:
    from feeds.archive import Engine, TableListing, TargetSort
    from feeds.documents import DocumentRow
    from feeds.query import Query
    from feeds.targets import TargetRow

T = TypeVar("T")
_MOST_AGENCIES = 3
_SORTS = ("deadline", "value", "agency", "document", "date")
_MOST_LINES = 100

options: tuple[Callable[[Callable[..., None]], Callable[..., None]], ...] = (
    click.argument("query", nargs=-1),
    click.option("--json", "as_json", is_flag=True, help=_("Print a JSON array, a row a line.")),
    click.option("--csv", "as_csv", is_flag=True, help=_("Print CSV for spreadsheets.")),
    click.option("--limit", type=click.IntRange(min=0), metavar="N", help=_("At most N; 0 for all.")),
)


def _table_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(options):
        command = option(command)
    return command


@click.command(
    cls=QueryCommand, help=_("List targets and goals of archived articles, each once. QUERY chooses the articles.")
)
@_table_options
@click.option("--sort", type=click.Choice(_SORTS), default="deadline", help=_("The order of the rows."))
@common
@pass_setting
def targets(
    setting: Setting, query: tuple[str, ...], *, as_json: bool, as_csv: bool, limit: int | None, sort: str
) -> None:
    """Print a row a target, whatever number of articles state it."""
    from feeds.targets import COLUMNS, row_cells, target_row_json
    from tui.cli import reading

    wish = _wish_of(query)
    most = _limit_of(limit, as_json=as_json, as_csv=as_csv)

    def rows(archive: "Engine") -> "tuple[Sequence[TargetRow], int, Counter[str]]":
        shown, total = _first_rows(archive.targets(wish, cast("TargetSort", sort)), most)
        years = Counter({count.label: count.total for count in archive.due_counts(wish, "year")})
        years[""] = total - years.total()
        return shown, total, years

    shown, total, years = reading.read_tables(setting.archive, rows)
    if as_json or as_csv:
        _say_table(shown, COLUMNS, row_cells, target_row_json, as_csv=as_csv, as_json=as_json)
        _say_none(total)
        return
    say_lines(_target_lines(shown, years, by_year=sort == "deadline"))
    _say_rest(len(shown), total)


@click.command(
    cls=QueryCommand, help=_("List the documents that archived articles are about. QUERY chooses the articles.")
)
@_table_options
@common
@pass_setting
def documents(setting: Setting, query: tuple[str, ...], *, as_json: bool, as_csv: bool, limit: int | None) -> None:
    """Print a row a document, whatever article speaks of it."""
    from feeds.documents import DOCUMENT_COLUMNS, document_cells, document_row_json
    from tui.cli import reading

    today = datetime.now().astimezone(BEIJING).date()
    wish = _wish_of(query)
    most = _limit_of(limit, as_json=as_json, as_csv=as_csv)
    shown, total = reading.read_tables(setting.archive, lambda archive: _first_rows(archive.documents(wish), most))
    if as_json or as_csv:
        _say_table(
            shown,
            DOCUMENT_COLUMNS,
            lambda row: document_cells(row, today),
            lambda row: document_row_json(row, today),
            as_csv=as_csv,
            as_json=as_json,
        )
        _say_none(total)
        return
    say_lines(line for row in shown for line in _document_lines(row, today))
    _say_rest(len(shown), total)


def _wish_of(words: Sequence[str]) -> "Query":
    """The typed filter."""
    from feeds import query as language

    return language.parse(" ".join(words), datetime.now().astimezone().date())


def _first_rows(table: "TableListing[T]", most: int | None) -> tuple[Sequence[T], int]:
    """The first rows of a table, all without a limit, and the number of all rows."""
    while table.count_on():
        pass
    return table.window(0, table.total if most is None else most), table.total


def _limit_of(limit: int | None, *, as_json: bool, as_csv: bool) -> int | None:
    """How many rows to print: all of them for programs and spreadsheets, unless a number is given."""
    if as_json and as_csv:
        raise click.UsageError(_("--json and --csv do not go together"))
    if limit is None:
        return None if as_json or as_csv else _MOST_LINES
    return limit or None


def _say_table(
    rows: Sequence[T],
    columns: Sequence[str],
    cells_of: Callable[[T], Sequence[str]],
    json_of: Callable[[T], object],
    *,
    as_csv: bool,
    as_json: bool,
) -> None:
    if as_csv:
        from feeds.export.csvtext import csv_text

        say_text(csv_text(columns, map(cells_of, rows)))
    elif as_json:
        say_json("[" + ",\n ".join(json.dumps(json_of(row), ensure_ascii=False) for row in rows) + "]")


def _say_none(count: int) -> None:
    if not count:
        say(_("Nothing matches this filter."), err=True)


def _say_rest(shown: int, count: int) -> None:
    _say_none(count)
    if count > shown:
        rest = count - shown
        say(ngettext("{n} more; --limit 0 lists all", "{n} more; --limit 0 lists all", rest), err=True)


def _target_lines(rows: Iterable["TargetRow"], counts: Counter[str], *, by_year: bool) -> Iterator[str]:
    """A line or more a row; where they stand by deadline, under each year with its number of rows."""
    from tui.widgets.layout.outline import figure_of

    year = None
    for row in rows:
        part, latest = row.latest.part, row.latest
        if by_year and (this := _year_of(row)) != year:
            if year is not None:
                yield ""
            year = this
            yield f"{this or _('No time given')}  ({counts[this]})"
        words = [part.deadline] if not by_year or part.deadline != year else []
        words += [part.indicator, figure_of(part)] if isinstance(part, Target) else [part.text]
        if row.disputed:
            words.append(_("disagreeing: {figures}").format(figures=" / ".join(row.figures)))
        if len(row.statements) > 1:
            words.append(f"×{len(row.statements)}")
        yield from hanging_lines("  ", "  ".join(filter(None, words)))
        said = (
            row.document and f"《{row.document}》",
            "、".join(row.agencies[:_MOST_AGENCIES]) + "…" * (len(row.agencies) > _MOST_AGENCIES),
            latest.article,
        )
        yield from hanging_lines("    ", " · ".join(filter(None, said)))


def _year_of(row: "TargetRow") -> str:
    return row.latest.part.deadline.rpartition("/")[2][:4]


def _document_lines(row: "DocumentRow", today: date) -> Iterator[str]:
    """Stage and title, then who issues it and what its plan comes to."""
    from tui.widgets.layout.document_outline import stage_name

    yield from hanging_lines(
        f"{stage_name(row.stage)}  ", f"《{row.title}》" + (f"  {row.number}" if row.number else "")
    )
    day = row.last_seen.astimezone(BEIJING).date().isoformat()
    articles = ngettext("{n} article", "{n} articles", len(row.articles))
    structure = [f"{row.groups_complete}/{row.groups_counted}"] if row.groups_counted else []
    structure += [ngettext("{n} target", "{n} targets", row.targets)] if row.targets else []
    deadline = row.next_deadline(today)
    structure += [_("next {deadline}").format(deadline=deadline)] if deadline else []
    yield from hanging_lines("    ", " · ".join(["、".join(row.issuers[:3]) or "–", day, articles, *structure]))
    yield from hanging_lines("    ", " ".join(row.articles[:5]) + (" …" if len(row.articles) > 5 else ""))
