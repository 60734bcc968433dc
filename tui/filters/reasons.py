"""Sentences for a filter that finds nothing: which value the archive lacks, and which term to leave out. Pure."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from feeds.query import Query
from tui.filters.words import field_title, plain_words
from tui.words import _, ngettext

if TYPE_CHECKING:
    from feeds.query.completion import Labels  # imported when a reader writes; the first frame does not need it

_MOST_WAYS = 3


def reasons_of_none(query: Query, labels: "Labels", count: Callable[[Query], int]) -> list[str]:
    """Name the values that the archive lacks with the nearest ones; else count the rest without one term."""
    from feeds.query.nearest import missing_labels, narrower_by_one  # few filters find nothing

    reasons = []
    for missing in missing_labels(query, labels):
        field, value = field_title(missing.field), missing.value
        if missing.nearest:
            asked = _("The archive has no {field} “{value}”; did you mean {nearest} ({total})?")
            reasons.append(asked.format(field=field, value=value, nearest=missing.nearest, total=missing.total))
        else:
            reasons.append(_("The archive has no {field} “{value}”.").format(field=field, value=value))
    if reasons:
        return reasons
    counted = sorted(((count(rest), term) for term, rest in narrower_by_one(query)), reverse=True)
    ways = [
        _("without “{term}” {articles}").format(
            term=plain_words(term), articles=ngettext("{n} article", "{n} articles", total)
        )
        for total, term in counted[:_MOST_WAYS]
        if total
    ]
    return [_("Nearest: {ways}.").format(ways=_(", ").join(ways))] if ways else []
