"""Help for a filter that finds nothing: a label that the archive lacks, and the filter with one term fewer. Pure.

Labels are passed in, as for completion.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from feeds.folding import folded_text
from feeds.query.completion import Labels
from feeds.query.fields import Field, field_named
from feeds.query.query import Query, parse
from feeds.query.terms import LabelTerm

_ALIKE = 0.5  # of 1: less than this is another name
_MOST = 4000  # labels that are compared


class MissingLabel(Struct, frozen=True):
    """A value that no article of the archive has; `nearest` is the label most like it, "" if none is like it."""

    field: str
    value: str
    nearest: str = ""
    total: int = 0


def missing_labels(query: Query, labels: Labels) -> list[MissingLabel]:
    """The values among the outermost terms that find nothing in the archive, each with the nearest label."""
    missing = []
    for node in query.root.nodes:
        field = field_named(node.field) if isinstance(node, LabelTerm) else None
        if field is None or not isinstance(node, LabelTerm):
            continue
        known = labels(field.name)
        wanted = folded_text(node.value).strip("/")
        if not any(_is_found(wanted, label, field) for label, _total in known):
            missing.append(MissingLabel(field.name, node.value, *_nearest(wanted, known, field)))
    return missing


def narrower_by_one(query: Query) -> list[tuple[str, Query]]:
    """Each outermost term with the query without it."""
    terms = query.terms()
    kept = [term for term in terms if not term.startswith("order:")]
    if len(kept) < 2:
        return []
    return [(term, parse(" ".join(other for other in terms if other != term), query.today)) for term in kept]


def _is_found(wanted: str, label: str, field: Field) -> bool:
    """Whether a value finds a label, as the archive looks it up."""
    if field.in_levels:
        return ("/" + folded_text(label)).endswith("/" + wanted)
    return any(wanted in name for name in _folded_names(label, field))


def _folded_names(label: str, field: Field) -> set[str]:
    return {folded_text(name) for name in field.names(label)}


def _nearest(wanted: str, known: Sequence[tuple[str, int]], field: Field) -> tuple[str, int]:
    """The label most like a value, and its number of articles; of equals the commonest."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    best, found = _ALIKE, ("", 0)
    for label, total in known[:_MOST]:
        names = _folded_names(label, field)
        if field.in_levels:
            names |= {part for name in names for part in name.split("/")}
        for name in names:
            matcher.set_seq1(name)
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
                best, found = ratio, (label, total)
    return found
