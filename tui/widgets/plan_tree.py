"""The plan in the article, as a tree: documents, groups with their counts, items, goals and figures by their year.

It follows the reader's place (`highlight`) and sends the reader to a sentence (`NodeChosen`).
"""

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from feeds.model import Plan, Span
from tui.commands import bindings_of, commands_of
from tui.text import cells, clip, wrap
from tui.widgets.layout.outline import Node, best_fit, outline_of
from tui.widgets.line_view import LineView, component_classes
from tui.words import _

_OPEN, _FOLDED, _LEAF = "▾ ", "▸ ", "  "
_LINES_A_NODE = 2


def indent_of(node: Node, width: int, ambiguous: int) -> int:
    """The column at which a node's text begins in a pane of this width."""
    return min(2 * node.depth, width // 3) + 2 + cells(node.lead[0], ambiguous)


def nodes_of(roots: Sequence[Node]) -> list[Node]:
    """All nodes of an outline, folded away or not."""
    return [node for root in roots for node in root.walk()]


def breaks_of(node: Node, width: int, ambiguous: int) -> list[tuple[int, int]]:
    """The lines of a node's text, as (start, end)."""
    return wrap(node.text, max(width - indent_of(node, width, ambiguous), 2), ambiguous=ambiguous)


class PlanTree(LineView):
    """The outline of one plan. The node under the cursor is shown whole, the others in two lines."""

    PREFIX = "plan-tree"
    # Choosing and folding have the keys that they have in the dialogs' trees.
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("plan"),
        *(
            Binding(",".join(command.keys), command.action, show=False, id=f"plan.{command.id}")
            for command in commands_of("rows", "facets")
            if command.id in {"choose", "fold", "unfold"} and "plan" not in command.where
        ),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = component_classes(
        "plan-tree",
        "row cursor cursor-focus bar document number issuers code group item year goal figure lead fold kept short "
        "open note doubtful empty",
    )

    class NodeSelected(Message):
        """The reader moved the cursor to a node that stands at `span` in the text, without choosing it yet."""

        def __init__(self, tree: "PlanTree", span: Span) -> None:
            super().__init__()
            self.tree = tree
            self.span = span

        @property
        def control(self) -> "PlanTree":
            """The tree it happened in."""
            return self.tree

    class NodeChosen(NodeSelected):
        """The reader wants to see this stretch of the text: Enter or a click."""

    def __init__(
        self,
        *,
        ambiguous: int = 1,
        id: str | None = None,  # noqa: A002 -- Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(ambiguous=ambiguous, id=id, classes=classes)
        self.roots: list[Node] = []
        """The outline of the plan."""
        self._seen: list[Node] = []
        self._firsts: list[int] = []
        self._owners: list[int] = []
        self._cursor = -1
        self._lit = False
        self._wrapped: dict[Node, list[tuple[int, int]]] = {}
        self._width = -1
        self._subject = ""
        self.kept_folds: dict[str, tuple[int, ...]] = {}
        """The numbers of the folded nodes of each article, by its id."""

    # What it shows

    def show(self, plan: Plan | None, name: str = "") -> None:
        """Show the plan of the article of this id, folded as it was left; None or an empty one is a sentence."""
        self.roots = outline_of(plan) if plan else []
        self._subject = name
        folded = self.kept_folds.get(name, ())
        for number, node in enumerate(nodes_of(self.roots) if folded else ()):
            node.folded = bool(node.children) and number in folded
        self._cursor = 0 if self.roots else -1
        self._lit = False
        self.spread()
        self.scroll_to_line(0)

    def highlight(self, p: int, start: int, end: int) -> None:
        """Mark the node that fits this stretch of the text best; no message goes out."""
        node = best_fit(nodes_of(self.roots), p, start, end)
        lit = node is not None
        while node is not None and node not in self._seen:
            node = node.parent
        if node is None:
            if self._lit:
                self._lit = False
                self.redraw()
            return
        place = self._seen.index(node)
        if place != self._cursor or lit != self._lit:
            self._lit = lit
            self._stand(place)

    def spread(self) -> None:
        """Lay out the nodes that are not folded away, each in its lines."""
        self._seen = [node for root in self.roots for node in root.visible_nodes()]
        self._width = self.room.width
        self._wrapped = {node: breaks_of(node, self._width, self.ambiguous) for node in self._seen}
        self._lay_out()

    def _lay_out(self) -> None:
        """Whose line is which: two for a node, all it needs for the one under the cursor."""
        self._firsts, self._owners = [], []
        for place, node in enumerate(self._seen):
            self._firsts.append(len(self._owners))
            lines = len(self._wrapped[node])
            self._owners += [place] * (lines if place == self._cursor else min(lines, _LINES_A_NODE))
        self.set_lines(len(self._owners))
        self.redraw()

    def on_resize(self, _event: events.Resize) -> None:
        """A new width breaks the lines again; the node under the cursor stays in view."""
        if self.room.width not in (0, self._width):
            self.spread()
        if self._cursor >= 0:
            self._follow()

    # How it is drawn

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the view; the first picture is drawn before any Resize tells its width."""
        if self.roots and self.room.width != self._width:
            self.spread()
        return super().render_lines(crop)

    def line_at(self, number: int, width: int) -> Strip:
        """One line of the outline."""
        if not self.roots:
            style = self.painter.look("row", "empty")
            return self.painter.sentence_line(number, _("No plan found in this text."), style)
        if number >= len(self._owners):
            return Strip.blank(width, self.painter.look("row"))
        place = self._owners[number]
        lit = place == self._cursor and (self._lit or self.has_focus)
        key = (number, width, lit)
        strip = self.painter.strips.get(key)
        if strip is None:
            state = "cursor" if lit else "row"
            parts = self._parts(place, number - self._firsts[place], state)
            strip = self.painter.strips[key] = self.painter.strip_of(parts, self.painter.look(state))
        return self.painter.with_bar(strip) if place == self._cursor else strip

    def _parts(self, place: int, depth: int, state: str) -> list[tuple[str, Style]]:
        """Line `depth` of the node at `place`."""
        node = self._seen[place]
        doubt = ("doubtful",) if node.doubtful else ()
        hang = indent_of(node, self._width, self.ambiguous)
        if depth:
            parts = [(" " * hang, self.painter.look(state))]
        else:
            fold = _LEAF if not node.children else _FOLDED if node.folded else _OPEN
            lead, part = node.lead
            parts = [
                (" " * (hang - 2 - cells(lead, self.ambiguous)), self.painter.look(state)),
                (fold, self.painter.look(state, "fold")),
                (lead, self.painter.look(state, part or "lead", *doubt)),
            ]
        lines = self._wrapped[node]
        start, end = lines[depth]
        text = node.text
        cut = depth == _LINES_A_NODE - 1 and place != self._cursor and len(lines) > _LINES_A_NODE
        said = clip(text[start:], max(self._width - hang, 1), self.ambiguous) if cut else text[start:end]
        at = 0
        for run, part in node.runs:
            a, b = max(start, at) - start, min(start + len(said), at + len(run)) - start
            if a < b:
                parts.append((said[a:b], self.painter.look(state, part, *doubt)))
            at += len(run)
        return parts

    # How it moves

    @property
    def cursor(self) -> int:
        """The node under the cursor, counted among those to be seen."""
        return self._cursor

    @property
    def count(self) -> int:
        """How many nodes are to be seen."""
        return len(self._seen)

    @property
    def page(self) -> int:
        """About how many nodes fill the view."""
        return max(1, self.room.height * len(self._seen) // max(1, len(self._owners)))

    def move_to(self, place: int) -> None:
        """Put the cursor on a node and bring it into view."""
        place = min(max(place, 0), len(self._seen) - 1)
        if place < 0:
            return
        changed = place != self._cursor
        self._stand(place)
        if changed and (span := self._seen[place].span):
            self.post_message(self.NodeSelected(self, span))

    def _stand(self, place: int) -> None:
        self._cursor = place
        self._lay_out()
        self._follow()

    def _follow(self) -> None:
        first = self._firsts[self._cursor]
        last = first + len(self._wrapped[self._seen[self._cursor]]) - 1
        self.keep_in_view(first, last, margin=self.room.height // 6)

    def action_choose(self) -> None:
        """Ask for the node's place in the text; a node without one is folded or unfolded."""
        if self._cursor < 0:
            return
        node = self._seen[self._cursor]
        if node.span:
            self.post_message(self.NodeChosen(self, node.span))
        elif node.children:
            self._fold(node, folded=not node.folded)

    def action_unfold(self) -> None:
        """Unfold the node, or go to its first child. Without one, leave the key to the main screen."""
        node = self._seen[self._cursor] if self._cursor >= 0 else None
        if node is None or not node.children:
            raise SkipAction
        if node.folded:
            self._fold(node, folded=False)
        else:
            self.move_to(self._cursor + 1)

    def action_fold(self) -> None:
        """Fold the node, or go to its parent. Without one, leave the key to the main screen."""
        node = self._seen[self._cursor] if self._cursor >= 0 else None
        if node is not None and node.children and not node.folded:
            self._fold(node, folded=True)
        elif node is not None and node.parent is not None:
            self.move_to(self._seen.index(node.parent))
        else:
            raise SkipAction

    def _fold(self, node: Node, *, folded: bool) -> None:
        node.folded = folded
        self.kept_folds.pop(self._subject, None)
        if self._subject and (
            numbers := tuple(number for number, each in enumerate(nodes_of(self.roots)) if each.folded)
        ):
            self.kept_folds[self._subject] = numbers
        under = self._seen[self._cursor]
        self.spread()
        self._stand(self._seen.index(under if under in self._seen else node))

    def on_click(self, event: events.Click) -> None:
        """A click on the sign folds, elsewhere it goes to the node and its place in the text."""
        offset = event.get_content_offset(self)
        if offset is None or not 0 <= offset.y + self.scroll_offset.y < len(self._owners):
            return
        place = self._owners[offset.y + self.scroll_offset.y]
        node = self._seen[place]
        sign = indent_of(node, self._width, self.ambiguous) - 2 - cells(node.lead[0], self.ambiguous)
        if node.children and sign <= offset.x < sign + 2:
            self._fold(node, folded=not node.folded)
        else:
            self._stand(place)
            self.action_choose()
