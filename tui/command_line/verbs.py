"""The commands that take arguments behind `:`, in one table, and how a written line is read.

A line is a number (`12`: go to the twelfth article), a verb with its argument (`tag +制造 due:2025`), or the name of a
command of tui.commands. A part of the main screen carries a verb out in its method `action_line_<name>(argument)`.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from feeds.folding import folded_text
from feeds.query import Query, QueryError, field_named
from tui.commands import COMMANDS, Command
from tui.words import N_, _, is_chinese, sentences

Argument = Literal["tags", "query", "view", "order", "text", "export", "pipe", "copy"]
"""The kind of argument, by which it is completed: tags and then a query; a query; a view's name; …"""
OUTPUTS: tuple[Argument, ...] = ("export", "pipe", "copy")
"""The kinds of argument that name what is given out (tui.command_line.outputs)."""


class Verb(Struct, frozen=True):
    """A command with an argument. `chinese` are its Chinese names; `needs` says that it has no meaning without one."""

    name: str
    chinese: tuple[str, ...]
    argument: Argument
    example: str
    help: str
    needs: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the English one first."""
        return (self.name, *self.chinese)


VERBS: tuple[Verb, ...] = (
    Verb("tag", ("标签",), "tags", "tag +制造 due:2025", N_("Tag what a filter finds; + adds, - removes"), needs=True),
    Verb("read", ("已读",), "query", "read date:..2026-10", N_("Mark read what a filter finds")),
    Verb("unread", ("未读",), "query", "unread tag:制造", N_("Mark unread what a filter finds")),
    Verb("star", ("星标",), "query", "star agency:工信部", N_("Star what a filter finds")),
    Verb("unstar", ("去星",), "query", "unstar date:..2025", N_("Take the stars from what a filter finds")),
    Verb("hide", ("隐藏",), "query", "hide tag:广告", N_("Hide what a filter finds; is:hidden lists it")),
    Verb(
        "unhide", ("显示",), "query", "unhide is:hidden", N_("List again what a filter finds among the hidden articles")
    ),
    Verb("filter", ("筛选",), "query", "filter has:targets", N_("Show what a filter finds")),
    Verb("view", ("视图",), "view", "view 到期", N_("Show a saved view"), needs=True),
    Verb("save", ("保存",), "text", "save 到期", N_("Keep the filter in force as a view"), needs=True),
    Verb("watch", ("关注",), "text", "watch 到期", N_("Tell of new articles of the filter in force, as a view")),
    Verb("sort", ("排序",), "order", "sort oldest", N_("Sort the list"), needs=True),
    Verb(
        "export",
        ("导出",),
        "export",
        "export md 本月/",
        N_("Write the article, its plan, or all of the filter into a file"),
        needs=True,
    ),
    Verb(
        "pipe",
        ("管道",),
        "pipe",
        "pipe text wc -m",
        N_("Give the text, the chosen text, the plan or the rows to a command"),
        needs=True,
    ),
    Verb(
        "copy",
        ("复制",),
        "copy",
        "copy sentence",
        N_("Copy the address, the title, the sentence, the plan or the id"),
        needs=True,
    ),
)
"""Verbs without an argument act on the article under the cursor; `%` stands for the filter in force."""


class CommandText(Struct, frozen=True):
    """A line that was understood: a position from 1, a verb with its argument, or a command of the table."""

    number: int = 0
    verb: Verb | None = None
    argument: str = ""
    command: Command | None = None


class Misunderstanding(Struct, frozen=True):
    """Why a line was not understood, as a sentence."""

    sentence: str


def verb_named(name: str) -> Verb | None:
    """The verb of this name, English in any letter case or Chinese."""
    wanted = folded_text(name)
    return next((verb for verb in VERBS if wanted in verb.names), None)


def split_line(text: str) -> tuple[str, str]:
    """The first word of a line without a colon before it, and the rest."""
    first, _blank, rest = text.strip().lstrip(":：").strip().partition(" ")
    return first, rest.strip()


def read_line(text: str) -> CommandText | Misunderstanding:
    """A written line as what it asks for."""
    first, argument = split_line(text)
    if first.isdecimal():
        return CommandText(number=int(first[:12]))
    verb = verb_named(first)
    if verb is not None:
        if verb.needs and not argument:
            words = _("“{verb}” needs more, for example: {example}")
            return Misunderstanding(words.format(verb=first, example=verb.example))
        return CommandText(verb=verb, argument=argument)
    whole = folded_text(f"{first} {argument}".strip())
    for command in COMMANDS:
        if command.palette and whole in {command.id, folded_text(_(command.label))}:
            return CommandText(command=command)
    names = [name for verb in VERBS for name in verb.names]
    names += [name for command in COMMANDS if command.palette for name in (command.id, folded_text(_(command.label)))]
    return Misunderstanding(misspelt(_("There is no command “{given}”."), first, names))


def misspelt(sentence: str, given: str, choices: Sequence[str]) -> str:
    """A sentence about a name that there is not, with the nearest one."""
    from difflib import get_close_matches

    near = get_close_matches(folded_text(given), choices, 1, 0.5)
    words = sentence.format(given=given)
    return sentences(words, _("Did you mean {nearest}?").format(nearest=near[0])) if near else words


def reason_against_order(name: str) -> str:
    """The mistake in the name of an order as a sentence, with the nearest one; "" for an order."""
    field = field_named("order")
    try:
        Query().with_term("order", name)
    except QueryError:
        known = [*field.words, *(word for word, _value in field.chinese_words)] if field else []
    else:
        return ""
    in_my_script = [word for word in known if word.isascii() != is_chinese() and word != "date"]
    wrong = misspelt(_("There is no order “{given}”."), name, known)
    return sentences(wrong, _("There are {choices}.").format(choices=_(", ").join(in_my_script)))
