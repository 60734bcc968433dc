"""`zhengwen archive …`: commands for the whole archive."""

import sys
from datetime import datetime

import click

from tui.cli.setting import Setting, common, pass_setting
from tui.words import _


@click.group("archive", help=_("Look after the archive as a whole."))
@common
def archive_() -> None:
    """Group the commands for the whole archive."""


@archive_.command("verify", help=_("Read every day file and compare the index with it; name what is damaged."))
@common
@pass_setting
def archive_verify(setting: Setting) -> None:
    """Verify the archive without changing it."""
    from tui.cli import upkeep

    sys.exit(upkeep.verify(setting.archive))


@archive_.command("rebuild", help=_("Make the index anew from the day files, the newest first."))
@common
@pass_setting
def archive_rebuild(setting: Setting) -> None:
    """Empty the index and fill it again."""
    from tui.cli import upkeep

    sys.exit(upkeep.rebuild(setting.archive))


@archive_.command("migrate", help=_("Write day files of an earlier version in the present one."))
@common
@pass_setting
def archive_migrate(setting: Setting) -> None:
    """Write old day files in the present version."""
    from tui.cli import upkeep

    sys.exit(upkeep.migrate(setting.archive))


@archive_.command("stats", help=_("Print articles and bytes: in all, by year, by source."))
@common
@pass_setting
def archive_stats(setting: Setting) -> None:
    """Measure the archive."""
    from tui.cli import upkeep

    sys.exit(upkeep.stats(setting.archive))


@archive_.command("prune", help=_("Remove articles from before a day; what is starred or tagged stays."))
@click.option(
    "--before", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help=_("The first day to keep.")
)
@click.option("--all", "everything", is_flag=True, help=_("Remove the starred and tagged too."))
@click.option("--yes", "sure", is_flag=True, help=_("Do not ask."))
@common
@pass_setting
def archive_prune(setting: Setting, before: datetime, *, everything: bool, sure: bool) -> None:
    """Ask, then remove old articles."""
    from tui.cli import upkeep

    sys.exit(upkeep.prune(setting.archive, before, everything=everything, sure=sure))
