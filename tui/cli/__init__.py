"""The command line. Owns options, exit codes and the order of things; each command's work is done elsewhere.

Exit codes: 0 done · 1 an expected failure, said in one line · 2 wrong words on the command line or in config.toml ·
3 another zhengwen writes this archive · 4 no such article · 130 interrupted.
"""

import gc
import io
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from feeds import config
from feeds.errors import AmbiguousId, ArchiveLocked, ConfigError, FeedError, NoSuchArticle, NoText, QueryError
from feeds.model import Article, Flags
from tui.cli import exits
from tui.cli.output import refusal_of_output, replace_unencodable, say, say_lines, say_text
from tui.cli.query_words import QueryCommand
from tui.words import _, ngettext, sentence_of

if TYPE_CHECKING:
    from feeds.archive import Archive, Duplicate

_EXITS: tuple[tuple[type[FeedError], int], ...] = (
    (ConfigError, exits.USAGE),
    (QueryError, exits.USAGE),
    (ArchiveLocked, exits.LOCKED),
    (NoSuchArticle, exits.NO_ARTICLE),
    (AmbiguousId, exits.NO_ARTICLE),
    (FeedError, exits.FAILURE),
)


class Setting:
    """What --config and --archive chose, wherever on the line they stood. Read when first asked for."""

    def __init__(self) -> None:
        self.config_path: Path | None = None
        self.archive_path: Path | None = None
        self._config: config.Config | None = None

    @property
    def config(self) -> config.Config:
        """The configuration; raises ConfigError."""
        if self._config is None:
            self._config = config.load(self.config_path)
        return self._config

    @property
    def archive(self) -> Path:
        """The archive's folder: the option, else the configuration's."""
        return self.archive_path or self.config.archive


