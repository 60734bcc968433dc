"""The result of a comparison: pairings in the order in which a reader goes through them, each with what differs."""

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from feeds.model import Document, Goal, Group, Item, Span, Target

Change = Literal["same", "changed", "new", "gone"]
PartKind = Literal["document", "group", "item", "goal", "target", "clause"]
Place = tuple[int, ...]
"""Where a part stands: its number among its siblings, from 0, behind the place of the part that holds it."""

_BEHIND_ALL = 1 << 40  # as a place's last number: behind everything that stands in it
_SECTIONS: dict[PartKind, int] = {"document": 0, "group": 1, "item": 1, "goal": 2, "target": 3, "clause": 4}
_MIRRORED: dict[Change, Change] = {"same": "same", "changed": "changed", "new": "gone", "gone": "new"}


class TextClause(Struct, frozen=True):
    """A stretch of a text that ends with a mark: a comma, a semicolon, a full stop."""

    text: str
    span: Span


Part = Document | Group | Item | Goal | Target | TextClause


class WordingRun(Struct, frozen=True):
    """A piece of two wordings: `before` and `after` are equal, or one was put in the place of the other."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether both sides say the same."""
        return self.before == self.after


class FieldChange(Struct, frozen=True):
    """One field that differs, as both sides print it, and the characters that differ."""

    name: str
    before: str
    after: str
    wording: tuple[WordingRun, ...]


class Pairing(Struct, frozen=True, kw_only=True):
    """A part of the one side and its counterpart on the other. A part that is new or gone has none.

    `moved`: it stands in another order among its siblings, or in another group. `whole`: it belongs to a part that is
    new or gone itself, and is not counted again.
    """

    kind: PartKind
    change: Change
    before: Part | None = None
    after: Part | None = None
    before_place: Place | None = None
    after_place: Place | None = None
    moved: bool = False
    whole: bool = False
    fields: tuple[FieldChange, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether there is something to show."""
        return self.moved or self.change != "same"

    @property
    def depth(self) -> int:
        """How deep the part stands: 0 for what stands in no other part."""
        return len(self.after_place or self.before_place or (0,)) - 1

    def mirror(self) -> "Pairing":
        """The same pairing with the sides exchanged."""
        return replace(
            self,
            change=_MIRRORED[self.change],
            before=self.after,
            after=self.before,
            before_place=self.after_place,
            after_place=self.before_place,
            fields=tuple(
                FieldChange(
                    field.name,
                    field.after,
                    field.before,
                    tuple(WordingRun(run.after, run.before) for run in field.wording),
                )
                for field in self.fields
            ),
        )


class Comparison(Struct, frozen=True):
    """All pairings: those of the later side in its order, each part that is gone behind what stood in front of it."""

    pairings: tuple[Pairing, ...] = ()

    @property
    def differences(self) -> tuple[Pairing, ...]:
        """The pairings that differ and are counted."""
        return tuple(pairing for pairing in self.pairings if pairing.differs and not pairing.whole)

    @property
    def counts(self) -> dict[str, int]:
        """How many parts are same, changed, new, gone and moved. One may be both changed and moved."""
        found = dict.fromkeys(("same", "changed", "new", "gone", "moved"), 0)
        for pairing in self.pairings:
            if not pairing.whole:
                found["moved"] += pairing.moved
                found[pairing.change] += pairing.change != "same" or not pairing.moved
        return found

    def mirror(self) -> "Comparison":
        """The comparison of the later side with the earlier one."""
        return Comparison(in_order([pairing.mirror() for pairing in self.pairings]))


def in_order(pairings: list[Pairing]) -> tuple[Pairing, ...]:
    """The pairings as a reader goes through them.

    The parts of the later side keep its order. A part that is gone stands behind the sibling that stood in front of it,
    or at the beginning of what held it, or with its parent where that is gone too.
    """
    keys: dict[int, tuple[int, Place, int, int]] = {
        id(pairing): (_SECTIONS[pairing.kind], pairing.after_place, 0, 0)
        for pairing in pairings
        if pairing.after_place is not None
    }
    anchors: dict[tuple[int, Place], Place] = {}  # by a place of the earlier side: where a gone part in it comes
    earlier = [pairing for pairing in pairings if pairing.before_place is not None]
    for number, pairing in enumerate(sorted(earlier, key=_place_before)):
        section, place = _place_before(pairing)
        if pairing.after_place is None:
            anchor = anchors.get((section, place[:-1]), ())
            keys[id(pairing)] = (section, anchor, 1, number)
            anchors[section, place] = anchor
        else:
            anchors[section, place] = pairing.after_place
            if not pairing.moved:
                anchors[section, place[:-1]] = (*pairing.after_place, _BEHIND_ALL)
    return tuple(sorted(pairings, key=lambda pairing: keys[id(pairing)]))


def _place_before(pairing: Pairing) -> tuple[int, Place]:
    return _SECTIONS[pairing.kind], pairing.before_place or ()
