"""The tags at the beginning of what is written behind `:tag`. Pure."""

import re

from tui.written_tags import is_signed, written_tags

_COMMA = re.compile("[,，、]+")


def tags_and_query(argument: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Tags to add, tags to take away, and the query behind them.

    Signed words at the beginning are tags: `+制造 -旧 due:2025`. Without one, the first word is the tag to add. Commas
    separate tags too; one without a sign has that of the tag before it.
    """
    words = argument.split()
    signed = 0
    while signed < len(words) and is_signed(words[signed]) and len(words[signed]) > 1:
        signed += 1
    written = words[:signed] or [f"+{word}" for word in words[:1]]
    added: list[str] = []
    gone: list[str] = []
    for word in written:
        tags = added
        for tag in written_tags(_COMMA.split(word)):
            if tag.sign:
                tags = added if tag.sign == "+" else gone
            tags.append(tag.name)
    return tuple(added), tuple(gone), " ".join(words[len(written) :])
