"""`zhengwen export`: articles, their plans, and the tables of targets and documents, into files or standard output."""

import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import structs

from feeds.controls import printable
from feeds.export.files import FORMATS
from tui.cli import exits
from tui.cli.commands.query_words import QueryCommand
from tui.cli.output import say
from tui.cli.progress import Progress, stoppable
from tui.cli.setting import Setting, common, pass_setting
from tui.words import _, ngettext

if TYPE_CHECKING:
    from feeds.archive import Engine
    from tui.exporting import ExportJob


@click.command(
    "export", cls=QueryCommand,
    help=_("Write articles, plans or tables. QUERY chooses the articles; a folder gets a file for each."),
)  # fmt: skip
@click.argument("query", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice([known.name for known in FORMATS]),
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

    sys.exit(reading.read(setting.archive, write))


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
    if isinstance(job.target, Path):
        counted = ngettext("{n} file written", "{n} files written", written.files)
        say(f"{counted}: {printable(job.target)}")
    if job.form.of == "articles" and not written.done:
        say(_("Nothing matches this filter."), err=True)
    return 0
