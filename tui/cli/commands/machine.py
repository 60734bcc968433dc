"""`zhengwen config …` and `doctor`: the configuration and this machine."""

import sys

import click

from feeds import config
from feeds.controls import excerpt, printable
from tui.cli import exits
from tui.cli.output import say, say_text
from tui.cli.setting import Setting, common, pass_setting
from tui.words import _, ngettext, sentence_of


@click.group("config", help=_("Look at the configuration."))
@common
def config_() -> None:
    """Group the commands about config.toml."""


@config_.command("check", help=_("Check config.toml and say what is wrong with it."))
@common
@pass_setting
def config_check(setting: Setting) -> None:
    """Load the file. The group prints its mistakes, this command those in the keys, one a line."""
    from tui.keyboard.keymap import keymap_of, view_faults

    made, faults = keymap_of(setting.config.keys, setting.config.macros)
    if faults := [*faults, *view_faults(setting.config.views, made)]:
        for fault in faults:
            say(f"zhengwen: {excerpt(printable(setting.config.path), 1000)}: {sentence_of(fault)}", err=True)
        sys.exit(exits.USAGE)
    count = len(setting.config.sources)
    say(f"{setting.config.path}: " + ngettext("good, {n} source", "good, {n} sources", count))


@config_.command("show", help=_("Print every key as it is in force, as TOML."))
@common
@pass_setting
def config_show(setting: Setting) -> None:
    """Print the merged configuration."""
    say_text(config.text_of(setting.config, setting.archive))


@config_.command("path", help=_("Print where config.toml is read from, or would be."))
@common
@pass_setting
def config_path(setting: Setting) -> None:
    """Print only the path, so that a shell can use it."""
    say(str(setting.config_path or config.reader_path()))


@click.command(help=_("Check this machine: terminal, configuration, archive."))
@common
@pass_setting
def doctor(setting: Setting) -> None:
    """Print one line for each check. Exit with 1 if one failed."""
    from tui.cli.checks import examination

    checks = examination.checks(setting.config_path, setting.archive_path)
    for check in checks:
        say(f"{check.mark} {check.name}: {check.finding}")
    sys.exit(exits.FAILURE if any(check.failed for check in checks) else 0)
