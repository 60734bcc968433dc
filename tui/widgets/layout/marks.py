"""The layers over the text of a page: strong stretches, the marked sentence, hits of a search. No screen here."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from feeds.folding import spans_of
from feeds.model import Block, Span
from tui.widgets.layout.page import HEADER, Stretch


class Marks:
    """The overlays of one article's blocks."""

    def __init__(self, blocks: Sequence[Block] = ()) -> None:
        self.blocks = blocks
        self.words: tuple[str, ...] = ()
        self._current = -1
        self.hits: list[Span] = []
        self.marked: Span | None = None

    def search(self, words: Iterable[str]) -> int:
        """Find these words in every block; how many hits there are."""
        self.words = tuple(words)
        self._current = -1
        self.hits = [
            Span(p, start, end)
            for p, block in enumerate(self.blocks)
            for start, end in spans_of(block.text, self.words)
        ]
        return len(self.hits)

    @property
    def current(self) -> Span | None:
        """The hit that was gone to last."""
        return self.hits[self._current] if self._current >= 0 else None

    def forget(self) -> None:
        """No hit is the current one any more."""
        self._current = -1

    def step(self, p: int, offset: int, way: int) -> Span | None:
        """The next hit (`way` 1) or the one before (-1), None behind the last.

        It is counted from the current hit, or without one from this place. The last one stays current.
        """
        if self._current < 0:
            after = bisect_left(self.hits, (p, offset), key=lambda hit: (hit.p, hit.start))
            wanted = after if way > 0 else after - 1
        else:
            wanted = self._current + way
        return self.stand(wanted) if 0 <= wanted < len(self.hits) else None

    def stand(self, number: int) -> Span | None:
        """Make a hit the current one, -1 the last; None where there are no hits."""
        if not self.hits:
            return None
        self._current = number % len(self.hits)
        return self.hits[self._current]

    def leaves(self, stretches: Iterable[Stretch]) -> bool:
        """Whether there is a mark and it touches none of these stretches."""
        span = self.marked
        return span is not None and not any(
            stretch.p == span.p and stretch.start < span.end and span.start < stretch.end for stretch in stretches
        )

    def layers(self, kind: str, stretch: Stretch) -> list[tuple[int, int, str]]:
        """The layers over a stretch, as (start, end, component class) counted from its start; the last is on top."""
        if stretch.p == HEADER:
            found = spans_of(stretch.text, self.words) if kind == "title" else []
            return [(start, end, "hit") for start, end in found]
        first, last = stretch.start, stretch.end
        layers = [(start - first, end - first, "strong") for start, end in self.blocks[stretch.p].strong]
        if self.marked and self.marked.p == stretch.p:
            layers.append((self.marked.start - first, self.marked.end - first, "marked"))
        number = bisect_left(self.hits, (stretch.p, first + 1), key=lambda hit: (hit.p, hit.end))
        while number < len(self.hits) and (self.hits[number].p, self.hits[number].start) < (stretch.p, last):
            hit = self.hits[number]
            layers.append((hit.start - first, hit.end - first, "hit-now" if number == self._current else "hit"))
            number += 1
        return layers

    def cut(
        self, kind: str, stretch: Stretch, over: Sequence[tuple[int, int, str]] = ()
    ) -> list[tuple[str, tuple[str, ...]]]:
        """A stretch cut wherever a layer begins or ends: the texts, each with the component classes over it.

        `over` are further layers, which lie on top.
        """
        size = len(stretch.text)
        layers = [(max(start, 0), min(end, size), name) for start, end, name in (*self.layers(kind, stretch), *over)]
        layers = [layer for layer in layers if layer[0] < layer[1]]
        bounds = sorted({0, size, *(start for start, _end, _name in layers), *(end for _start, end, _name in layers)})
        return [
            (stretch.text[a:b], tuple(name for start, end, name in layers if start <= a and b <= end))
            for a, b in pairwise(bounds)
        ]
