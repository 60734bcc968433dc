"""`zhengwen source …`: the sources of config.toml are listed, tested, added, changed and removed."""

import difflib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from feeds import config
from feeds.config import Candidate
from feeds.config.changing import edit
from feeds.config.editing import add_entries, add_entry, change_entry, remove_entry, source_entry
from feeds.controls import escape_json, excerpt, printable, without_login
from feeds.errors import ConfigError, FeedError, reason_of
from feeds.model import Source
from tui.answers import names_of_settings, result_of_test, shown_address
from tui.cli.output import fields_line, say, say_text
from tui.cli.setting import Setting, common, pass_setting
from tui.words import _, ngettext, sentence_of

_KINDS = ("rss", "roll", "live", "posts")


@click.group("source", help=_("List, test, add, change and remove sources of config.toml."))
@common
def source_() -> None:
    """Group the commands about sources."""


@source_.command("list", help=_("Print the sources: name, kind, address, category, and whether it is paused."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
@common
@pass_setting
def source_list(setting: Setting, *, as_json: bool) -> None:
    """Print one line for each source. Fields are separated by tabs."""
    rows = [_row_of(source) for source in setting.config.sources]
    if as_json:
        say(escape_json(msgspec.json.encode(rows).decode()))
        return
    for row in rows:
        paused = _("paused") if row["paused"] else ""
        say(fields_line((row["name"], row["kind"], row["address"], row["category"], paused)))


@source_.command("test", help=_("Ask an address, a path or a source once, and print what it lists. Nothing is kept."))
@click.argument("address", metavar="PATH")
@click.option("--kind", type=click.Choice(_KINDS), help=_("Take the address for this kind of source."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
@common
@pass_setting
def source_test(setting: Setting, address: str, kind: str | None, *, as_json: bool) -> None:
    """Print each candidate. Exit with 1 if none answers."""
    candidates = _candidates(setting, address, kind or "")
    if as_json:
        say(escape_json(msgspec.json.encode(candidates).decode()))
    else:
        _say_candidates(candidates)
    if all(candidate.fault for candidate in candidates):
        raise SystemExit(1)


@source_.command("add", help=_("Add a feed, a page with feeds, a Sina channel or a folder of posts, after a test."))
@click.argument("address", metavar="PATH")
@click.option("--name", help=_("Its name; else the feed's title."))
@click.option("--category", default="", help=_("The path of its category, such as 部委/工信部."))
@click.option("--kind", type=click.Choice(_KINDS), help=_("Take the address for this kind of source."))
@click.option("--interval", type=click.IntRange(1, 31_536_000), help=_("Seconds between two polls."))
@click.option("--choose", type=click.IntRange(1), help=_("Which of several feeds of a page: its number."))
@common
@pass_setting
def source_add(
    setting: Setting, address: str, name: str | None, category: str, kind: str | None, interval: int | None,
    choose: int | None,
) -> None:  # fmt: skip
    """Test the address, print what it lists, and write it into config.toml."""
    candidates = _candidates(setting, address, kind or "")
    if len(candidates) > 1 and choose is None:
        _say_candidates(candidates)
        raise FeedError("{address} names several feeds; choose one with --choose NUMBER", address=address)
    if (choose or 1) > len(candidates):
        raise FeedError("{address} names {n} feeds; there is no number {number}",
                        address=address, n=len(candidates), number=choose or 1)  # fmt: skip
    found = candidates[(choose or 1) - 1]
    if found.fault:
        raise FeedError.of(found.fault)
    _say_candidates([found])
    values = source_entry(found.source, setting.config.sources, name=name or "", category=category, interval=interval)
    change = edit(setting.config.path, lambda text: add_entry(text, "source", values), "source")
    say(_("{name} is added to {file}").format(name=values["name"], file=change.path))


@source_.command("pause", help=_("Poll a source no more; its articles stay."))
@click.argument("name", metavar="SOURCE")
@common
@pass_setting
def source_pause(setting: Setting, name: str) -> None:
    """Write `paused = true`."""
    _change(setting, name, lambda text: change_entry(text, "source", name, {"paused": True}))
    say(_("{name} is paused").format(name=name))


@source_.command("resume", help=_("Poll a paused source again."))
@click.argument("name", metavar="SOURCE")
@common
@pass_setting
def source_resume(setting: Setting, name: str) -> None:
    """Take `paused` out."""
    _change(setting, name, lambda text: change_entry(text, "source", name, {"paused": None}))
    say(_("{name} is polled again").format(name=name))


@source_.command("remove", help=_("Remove a source from config.toml; its articles stay."))
@click.argument("name", metavar="SOURCE")
@common
@pass_setting
def source_remove(setting: Setting, name: str) -> None:
    """Take the entry out."""
    _change(setting, name, lambda text: remove_entry(text, "source", name))
    say(_("{name} is removed").format(name=name))


@source_.command("rename", help=_("Give a source another name."))
@click.argument("name", metavar="SOURCE")
@click.argument("new", metavar="NEW")
@common
@pass_setting
def source_rename(setting: Setting, name: str, new: str) -> None:
    """Write the other name. Without a category of its own the source keeps the one that its old name gave."""
    source = _source_named(setting.config.sources, name)
    keeps = {"category": "/".join(source.category)} if source.category == (name,) else {}
    _change(setting, name, lambda text: change_entry(text, "source", name, {"name": new, **keeps}))
    say(_("{name} is now called {new}").format(name=name, new=new))


@source_.command("import", help=_("Add the feeds of an OPML file; folders become categories."))
@click.argument("file", metavar="OPML", type=click.Path(path_type=Path))
@common
@pass_setting
def source_import(setting: Setting, file: Path) -> None:
    """Write the new sources into config.toml. Print each outline that cannot be read."""
    import_opml(setting, file)


@source_.command("export", help=_("Print the sources as OPML, without logins."))
@click.option("--opml", is_flag=True, default=True, help=_("The only form, and so the default."))
@common
@pass_setting
def source_export(setting: Setting, *, opml: bool) -> None:
    """Print the file. Other readers take the feeds from it, zhengwen takes all sources."""
    del opml
    from feeds.intake.opml import opml_of

    sources = [msgspec.structs.replace(source, url=without_login(source.url)) for source in setting.config.sources]
    say_text(opml_of(sources))
    for before, after in zip(setting.config.sources, sources, strict=True):
        if before.url != after.url:
            say(_("{name}: its login is left out").format(name=before.name), err=True)


def import_opml(setting: Setting, file: Path) -> None:
    """Add the sources of an OPML file to config.toml. Raises FeedError."""
    from feeds.intake.opml import new_sources, sources_in

    try:
        data = file.read_bytes()
    except OSError as error:
        name = excerpt(printable(file), 1000)
        raise FeedError("{file}: cannot be read ({reason})", file=name, reason=reason_of(error)) from None
    outline = sources_in(data, excerpt(printable(file), 1000))
    known_sources = config.load(setting.config.path).sources  # another file may have added some just now
    fresh = new_sources(outline.sources, known_sources)
    for fault in outline.faults:
        say(sentence_of(fault), err=True)
    if more := outline.unread - len(outline.faults):
        say(
            ngettext("and {n} more outline that is not read", "and {n} more outlines that are not read", more), err=True
        )
    if fresh:
        rows = [row_of(source) for source in fresh]
        edit(setting.config.path, lambda text: add_entries(text, "source", rows), "source")
    known = len(outline.sources) - len(fresh)
    say(_("{n} added, {known} known already, {faults} not read").format(
        n=len(fresh), known=known, faults=outline.unread))  # fmt: skip


def row_of(source: Source) -> dict[str, Any]:
    """The keys of a [[source]] that are not as they are by default."""
    values: dict[str, Any] = source_entry(source, (), category="/".join(source.category))
    default = Source(name="", kind="")
    numbers = {"interval": source.interval, "pages": source.pages, "paused": source.paused, "page": source.page}
    values |= {key: value for key, value in numbers.items() if value != getattr(default, key)}
    return values | ({"mute": list(source.mute)} if source.mute else {})


def _candidates(setting: Setting, address: str, kind: str) -> Sequence[Candidate]:
    from feeds.intake.candidates import find_candidates, test_source  # fetcher and parsers

    limits = setting.config.fetch
    for source in setting.config.sources:
        if source.name == address:
            return [test_source(source, limits)]
    return find_candidates(address, limits, kind)


def _say_candidates(candidates: Sequence[Candidate]) -> None:
    for number, candidate in enumerate(candidates, 1):
        row = _row_of(candidate.source)
        head = f"{number}. " if len(candidates) > 1 else ""
        say(f"{head}{row['name']}  [{row['kind']}]  {row['address']}")
        say(f"   {result_of_test(candidate)}")


def _row_of(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "kind": source.kind,
        "address": shown_address(source),
        "category": "/".join(source.category),
        "paused": source.paused,
        "page": source.page,
        "mute": source.mute,
        "request": names_of_settings(source.request),
    }


def _source_named(sources: Sequence[Source], name: str) -> Source:
    """The source of this name. Raises ConfigError, which names the nearest."""
    for source in sources:
        if source.name == name:
            return source
    names = [source.name for source in sources]
    near = difflib.get_close_matches(name, names, 3, 0.4) or names
    raise ConfigError(
        "there is no source called {name}; there are {choices}", name=name, choices=", ".join(near) or "–"
    )


def _change(setting: Setting, name: str, change: Callable[[str], str]) -> Path:
    _source_named(setting.config.sources, name)
    return edit(setting.config.path, change, "source").path