pass_setting = click.make_pass_decorator(Setting, ensure=True)


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Path | None], None]:
    def keep(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
        if value is not None:
            setattr(context.ensure_object(Setting), name, value)

    return keep


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the two options that all have."""
    path = click.Path(path_type=Path)
    options = (
        click.option("--config", metavar="FILE", type=path, expose_value=False, callback=_keep("config_path"),
                     help=_("Use this config.toml.")),
        click.option("--archive", metavar="DIR", type=path, expose_value=False, callback=_keep("archive_path"),
                     help=_("Use the archive in this folder.")),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def _leave(error: FeedError) -> NoReturn:
    say(f"zhengwen: {_sentence(error)}", err=True)
    sys.exit(next(code for kind, code in _EXITS if isinstance(error, kind)))


def _sentence(error: FeedError) -> str:
    if not isinstance(error, NoText):
        return sentence_of(error.fault)
    from tui.answers import what_of

    return _("{name}: no article but {what}").format(name=error.name, what=what_of(error.instead))


class _Group(click.Group):
    """A group whose commands say an expected failure in one line."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line as click does; what click says of wrong words is cleaned as every line is."""
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
            if not reason:
                raise
            say("zhengwen: " + _("standard output takes no more: {reason}").format(reason=reason), err=True)
            sys.exit(exits.FAILURE)
        except click.Abort:
            say(_("Nothing was done."), err=True)
            sys.exit(exits.FAILURE)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn a FeedError into its sentence and exit code."""
        try:
            return super().invoke(ctx)
        except FeedError as error:
            _leave(error)
        except KeyboardInterrupt:
            say(err=True)  # the prompt does not go behind ^C
            sys.exit(exits.INTERRUPTED)


@click.group(
    cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Chinese economic policy news in a terminal, with the plan inside it."),
    epilog=_("Exit codes: 0 done, 1 failed, 2 wrong options or config.toml, 3 archive in use, 4 no such article."),
)  # fmt: skip
@click.version_option(package_name="zhengwen", message="%(prog)s %(version)s")
@click.option("--demo", is_flag=True, help=_("Show the dashboard on an embedded news site with invented articles."))
@common
@click.pass_context
def zhengwen(context: click.Context, *, demo: bool) -> None:
    """Open the dashboard when no command is named."""
    if context.invoked_subcommand:
        gc.enable()
        if demo:
            raise click.UsageError(_("--demo opens the dashboard; it goes with no command"))
        return
    if not (sys.stdin.isatty() and (sys.stderr.isatty() or sys.stdout.isatty())):  # read and drawn on
        raise FeedError("the dashboard needs a terminal; zhengwen list and zhengwen show print into a pipe")
    setting = context.ensure_object(Setting)
    from tui import dashboard  # Textual costs 0.2 s that no other command needs

    if demo:
        dashboard.run_demo(setting.config, setting.archive_path)
    else:
        dashboard.run(setting.config, setting.archive)


@zhengwen.command(help=_("Poll the sources without a dashboard, until interrupted."))
@click.option("--once", is_flag=True, help=_("Ask every source once, then end."))
@click.option("--json", "as_json", is_flag=True, help=_("Print each event as a line of JSON."))
@common
@pass_setting
def poll(setting: Setting, *, once: bool, as_json: bool) -> None:
    """Supervise the poller process and print what it tells."""
    from tui.cli import polling_report

    sys.exit(polling_report.run(setting.config.path, setting.archive, once=once, as_json=as_json))


@zhengwen.command(
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

    now = datetime.now().astimezone()
    kept = setting.config.view(view).query if view else ""
    wish = language.parse(" ".join(query), now.date())
    if kept:
        wish = language.parse(kept, now.date()).and_also(wish)

    def told(archive: "Archive") -> tuple[list[str], list[str]]:
        listing = archive.listing(wish)
        found = listing.window(0, limit or listing.count())
        rest = printing.remainder(listing, len(found)) if found and limit and not as_json else ()
        return list(printing.rows(found, now, as_json=as_json)), list(rest)

    lines, rest = reading.read(setting.archive, told)
    say_lines(lines, as_json=as_json)
    for line in rest:
        say(line, err=True)
    if not lines:
        say(_("Nothing matches this filter."), err=True)


@zhengwen.command(help=_("Show one article. ID is the start of an id, or the article's address."))
@click.argument("name", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help=_("Print the whole record as JSON."))
@common
@pass_setting
def show(setting: Setting, name: str, *, as_json: bool) -> None:
    """Print one article and its plan."""
    from tui.cli import printing, reading

    def found(archive: "Archive") -> tuple[Article, Flags, list["Duplicate"]]:
        article = archive.get(archive.resolve(name))
        return article, archive.flags(article.id), archive.duplicates(article.id)

    article, flags, duplicates = reading.read(setting.archive, found)
    say_lines(printing.article(article, flags, duplicates, as_json=as_json), as_json=as_json)


@zhengwen.command(help=_("Show the plan in one article: a file, an address, an archived ID, or - for standard input."))
@click.argument("what", metavar="FILE|URL|ID|-")
@click.option("--json", "as_json", is_flag=True, help=_("Print the plan as one JSON object."))
@click.option("--why", is_flag=True, help=_("Print what each rule found or refused, sentence by sentence."))
@common
@pass_setting
def plan(setting: Setting, what: str, *, as_json: bool, why: bool) -> None:
    """Print the plan structure of one article."""
    from feeds.intake import article as intake
    from tui.cli import printing

    now = datetime.now().astimezone()
    if what == "-":
        article = intake.article_of_bytes(sys.stdin.buffer.read(), "-", now)
    elif what.startswith(("http://", "https://")):
        article = intake.article_of_address(what, setting.config.fetch, now)
    elif Path(what).is_file():
        article = intake.article_of_bytes(Path(what).read_bytes(), what, now)
    else:
        article = _archived(setting, what)
    if why:
        say_lines(intake.why_of(article), as_json=False)
        return
    say_lines(printing.plan(article, as_json=as_json), as_json=as_json)


def _archived(setting: Setting, name: str) -> Article:
    """The archived article that `name` means; NoSuchArticle says that it is no file either."""
    from tui.cli import reading

    try:
        return reading.read(setting.archive, lambda archive: archive.get(archive.resolve(name)))
    except NoSuchArticle:
        raise NoSuchArticle("{name} is neither a file nor an address nor an archived article", name=name) from None


@zhengwen.command(
    help=_("Ask for the pages of articles again. ID is as for show; what comes takes the place of a wrong text.")
)
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@common
@pass_setting
def fetch(setting: Setting, names: tuple[str, ...]) -> None:
    """Fetch the text of articles by hand."""
    from tui.cli import fetching

    sys.exit(fetching.run(setting.config.path, setting.archive, names))


@zhengwen.command("import", help=_("Read posts (files, or folders of them) into the archive."))
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@common
@pass_setting
def import_(setting: Setting, paths: tuple[Path, ...]) -> None:
    """Archive posts from disk."""
    from tui.cli import importing

    sys.exit(importing.run(paths, setting.archive))


@zhengwen.group("archive", help=_("Look after the archive as a whole."))
@common
def archive_() -> None:
    """Hold the commands that walk through all of it."""


@archive_.command("verify", help=_("Read every day file and compare the index with it; name what is damaged."))
@common
@pass_setting
def archive_verify(setting: Setting) -> None:
    """Change nothing."""
    from tui.cli import upkeep

    sys.exit(upkeep.verify(setting.archive))


@archive_.command("rebuild", help=_("Make the index anew from the day files, the newest first."))
@common
@pass_setting
def archive_rebuild(setting: Setting) -> None:
    """Empty the index and fill it."""
    from tui.cli import upkeep

    sys.exit(upkeep.rebuild(setting.archive))


@archive_.command("migrate", help=_("Write day files of an earlier version in the present one."))
@common
@pass_setting
def archive_migrate(setting: Setting) -> None:
    """Rewrite what is old."""
    from tui.cli import upkeep

    sys.exit(upkeep.migrate(setting.archive))


@archive_.command("stats", help=_("Print articles and bytes: in all, by year, by source."))
@common
@pass_setting
def archive_stats(setting: Setting) -> None:
    """Measure."""
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
    """Ask, then remove."""
    from tui.cli import upkeep

    sys.exit(upkeep.prune(setting.archive, before, everything=everything, sure=sure))


@zhengwen.group("config", help=_("Look at the configuration."))
@common
def config_() -> None:
    """Hold the commands about config.toml."""


@config_.command("check", help=_("Check config.toml and say what is wrong with it."))
@common
@pass_setting
def config_check(setting: Setting) -> None:
    """Load the file; a fault leaves through the group."""
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
    """Print the path only, so that it can be used in a shell."""
    say(str(setting.config_path or config.reader_path()))


@zhengwen.command(help=_("Check this machine: terminal, configuration, archive."))
@common
@pass_setting
def doctor(setting: Setting) -> None:
    """Print one line a check; exit 1 when one failed."""
    from tui.cli import examination

    checks = examination.checks(setting.config_path, setting.archive_path)
    for check in checks:
        say(f"{check.mark} {check.name}: {check.finding}")
    sys.exit(exits.FAILURE if any(check.failed for check in checks) else 0)
