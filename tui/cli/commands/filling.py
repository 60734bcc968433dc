"""`zhengwen poll`, `fetch` and `import`: the commands that fill the archive."""

import sys
from pathlib import Path

import click

from tui.cli.setting import Setting, common, pass_setting
from tui.words import _

_BEGINNING = 2000  # bytes of an XML file in which its first element is looked for


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


@click.command(
    "import", help=_("Read posts (files, or folders of them) into the archive; an OPML file adds its feeds.")
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@common
@pass_setting
def import_(setting: Setting, paths: tuple[Path, ...]) -> None:
    """Store posts from disk in the archive. Write the feeds of OPML files into config.toml first."""
    outlines = [path for path in paths if _is_opml(path)]
    if outlines:
        from tui.cli.commands.sources import import_opml

        for path in outlines:
            import_opml(setting, path)
    if posts := [path for path in paths if path not in outlines]:
        from tui.cli import importing

        sys.exit(importing.run(posts, setting.archive, setting.config))


def _is_opml(path: Path) -> bool:
    """Whether a file is OPML, by the end of its name, or as XML by its beginning."""
    suffix = path.suffix.lower()
    if suffix != ".xml" or not path.is_file():
        return suffix == ".opml" and path.is_file()
    try:
        with path.open("rb") as file:
            return b"<opml" in file.read(_BEGINNING).lower()
    except OSError:
        return False
