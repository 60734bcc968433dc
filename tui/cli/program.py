"""The program: `zhengwen` without a command opens the dashboard. A failure becomes one line and an exit code."""

import io
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NoReturn

import click

from feeds.errors import AmbiguousId, ArchiveLocked, ConfigError, FeedError, NoSuchArticle, NoText, QueryError
from tui.cli import commands, exits
from tui.cli.output import refusal_of_output, replace_unencodable, say, say_text
from tui.cli.setting import Setting, common
from tui.startup.interpreter import begin_command
from tui.words import _, sentence_of

_EXITS: tuple[tuple[type[FeedError], int], ...] = (
    (ConfigError, exits.USAGE),
    (QueryError, exits.USAGE),
    (ArchiveLocked, exits.LOCKED),
    (NoSuchArticle, exits.NO_ARTICLE),
    (AmbiguousId, exits.NO_ARTICLE),
    (FeedError, exits.FAILURE),
)


def _exit_with(error: FeedError) -> NoReturn:
    say(f"zhengwen: {_sentence(error)}", err=True)
    sys.exit(next(code for kind, code in _EXITS if isinstance(error, kind)))


def _sentence(error: FeedError) -> str:
    if not isinstance(error, NoText):
        return sentence_of(error.fault)
    from tui.answers import what_of

    return _("{name}: no article but {what}").format(name=error.name, what=what_of(error.instead))


class _Commands(Mapping[str, click.Command]):
    """The commands by name. A command's module is imported when the command is looked up."""

    def __getitem__(self, name: str) -> click.Command:
        module, _colon, attribute = commands.COMMANDS[name].partition(":")
        found: click.Command = getattr(import_module(f"{commands.__name__}.{module}"), attribute)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(commands.COMMANDS)

    def __len__(self) -> int:
        return len(commands.COMMANDS)


class _Group(click.Group):
    """A group whose commands print an expected failure in one line."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line as click does. Clean the messages of click, as all lines are cleaned."""
        replace_unencodable()
        try:
            return super().main(*args, **(extra | {"standalone_mode": False}))
        except click.ClickException as error:
            sentences = io.StringIO()
            error.show(sentences)
            say_text(sentences.getvalue(), err=True)
            sys.exit(error.exit_code)
        except OSError as error:
            reason = refusal_of_output(error)
            if reason is None:
                raise
            words = _("standard output takes no more: {reason}").format(reason=sentence_of(reason))
            say(f"zhengwen: {words}", err=True)
            sys.exit(exits.FAILURE)
        except click.Abort:
            say(_("Nothing was done."), err=True)
            sys.exit(exits.FAILURE)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Turn a FeedError into its sentence and exit code."""
        try:
            return super().invoke(ctx)
        except FeedError as error:
            _exit_with(error)
        except KeyboardInterrupt:
            say(err=True)  # so that the prompt is on its own line, not after ^C
            sys.exit(exits.INTERRUPTED)


@click.group(
    cls=_Group, commands=_Commands(), invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Chinese economic policy news in a terminal, with the plan inside it."),
    epilog=_("Exit codes: 0 done, 1 failed, 2 wrong options or config.toml, 3 archive in use, 4 no such article."),
)  # fmt: skip
@click.version_option(package_name="zhengwen", message="%(prog)s %(version)s")
@click.option("--demo", is_flag=True, help=_("Show the dashboard on an embedded news site with invented articles."))
@common
@click.pass_context
def zhengwen(context: click.Context, *, demo: bool) -> None:
    """Open the dashboard if no command is named."""
    if context.invoked_subcommand:
        begin_command()
        if demo:
            raise click.UsageError(_("--demo opens the dashboard; it goes with no command"))
        return
    if not (sys.stdin.isatty() and (sys.stderr.isatty() or sys.stdout.isatty())):  # for keys and for drawing
        raise FeedError("the dashboard needs a terminal; zhengwen list and zhengwen show print into a pipe")
    setting = context.ensure_object(Setting)
    from tui import dashboard  # Textual takes 0.2 s to import, and no other command needs it

    if demo:
        dashboard.run_demo(setting.config, setting.archive_path)
    else:
        dashboard.run(setting.config, setting.archive)
