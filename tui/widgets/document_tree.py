"""The page of a document as a tree: every node leads to its sentence in an article."""

from textual.message import Message

from tui.widgets.layout.outline import Node
from tui.widgets.plan_tree import PlanTree


class DocumentTree(PlanTree):
    """The outline of a document. It says which node the cursor stands on, and which one the reader chose."""

    class NodePassed(Message):
        """The cursor stands on this node."""

        def __init__(self, node: Node | None) -> None:
            super().__init__()
            self.node = node

    class PlacePicked(NodePassed):
        """The reader wants the place that this node stands at: Enter or a click."""

    @property
    def node(self) -> Node | None:
        """The node under the cursor."""
        return self._seen[self._cursor] if self._cursor >= 0 else None

    def show_nodes(self, roots: list[Node]) -> None:
        """Show an outline from its first node, all of it unfolded."""
        self.roots = roots
        self._cursor = 0 if roots else -1
        self.spread()
        self.scroll_to_line(0)
        self.post_message(self.NodePassed(self.node))

    def move_to(self, place: int) -> None:
        """Put the cursor on a node and bring it into view."""
        super().move_to(place)
        self.post_message(self.NodePassed(self.node))

    def action_choose(self) -> None:
        """Ask for the node's place in its article. A node with others beneath it and no place is folded or unfolded."""
        if self.node is not None and (self.node.span or not self.node.children):
            self.post_message(self.PlacePicked(self.node))
        else:
            super().action_choose()
