"""The groups of a plan: declared counts joined to what is listed for them, enumerations by ordinals, all nested.

Four steps. Series of ordinals are found; each is joined to the count that announces it; the counts left over look for a
list beside them; what lies inside an item's text is moved into that item.
"""

from feeds.model import Group
from feeds.plan.clauses import Paper
from feeds.plan.groups import binding, listing
from feeds.plan.groups.arrangement import merge, nest, split_by_section
from feeds.plan.groups.counts import Count
from feeds.plan.groups.drafts import Draft
from feeds.plan.groups.enumerations import series_of
from feeds.plan.groups.unannounced import unannounced_lists
from feeds.plan.groups.unlisted import groups_without_items


def groups_of(paper: Paper, counts: list[Count], *, own: bool) -> tuple[Group, ...]:
    """Every group of the article in reading order. `own`: it has a document whose bare counts (18条措施) are kept."""
    series = split_by_section(series_of(paper))
    drafts, used = binding.by_series(paper, series, counts)
    drafts += listing.by_lists(paper, counts, used, drafts)
    if own:
        drafts += unannounced_lists(paper, drafts)
    kept = merge(paper, drafts, _drafts_without_list(paper, counts, drafts, own=own))
    for draft in kept:
        paper.note(*draft.label, draft.rule, draft.said)
    return tuple(draft.to_model(paper.lines) for draft in nest(kept))


def _drafts_without_list(paper: Paper, counts: list[Count], drafts: list[Draft], *, own: bool) -> list[Draft]:
    listed = {draft.key for draft in drafts if draft.n is not None}
    return [draft for draft in groups_without_items(paper, counts, own=own) if draft.key not in listed]
