"""The words behind `:copy` and `:pipe`: what is copied, what a command reads. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from feeds.folding import folded_text
from tui.words import N_


class OutputWord(Struct, frozen=True):
    """A word with its Chinese name, and what it stands for. `command` is the command of the table that does it."""

    name: str
    chinese: str
    help: str
    command: str = ""


COPIES = (
    OutputWord("address", "网址", N_("The address"), "copy-url"),
    OutputWord("title", "标题", N_("The title and the address"), "copy-title"),
    OutputWord("sentence", "句子", N_("The sentence with its source"), "copy-quotation"),
    OutputWord("plan", "规划", N_("The plan as a Markdown outline"), "copy-plan"),
    OutputWord("id", "编号", N_("The id"), "copy-id"),
)
CHOSEN = OutputWord("chosen", "选中", N_("The chosen text"))
"""The input that is there only while text is chosen."""
INPUTS = (
    OutputWord("text", "正文", N_("The text")),
    OutputWord("plan-json", "规划", N_("The plan as JSON")),
    OutputWord("plan-md", "提纲", N_("The plan as a Markdown outline")),
    OutputWord("rows", "行", N_("The rows of the list, with tabs")),
    OutputWord("rows-csv", "行csv", N_("The rows as CSV")),
    OutputWord("rows-json", "行json", N_("The rows as JSON")),
)
INPUTS_OF_CHOICE = (CHOSEN, *INPUTS)
ROWS = tuple(word for word in INPUTS if word.name.startswith("rows"))


def word_named(words: Sequence[OutputWord], name: str) -> OutputWord | None:
    """The word of this name, English in any letter case or Chinese."""
    wanted = folded_text(name)
    return next((word for word in words if wanted in (word.name, word.chinese)), None)


def names_of(words: Sequence[OutputWord]) -> list[str]:
    """All names."""
    return [name for word in words for name in (word.name, word.chinese)]


def pipe_words(argument: str) -> tuple[str, str]:
    """The name of the input, "" where none is written, and the command behind it."""
    first, _blank, rest = argument.strip().partition(" ")
    word = word_named(INPUTS_OF_CHOICE, first)
    return (word.name, rest.strip()) if word else ("", argument.strip())
