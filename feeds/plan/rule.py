"""What a rule is, and the scale of its confidence. feeds.plan.rules has all rules in the order in which they decide.

Rules that compete stand in one table: a tuple of `Rule` that read the same thing. The first that applies decides. The
examples of a rule are data: feeds/plan/examples/<what it finds>.toml, under the rule's name.
"""

from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Generic, NamedTuple, TypeVar

OUTRIGHT, LIKELY, GUESS = 0.9, 0.6, 0.4
"""The scale, from 0 to 1: the text says it outright; it is likely (a loose date, a list that is too short); a guess."""
SURE = 1.0
"""Nothing in the words can be read otherwise."""
DOUBT = 0.5
"""What the confidence of everything in an article of a doubtful genre is multiplied with."""

Seen = TypeVar("Seen")
Verdict = TypeVar("Verdict")


class Rule(NamedTuple, Generic[Seen, Verdict]):
    """One rule: what it is called, what it finds, when it applies, what it then decides, and how sure that is.

    `finds` is genre, document, issuer, group, date, no date, reach, goal or target. `applies` gives something true
    where the rule decides.
    """

    name: str
    finds: str
    applies: Callable[[Seen], object]
    verdict: Verdict
    confidence: float

    @property
    def title(self) -> str:
        """How the rule is named in `zhengwen plan --why`."""
        return f"{self.finds}: {self.name}"


def table_of(
    finds: str, *rows: tuple[str, Callable[[Seen], object], Verdict, float]
) -> tuple[Rule[Seen, Verdict], ...]:
    """A table of rules that find one thing, from rows of name, when it applies, verdict and confidence."""
    return tuple(Rule(name, finds, applies, verdict, confidence) for name, applies, verdict, confidence in rows)


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


def first_of(rules: Iterable[Rule[Seen, Verdict]], seen: Seen) -> Rule[Seen, Verdict] | None:
    """The first rule that applies."""
    for rule in rules:
        if rule.applies(seen):
            return rule
    return None


@cache
def examples_of(finds: str) -> dict[str, Examples]:
    """The examples of all rules that find one thing, by the rule's name.

    Raises:
        ValueError: a file is no TOML, or an example has no kind of text before it.

    """
    import tomllib

    text = files(__package__).joinpath("examples", f"{finds.replace(' ', '-')}.toml").read_text("utf-8")
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
