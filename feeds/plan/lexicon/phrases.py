"""The phrases that the rules look for: templates over word classes (phrases.txt), compiled when one is first asked for.

`phrases.WANTS` is the pattern of the row WANTS. A row says what it is for in the comment above it.
"""

import re

from feeds.plan.lexicon.lists import pattern, templates


def __getattr__(name: str) -> re.Pattern[str]:
    """The pattern of the row `name`.

    Raises:
        AttributeError: phrases.txt has no such row.

    """
    template = templates().get(name)
    if template is None:
        message = f"phrases.txt has no row {name}"
        raise AttributeError(message)
    found = globals()[name] = pattern(template)
    return found
