"""Two plans side by side. Groups are aligned by kind and text, items by text, targets by indicator and deadline."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from feeds.compare.comparison import Change, Comparison, FieldChange, Pairing, Part, PartKind, Place, in_order
from feeds.compare.matching import Pair, equal_pairs, grams_of, like_pairs
from feeds.compare.structure import structure_pairings
from feeds.compare.wording import plain_of, wording_of
from feeds.model import Document, Goal, Group, Item, Plan, Target

P = TypeVar("P", bound=Part)
Stage = Callable[[Sequence[P], Sequence[P]], list[Pair]]
Fields = dict[str, str]


def compare(before: Plan, after: Plan) -> Comparison:
    """The two plans, part by part.

    While parts are matched, one of the two always counts as the first, so that the mirror is exact.
    """
    if msgspec.msgpack.encode(after) < msgspec.msgpack.encode(before):
        return compare(after, before).mirror()
    pairings = [
        *_pairings_of("document", before.documents, after.documents, _DOCUMENT_STAGES),
        *structure_pairings(before.groups, after.groups, _pairing),
        *_pairings_of("goal", before.goals, after.goals, _GOAL_STAGES),
        *_pairings_of("target", before.targets, after.targets, _TARGET_STAGES),
    ]
    return Comparison(in_order(pairings))


def _pairings_of(kind: PartKind, left: Sequence[P], right: Sequence[P], stages: Iterable[Stage[P]]) -> list[Pairing]:
    """The pairings of parts whose order means nothing: each stage matches what the earlier ones left."""
    lefts, rights = list(range(len(left))), list(range(len(right)))
    found: list[Pairing] = []
    for stage in stages:
        if not (lefts and rights):
            break  # most plans lack a kind of parts; with the same in `structure`, merging takes 0.83 × of the time
        pairs = stage([left[number] for number in lefts], [right[number] for number in rights])
        found += [_pairing(kind, left[lefts[a]], right[rights[b]], (lefts[a],), (rights[b],)) for a, b in pairs]
        lefts = [number for place, number in enumerate(lefts) if place not in {a for a, _b in pairs}]
        rights = [number for place, number in enumerate(rights) if place not in {b for _a, b in pairs}]
    found += [_pairing(kind, left[number], None, (number,), None) for number in lefts]
    return found + [_pairing(kind, None, right[number], None, (number,)) for number in rights]


def _pairing(
    kind: PartKind, before: Part | None, after: Part | None, before_place: Place | None, after_place: Place | None
) -> Pairing:
    """A pairing and the fields that differ in it."""
    change: Change = "new" if before is None else "gone"
    fields: tuple[FieldChange, ...] = ()
    if before is not None and after is not None:
        old, new = fields_of(before), fields_of(after)
        fields = tuple(
            FieldChange(name, old[name], new[name], wording_of(old[name], new[name]))
            for name in old
            if plain_of(old[name]) != plain_of(new[name])
        )
        change = "changed" if fields else "same"
    return Pairing(
        kind=kind,
        change=change,
        before=before,
        after=after,
        before_place=before_place,
        after_place=after_place,
        fields=fields,
    )


def fields_of(part: Part) -> Fields:
    """The fields of a part, as it is printed."""
    match part:
        case Document():
            return {"title": part.title, "number": part.number or "", "issuers": "、".join(part.issuers)}
        case Group():
            return {"label": part.label}
        case Item():
            return {"title": part.title}
        case Goal():
            return {"text": part.text, "deadline": part.deadline}
        case Target():
            return {
                "indicator": part.indicator,
                "comparator": part.comparator,
                "direction": part.direction,
                "value": part.value + part.unit,
                "deadline": part.deadline,
                "baseline": part.baseline or "",
            }
        case _:
            return {"text": part.text}


def _equal(key: Callable[[P], object]) -> Stage[P]:
    """Match parts with one key; a key that holds no text at all matches nothing."""

    def stage(left: Sequence[P], right: Sequence[P]) -> list[Pair]:
        return equal_pairs([_hashable(key(part)) for part in left], [_hashable(key(part)) for part in right])

    return stage


def _hashable(key: object) -> tuple[str, ...] | None:
    words = tuple(map(plain_of, key)) if isinstance(key, tuple) else (plain_of(str(key)),)
    return words if words[0] else None


def _like(text: Callable[[P], str], floor: float, same: Callable[[P], str] = lambda _part: "") -> Stage[P]:
    """Match parts whose texts are alike and that agree in `same`."""

    def stage(left: Sequence[P], right: Sequence[P]) -> list[Pair]:
        found: list[Pair] = []
        for word in sorted({same(part) for part in left} & {same(part) for part in right}):
            lefts = [number for number, part in enumerate(left) if same(part) == word]
            rights = [number for number, part in enumerate(right) if same(part) == word]
            pairs = like_pairs(
                [grams_of(plain_of(text(left[number]))) for number in lefts],
                [grams_of(plain_of(text(right[number]))) for number in rights],
                floor,
            )
            found += [(lefts[a], rights[b]) for a, b in pairs]
        return found

    return stage


_DOCUMENT_STAGES: tuple[Stage[Document], ...] = (
    _equal(lambda part: (part.title, part.number or "")),
    _equal(lambda part: part.title),
    _like(lambda part: part.title, 0.6),
)
_GOAL_STAGES: tuple[Stage[Goal], ...] = (
    _equal(lambda part: (part.text, part.deadline)),
    _equal(lambda part: part.text),
    _like(lambda part: part.text, 0.5, lambda part: part.deadline),
    _like(lambda part: part.text, 0.7),
)
_TARGET_STAGES: tuple[Stage[Target], ...] = (
    _equal(lambda part: (part.indicator, part.deadline, part.value, part.unit, part.comparator, part.direction)),
    _equal(lambda part: (part.value, part.unit, part.indicator, part.deadline)),
    _equal(lambda part: (part.indicator, part.deadline, part.unit)),
    _equal(lambda part: (part.indicator, part.deadline)),
    _equal(lambda part: (part.indicator, part.value, part.unit)),
    _equal(lambda part: part.indicator),
    _like(lambda part: part.indicator, 0.6, lambda part: f"{part.deadline} {part.value}{part.unit}"),
    _like(lambda part: part.indicator, 0.6, lambda part: f"{part.deadline} {part.unit}"),
    _like(lambda part: part.indicator, 0.7, lambda part: part.unit),
)
