"""The examples of the rules, read from feeds/plan/examples: what a rule takes and what it must refuse."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Example(NamedTuple):
    """A text that a rule takes: the kind of text, the text, and the verdict where the example names one."""

    kind: str
    text: str
    verdict: str


class Examples(NamedTuple):
    """What a rule takes, what it must refuse, why it stands where that is not plain, and the date of the articles."""

    taken: tuple[Example, ...]
    refused: tuple[str, ...]
    reason: str
    when: str


@cache
def examples_of(finds: str) -> dict[str, Examples]:
    """The examples of all rules that find one thing, by the rule's name.

    Raises:
        ValueError: a file is no TOML, or an example has no kind of text before it.

    """
    text = files("feeds.plan").joinpath("examples", f"{finds.replace(' ', '-')}.toml").read_text("utf-8")
    return {name: _examples(entry) for name, entry in tomllib.loads(text).items()}


def _examples(entry: dict[str, list[str] | str]) -> Examples:
    taken = tuple(_example(text) for text in entry["taken"])
    return Examples(
        taken, tuple(entry.get("refused", ())), str(entry.get("reason", "")), str(entry.get("when", "2022-03-20"))
    )


def _example(written: str) -> Example:
    kind, _, text = written.partition(" | ")
    if not text:
        message = f"an example has no kind of text before it: {written}"
        raise ValueError(message)
    text, _, verdict = text.partition(" → ")
    return Example(kind, text, verdict)
