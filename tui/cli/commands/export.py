"""`zhengwen export`: articles, their plans, and the tables of targets and documents, into files or standard output."""

import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import structs

from feeds.controls import printable
from tui.cli import exits
from tui.cli.commands.query_words import QueryCommand
from tui.cli.output import say
from tui.cli.progress import Progress, stoppable
from tui.cli.setting import Setting, common, pass_setting
from tui.words import _, ngettext, sentences

if TYPE_CHECKING:
    from feeds.archive import Engine
    from tui.exporting import ExportJob


class _FormatName(click.ParamType):  # type: ignore[type-arg]  # generic in newer versions of click alone
    """The name of a format. The help of all commands does not wait for the writers, so the table is imported late."""

    name = "format"

    @property
    def _names(self) -> click.Choice[str]:
        from feeds.export.files import FORMATS

        return click.Choice([known.name for known in FORMATS])

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if there is such a format."""
        return self._names.convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """All names."""
        return self._names.get_metavar(param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list["click.shell_completion.CompletionItem"]:
        """The names that begin so."""
        return self._names.shell_complete(ctx, param, incomplete)


@click.command(
    "export", cls=QueryCommand,
    help=_("Write articles, plans or tables. QUERY chooses the articles; a folder gets a file for each."),
)  # fmt: skip
@click.argument("query", nargs=-1)
@click.option(
    "--format",
    "form",
    type=_FormatName(),
    default="md",
    help=_("What is written, and how."),
)
@click.option("--output", "-o", "target", metavar="FILE|FOLDER/", default="", help=_("Where to; else standard output."))
@click.option("--id", "names", multiple=True, metavar="ID", help=_("This article, by the start of its id; repeatable."))
@click.option("--copies", is_flag=True, help=_("Also the other copies of an article that several publishers print."))
@click.option("--force", is_flag=True, help=_("Replace files that exist."))
@common
@pass_setting
def export(
    setting: Setting,
    query: tuple[str, ...],
    *,
    form: str,
    target: str,
    names: tuple[str, ...],
    copies: bool,
    force: bool,
) -> None:
    """Write the export, and say what was written."""
    from feeds import query as language
    from feeds.export.files import format_named
    from tui.cli import reading
    from tui.exporting import ExportJob, files_there, is_folder

    now = datetime.now().astimezone()
    wish = language.parse(" ".join(query), now.date())
    if names and query:
        raise click.UsageError(_("--id and a query do not go together"))
    path = Path(target) if target not in ("", "-") else _StandardOutput()

    def write(archive: "Engine") -> int:
        job = ExportJob(
            form=format_named(form), title=str(wish) or "zhengwen", now=now, query=wish, target=path, copies=copies,
            names=tuple(archive.resolve(name) for name in names),
            is_folder=isinstance(path, Path) and is_folder(path, target),
            force=force,
        )  # fmt: skip
        if not force and sys.stdin.isatty() and (count := files_there(archive, job)):
            question = ngettext("Replace {n} file that exists?", "Replace {n} files that exist?", count)
            click.confirm(question, abort=True, err=True)
            job = structs.replace(job, force=True)
        return _run(archive, job)

    has_tables = format_named(form).of != "articles"
    sys.exit((reading.read_tables if has_tables else reading.read)(setting.archive, write))


class _StandardOutput:
    """Standard output as a sink of bytes. click prints them, so that a full disk is told as for any command."""

    def write(self, data: bytes) -> None:
        """Print some bytes."""
        click.echo(data, nl=False)


def _run(archive: "Engine", job: "ExportJob") -> int:
    """Write step by step with a line of progress. Return the exit code."""
    from tui.exporting import Written, run_export

    bar = Progress(_("exporting"))
    written = Written(0, 0)
    stopped = False
    with stoppable() as stop, closing(run_export(archive, job)) as steps:
        try:
            for written in steps:
                bar.show_progress(written.done, written.total)
                if stop.is_set() and written.done < written.total:
                    stopped = True
                    break
        finally:
            bar.end()
    if stopped:
        kept = ngettext("{n} file is complete", "{n} files are complete", written.files)
        say("zhengwen: " + _("interrupted; {kept}, nothing is half written").format(kept=kept), err=True)
        return exits.INTERRUPTED
    if not written.done:
        reasons = [_("Nothing matches this filter.")]
        reasons += [_("No file is written.")] if isinstance(job.target, Path) else []
        say(sentences(*reasons), err=True)
    elif isinstance(job.target, Path):
        counted = ngettext("{n} file written", "{n} files written", written.files)
        say(f"{counted}: {printable(job.target)}")
    return 0
