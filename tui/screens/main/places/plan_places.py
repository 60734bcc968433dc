"""The places of a plan: its sentences in the text; in its outline the documents, lists, goals and targets."""

from msgspec.structs import replace

from tui.screens.main.parts.open_article import OpenArticle
from tui.screens.main.parts.panes import Panes
from tui.screens.main.state import StatefulScreen
from tui.widgets.layout.outline import Node
from tui.widgets.plan_tree import PlanTree, nodes_of
from tui.widgets.reader import Reader
from tui.words import N_, _

_NONE = {
    "document": N_("The plan names no document."),
    "group": N_("The plan has no list."),
    "goal": N_("The plan has no goal."),
    "figure": N_("The plan has no target."),
}


class PlanPlaces:
    """Moves reader and plan to a place of the plan."""

    def __init__(self, screen: StatefulScreen, panes: Panes, open_article: OpenArticle) -> None:
        self._screen = screen
        self._panes = panes
        self._open_article = open_article

    def action_next_place(self, count: int = 1) -> None:
        """Mark the next sentence of the text that the plan names, or one so many further."""
        self._to_place(1, count)

    def action_previous_place(self, count: int = 1) -> None:
        """Mark the sentence of the plan before."""
        self._to_place(-1, count)

    def _to_place(self, way: int, count: int) -> None:
        reader, tree = self._screen.query_one(Reader), self._screen.query_one(PlanTree)
        article = reader.article
        if article is None or reader.compared:
            return
        now = reader.places.get(article.id, (-1, 0))
        spans = {(node.span.p, node.span.start): node.span for node in nodes_of(tree.roots) if node.span}
        beside = sorted((place for place in spans if (place > now if way > 0 else place < now)), reverse=way < 0)
        if not beside:
            self._screen.say(_("The plan has no further place in this text."))
            return
        span = spans[beside[:count][-1]]
        reader.mark(span)
        tree.highlight(span.p, span.start, span.end)

    def action_to_documents(self, count: int = 1) -> None:
        """To the next document of the plan, after the last one to the first."""
        self._to_part("document", count)

    def action_to_lists(self, count: int = 1) -> None:
        """To the next list of the plan."""
        self._to_part("group", count)

    def action_to_goals(self, count: int = 1) -> None:
        """To the next goal of the plan."""
        self._to_part("goal", count)

    def action_to_targets(self, count: int = 1) -> None:
        """To the next target of the plan."""
        self._to_part("figure", count)

    def _to_part(self, kind: str, count: int) -> None:
        """Give the keys to the plan and go to its next part of a kind. Unfold the nodes above it."""
        state, tree, reader = self._screen.state, self._screen.query_one(PlanTree), self._screen.query_one(Reader)
        entered = state.pane != "plan"
        if state.current_id and not self._open_article.show(state.current_id, at_once=True):
            return
        nodes = nodes_of(tree.roots)
        places = [place for place, node in enumerate(nodes) if kind_of(node) == kind]
        if not places:
            self._screen.say(_(_NONE[kind]))
            return
        if not state.layout.plan_shown:
            self._panes.layout = replace(self._panes.layout, plan_wish=True)
        self._open_article.go("plan")
        now = -1 if entered else nodes.index(_seen_in(tree)[tree.cursor])
        further = [place for place in places if place > now] or places
        node = nodes[further[min(count, len(further)) - 1]]
        _go_to(node, tree)
        reader.mark(node.span)


def _go_to(node: Node, tree: PlanTree) -> None:
    """Put the cursor of the plan on a node, and unfold the nodes above it."""
    above = node.parent
    while above is not None:
        above.folded = False
        above = above.parent
    tree.spread()
    tree.move_to(_seen_in(tree).index(node))


def _seen_in(tree: PlanTree) -> list[Node]:
    return [node for root in tree.roots for node in root.visible_nodes()]


def kind_of(node: Node) -> str:
    """The kind of a node of the outline (document, group, goal, figure, …): the class of its first run."""
    return node.runs[0][1] if node.runs else ""
