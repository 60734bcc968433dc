"""Tags as a reader writes them: a word with a sign before it, or without one. Pure.

The line of tags, `:tag` and `zhengwen mark --tag` read them here. Each of them says what a word without a sign means.
"""

from collections.abc import Iterable
from typing import NamedTuple

_SIGNS = {"+": "+", "＋": "+", "-": "-", "－": "-"}
BEFORE_NAME = "".join(_SIGNS) + "#＃ "
"""The characters that may stand before the name of a tag."""


class WrittenTag(NamedTuple):
    """A tag, and the sign before it: "+" adds the tag, "-" takes it away, "" is no sign."""

    sign: str
    name: str


def is_signed(word: str) -> bool:
    """Whether a word begins with the sign of a tag."""
    return word[:1] in _SIGNS


def written_tags(words: Iterable[str]) -> list[WrittenTag]:
    """The tags of some words, in their order. A word of signs alone is no tag."""
    found = (WrittenTag(_SIGNS.get(word[:1], ""), word.lstrip(BEFORE_NAME)) for word in map(str.strip, words))
    return [tag for tag in found if tag.name]
