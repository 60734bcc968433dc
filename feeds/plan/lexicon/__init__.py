"""The word lists, which are data: one file a list, its source in its first lines, read once and only when asked for.

A list stands here and not in code, so that somebody who knows the language can mend it without knowing the program.
`pattern` puts word classes into a rule's pattern: <want> stands for any word of the class `want`.
"""

from feeds.plan.lexicon.lists import (
    any_of,
    beginning,
    classes,
    expand,
    last_match,
    late,
    matches_at,
    pattern,
    rows,
    templates,
    words,
)

__all__ = [
    "any_of",
    "beginning",
    "classes",
    "expand",
    "last_match",
    "late",
    "matches_at",
    "pattern",
    "rows",
    "templates",
    "words",
]
