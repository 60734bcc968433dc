"""The `rule` commands: rules and mute words of config.toml, and what one takes of the archive; they change nothing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click
import msgspec

from feeds import query as language
from feeds.config.sources.rules import NamedRule, named_rules
from feeds.errors import ConfigError
from feeds.model import BEIJING
from feeds.query.rules import StoreRule
from tui.cli.commands.query_words import QueryCommand
from tui.cli.output import fields_line, say, say_json
from tui.cli.setting import Setting, common, pass_setting
from tui.text import minute_of
from tui.words import _, ngettext

if TYPE_CHECKING:
    from feeds.archive import Engine
    from feeds.query import Query
    from feeds.query.results import Row


@click.group("rule", help=_("List the rules and mute words of config.toml, and test what one takes of the archive."))
@common
def rule_() -> None:
    """Group the commands about rules."""


@rule_.command(
    "list", help=_("Print each rule and mute word: its query, what it does, how many articles it finds now.")
)
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
@common
@pass_setting
def rule_list(setting: Setting, *, as_json: bool) -> None:
    """Print one line for each rule. Fields are separated by tabs."""
    from tui.cli import reading

    rules = named_rules(setting.config, datetime.now(BEIJING).date())

    def count_all(archive: "Engine") -> list[int]:
        return [_count(archive, one.rule.query) for one in rules]

    counts = reading.read(setting.archive, count_all) if rules else []
    if as_json:
        forms = [{**_form_of(one), "articles": count} for one, count in zip(rules, counts, strict=True)]
        say_json(msgspec.json.encode(forms).decode())
        return
    for one, count in zip(rules, counts, strict=True):
        found = ngettext("{n} article", "{n} articles", count)
        say(fields_line((_title_of(one), str(one.rule.query), ", ".join(_words_of(_marks_of(one.rule))), found)))
    if not rules:
        say(_("{file} has no [[rule]] and no mute word.").format(file=setting.config.path), err=True)


@rule_.command(
    "test", cls=QueryCommand,
    help=_("Print the newest articles that a rule takes, and what it does to them. QUERY is a filter, the number of a "
           "[[rule]], or a mute word. Nothing is changed."),
)  # fmt: skip
@click.argument("query", nargs=-1, required=True)
@click.option("--read", is_flag=True, help=_("As if the rule marked them read."))
@click.option("--star", is_flag=True, help=_("As if the rule starred them."))
@click.option("--hide", is_flag=True, help=_("As if the rule hid them."))
@click.option("--tag", "tags", multiple=True, metavar="TAG", help=_("As if the rule gave them this tag."))
@click.option("--limit", default=20, type=click.IntRange(min=0), metavar="N", help=_("At most N; 0 for all."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
@common
@pass_setting
def rule_test(
    setting: Setting, query: tuple[str, ...], *, read: bool, star: bool, hide: bool, tags: tuple[str, ...],
    limit: int, as_json: bool,
) -> None:  # fmt: skip
    """Print the articles and their marks."""
    from tui.cli import reading

    given = StoreRule(language.Query(), read, star, hide, tags)
    rule = _rule_named(setting, " ".join(query), given)

    def find(archive: "Engine") -> tuple[int, "list[tuple[Row, bool]]"]:
        return _count(archive, rule.query), _newest(archive, rule.query, limit)

    count, found = reading.read(setting.archive, find)
    if as_json:
        articles = [{**_form_of_row(row), "would": _missing_marks(rule, row, hidden=hidden)} for row, hidden in found]
        form = {"query": str(rule.query), **_marks_of(rule), "articles": count, "newest": articles}
        say_json(msgspec.json.encode(form).decode())
        return
    marks = ", ".join(_words_of(_marks_of(rule)))
    head = [str(rule.query), *([marks] if marks else []), ngettext("{n} article", "{n} articles", count)]
    say(" · ".join(head), err=True)
    for row, hidden in found:
        say(fields_line(_fields_of(rule, row, hidden=hidden)))


def _rule_named(setting: Setting, text: str, given: StoreRule) -> StoreRule:
    """The rule of this number or mute word, or a rule with this query. Raises ConfigError, QueryError."""
    today = datetime.now(BEIJING).date()
    for one in named_rules(setting.config, today):
        if one.name == text:
            return one.rule
    count = len(setting.config.rules)
    if text.isascii() and text.isdecimal() and len(text) < len("2026"):
        raise ConfigError("there is no rule {number}; config.toml has {n}", number=text, n=count)
    return msgspec.structs.replace(given, query=language.parse(text, today))


def _hidden(query: "Query") -> "Query":
    return query.and_also(language.parse("is:hidden", query.today))


def _count(archive: "Engine", query: "Query") -> int:
    """How many articles a query finds, with hidden ones. Duplicates count as one, as in a list."""
    return sum(archive.listing(one).count() for one in {str(one): one for one in (query, _hidden(query))}.values())


def _newest(archive: "Engine", query: "Query", limit: int) -> "list[tuple[Row, bool]]":
    """The newest articles that a query finds, each with whether it is hidden."""
    hidden, found = _hidden(query), dict[str, "tuple[Row, bool]"]()
    for one in (query, hidden):
        listing = archive.listing(msgspec.structs.replace(one, order="date"))
        found.update({row.id: (row, one is hidden) for row in listing.window(0, limit or listing.count())})
    newest = sorted(found.values(), key=lambda pair: pair[0].published, reverse=True)
    return newest[: limit or None]


def _marks_of(rule: StoreRule) -> dict[str, Any]:
    return {"read": rule.read, "star": rule.star, "hide": rule.hide, "tags": list(rule.tags)}


def _missing_marks(rule: StoreRule, row: "Row", *, hidden: bool) -> dict[str, Any]:
    """The marks of a rule that an article does not have yet."""
    return {
        "read": rule.read and row.unread,
        "star": rule.star and not row.starred,
        "hide": rule.hide and not hidden,
        "tags": [tag for tag in rule.tags if tag not in row.tags],
    }


def _words_of(marks: dict[str, Any]) -> Iterator[str]:
    words = {"read": _("mark as read"), "star": _("star"), "hide": _("hide")}
    yield from (word for name, word in words.items() if marks[name])
    yield from (_("tag {tag}").format(tag=tag) for tag in marks["tags"])


def _fields_of(rule: StoreRule, row: "Row", *, hidden: bool) -> Sequence[str]:
    """The fields of an article's line: time, id, source, title, what the rule does."""
    marks = ", ".join(_words_of(_missing_marks(rule, row, hidden=hidden)))
    does_something = any(_marks_of(rule).values())
    what = marks or (_("has these marks already") if does_something else "")
    return minute_of(row.published), row.id, row.source, row.title, what


def _title_of(one: NamedRule) -> str:
    if not one.is_mute:
        return _("rule {number}").format(number=one.name)
    return _("mute word of {name}").format(name=one.source) if one.source else _("mute word")


def _form_of(one: NamedRule) -> dict[str, Any]:
    kind = {"mute": one.name, "source": one.source} if one.is_mute else {"number": int(one.name)}
    return {**kind, "query": str(one.rule.query), **_marks_of(one.rule)}


def _form_of_row(row: "Row") -> dict[str, Any]:
    return {"id": row.id, "title": row.title, "source": row.source, "published": row.published}
