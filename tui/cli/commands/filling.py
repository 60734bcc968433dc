"""`zhengwen poll`, `fetch` and `import`: the commands that fill the archive."""

import sys
from pathlib import Path

import click

from tui.cli.setting import Setting, common, pass_setting
from tui.words import _


@click.command(help=_("Poll the sources without a dashboard, until interrupted."))
@click.option("--once", is_flag=True, help=_("Ask every source once, then end."))
@click.option("--json", "as_json", is_flag=True, help=_("Print each event as a line of JSON."))
@common
@pass_setting
def poll(setting: Setting, *, once: bool, as_json: bool) -> None:
    """Run the poller's process and print its events."""
    from tui.cli import polling_report

    sys.exit(polling_report.run(setting.config.path, setting.archive, once=once, as_json=as_json))


@click.command(
    help=_("Ask for the pages of articles again. ID is as for show; what comes takes the place of a wrong text.")
)
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@common
@pass_setting
def fetch(setting: Setting, names: tuple[str, ...]) -> None:
    """Fetch the pages of articles again."""
    from tui.cli import fetching

    sys.exit(fetching.run(setting.config.path, setting.archive, names))


@click.command("import", help=_("Read posts (files, or folders of them) into the archive."))
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@common
@pass_setting
def import_(setting: Setting, paths: tuple[Path, ...]) -> None:
    """Store posts from disk in the archive."""
    from tui.cli import importing

    sys.exit(importing.run(paths, setting.archive, setting.config))
