"""The words that may be written next in a line behind `:`. Pure: views and labels are passed in."""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from feeds.folding import folded_text
from feeds.query import Field, chinese_value, field_named
from feeds.query.completion import completions
from tui.command_line.outputs import COPIES, INPUTS_OF_CHOICE
from tui.command_line.verbs import OUTPUTS, verb_named
from tui.words import _, is_chinese, ngettext
from tui.written_tags import is_signed

Labels = Callable[[str], Sequence[tuple[str, int]]]
"""The values that a field has in the archive, each with its number of articles."""

Files = Callable[[str], Sequence[str]]
"""The paths that a written path may become; a folder ends with a slash."""

_LAST = re.compile(r"\S*$")


class LineOffer(Struct, frozen=True):
    """`line` is the whole line when the offer is taken, `word` what it adds, `hint` what is said of it."""

    line: str
    word: str
    hint: str = ""


def line_offers(
    text: str,
    views: Sequence[tuple[str, str]],
    labels: Labels,
    files: Files = lambda _written: (),
    pipes: Sequence[tuple[str, str]] = (),
) -> list[LineOffer]:
    """Offers for the argument of a verb; nothing while the verb itself is written.

    `views` are names with filters, `pipes` names with what each reads.
    """
    start = len(text) - len(text.lstrip(":： "))
    first, blank, argument = text[start:].partition(" ")
    verb = verb_named(first)
    head = text[: len(text) - len(argument)]
    if verb and blank and verb.argument in OUTPUTS:
        return _output_offers(verb.argument, head, argument, files, pipes)
    match verb.argument if verb and blank else "":
        case "view":
            return [
                LineOffer(head + name, name, query) for name, query in views if argument.strip().lower() in name.lower()
            ]
        case "order":
            field = field_named("order")
            return _word_offers(field, head, argument.strip()) if field else []
        case "tags" if (word := _LAST.search(argument)) and _is_among_tags(argument, word.start()):
            return _tag_offers(head, argument, word.start(), labels)
        case "tags" | "query":
            return _query_offers(head, argument, labels)
    return []


def _output_offers(
    kind: str, head: str, argument: str, files: Files, pipes: Sequence[tuple[str, str]]
) -> list[LineOffer]:
    """The words behind `export`, `pipe` and `copy`; behind a format the files that a written path begins."""
    first, blank, rest = argument.lstrip().partition(" ")
    if kind == "export":
        from feeds.export.files import FORMATS  # with all writers

        if blank:
            return [LineOffer(f"{head}{first} {path}", path) for path in files(rest.strip())]
        return [
            LineOffer(f"{head}{form.name} ", form.name, _(form.label))
            for form in FORMATS
            if form.name.startswith(first)
        ]
    if blank:
        return []
    found = [
        LineOffer(head + name, name, hint)
        for name, hint in pipes
        if kind == "pipe" and folded_text(name).startswith(folded_text(first))
    ]
    for word in COPIES if kind == "copy" else INPUTS_OF_CHOICE:
        name = word.chinese if is_chinese() else word.name
        if name.startswith(first) or word.name.startswith(first):
            found.append(LineOffer(f"{head}{name}{' ' if kind == 'pipe' else ''}", name, _(word.help)))
    return found


def _is_among_tags(argument: str, last: int) -> bool:
    """Whether the word at `last` is still one of the tags before the query."""
    return all(map(is_signed, [*argument[:last].split(), argument[last:] or "+"]))


def _tag_offers(head: str, argument: str, last: int, labels: Labels) -> list[LineOffer]:
    typed = argument[last:]
    sign, name = (typed[0], typed[1:]) if typed else ("+", "")
    return [
        LineOffer(f"{head}{argument[:last]}{sign}{tag} ", sign + tag, _count(total))
        for tag, total in labels("tag")
        if name.lower() in tag.lower()
    ]


def _query_offers(head: str, argument: str, labels: Labels) -> list[LineOffer]:
    offers = []
    for offer in completions(argument, len(argument), labels, chinese=is_chinese()):
        blank = "" if offer.text.endswith((":", "=")) else " "
        hint = _count(offer.total) if offer.total is not None else _(offer.hint) if offer.hint else ""
        offers.append(LineOffer(f"{head}{argument[: offer.start]}{offer.text}{blank}", offer.text, hint))
    return offers


def _word_offers(field: Field, head: str, typed: str) -> list[LineOffer]:
    """The fixed values of a field that begin with what is typed."""
    offers = []
    for value in field.words:
        word = chinese_value(field, value) if is_chinese() else value
        if word.startswith(typed) or value.startswith(typed):
            offers.append(LineOffer(head + word, word, value if word != value else ""))
    return offers


def _count(total: int) -> str:
    return ngettext("{n} article", "{n} articles", total)
