"""The page of a document as an outline: its names, the articles by stage, the merged plan, its relations. Pure.

An article has a number on the page, by its time. A node names the articles that state it by their numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from feeds.compare import compare
from feeds.documents import MergedPart, Relation, Statement
from feeds.documents.page import DocumentPage, ToldRelation, draft_and_final, span_of_mention
from feeds.model import BEIJING, Goal, Group, Target
from tui.widgets.layout.differences import summary_of
from tui.widgets.layout.outline import Node, Run, by_deadline, goal_node, group_node, hang, target_node
from tui.words import _, ngettext


@dataclass
class DocumentOutline:
    """The top nodes, and what they lead to: by node the article (its id), the mention (its name), a related title."""

    roots: list[Node] = field(default_factory=list)
    articles: dict[Node, str] = field(default_factory=dict)
    mentions: dict[Node, str] = field(default_factory=dict)
    related: dict[Node, str] = field(default_factory=dict)


def stage_name(stage: str) -> str:
    """A stage in a word."""
    names = {
        "consulted": _("consultation"),
        "deliberated": _("deliberation"),
        "issued": _("issued"),
        "explained": _("explained"),
        "implemented": _("carried out"),
    }
    return names[stage]


def document_outline(page: DocumentPage) -> DocumentOutline:
    """The outline of a page."""
    made = _Builder(page)
    found = made.outline
    found.roots = [made.names_node(), *made.draft_nodes(), made.timeline_node()]
    found.roots += [*made.plan_nodes(), *made.relation_nodes()]
    for root in found.roots:
        hang(root)
    return found


class _Builder:
    """Makes the nodes of one page, and keeps what they lead to."""

    def __init__(self, page: DocumentPage) -> None:
        self.page = page
        self.outline = DocumentOutline()
        self._title = page.document.title  # found among all mentions
        self._numbers = {article.id: number for number, article in enumerate(page.articles, 1)}

    def names_node(self) -> Node:
        """Title, number and issuers."""
        document = self.page.document
        mentions = [member.mention for member in document.members]
        number = next((mention.number for mention in mentions if mention.number), "")
        issuers = max((mention.issuers for mention in mentions), key=len)
        children = [Node(((number, "number"),))] if number else []
        children += [Node((("、".join(issuers), "issuers"),))] if issuers else []
        here = [m for m in mentions if m.article in self._numbers]
        titled = max(here, key=lambda m: (m.title == self._title, m.published, m.article), default=None)
        node = Node(((f"《{self._title}》", "document"),), children=children)
        if titled is not None:
            node.span = span_of_mention(titled, self.page.article(titled.article))
            self.outline.articles[node] = titled.article
        return node

    def draft_nodes(self) -> Iterator[Node]:
        """That there are a draft and a final text, and in how much they differ."""
        articles = {article.id: article for article in self.page.articles}
        if pair := draft_and_final(self.page.document, articles):
            draft, final = (articles[name] for name in pair)
            words = summary_of(compare(draft.plan, final.plan), legend=False)
            runs: tuple[Run, ...] = (
                (_("Draft and final text"), "year"),
                (f"  [{self._numbers[pair[0]]}] → [{self._numbers[pair[1]]}]  {words}", "note"),
                ("  " + _("d shows them side by side"), "note"),
            )
            yield Node(runs)

    def timeline_node(self) -> Node:
        """The articles by stage, each with its number, its day and its title."""
        stages = []
        for stage, members in self.page.stages:
            nodes = []
            for member in members:
                mention = member.mention
                article = self.page.article(mention.article)
                day = mention.published.astimezone(BEIJING).date().isoformat()
                runs: tuple[Run, ...] = ((f"{day}  ", "number"), (article.title or _("untitled"), "item"))
                runs += ((f"  《{mention.title}》", "note"),) if mention.title != self._title else ()
                node = Node(runs, span_of_mention(mention, article), (f"[{self._numbers[article.id]}] ", "lead"))
                self.outline.articles[node], self.outline.mentions[node] = article.id, mention.name
                nodes.append(node)
            stages.append(Node(((stage_name(stage), "group"), (f"  {len(members)}", "note")), children=nodes))
        count = len(self.page.articles)
        words = ngettext("{n} article", "{n} articles", count)
        return Node(((_("Timeline"), "year"), (f"  {words}", "note")), children=stages)

    def plan_nodes(self) -> Iterator[Node]:
        """The merged plan; a sentence where no article is about this document alone."""
        nodes = [self._part(part) for part in self.page.parts if isinstance(part.best.part, Group)]
        due = [
            (part.best.part.deadline, self._part(part))
            for part in self.page.parts
            if isinstance(part.best.part, Goal | Target)
        ]
        nodes += by_deadline(due)
        if nodes:
            yield Node(((_("Plan"), "year"),), children=nodes)
        elif len(self.page.articles) and all(len(one.plan.documents) > 1 for one in self.page.articles):
            yield Node(((_("Plan"), "year"), ("  " + _("its articles are about several documents"), "note")))

    def _part(self, part: MergedPart) -> Node:
        """The fullest statement. Where articles disagree, each other statement stands under it."""
        node = self._statement(part.best)
        for inner in node.walk():
            self.outline.articles[inner] = part.best.article
        numbers = sorted({self._numbers[one.article] for one in part.statements})
        if part.disputed:
            node.runs += (("  " + _("disagreeing"), "short"),)
            node.runs += ((f" [{self._numbers[part.best.article]}]", "note"),)
            others = [self._statement(other) for other in part.statements[1:]]
            for other, told in zip(others, part.statements[1:], strict=True):
                other.children = []
                other.lead = ("≠ ", "short")
                other.runs += ((f" [{self._numbers[told.article]}]", "note"),)
            node.children = [*others, *node.children]
        else:
            node.runs += ((f" [{' '.join(map(str, numbers))}]", "note"),)
        return node

    def _statement(self, statement: Statement) -> Node:
        match statement.part:
            case Group() as group:
                node = group_node(group)
            case Target() as target:
                node = target_node(target)
            case goal:
                node = goal_node(goal)
        if node.children and (node.span is None or node.span.start == node.span.end):
            node.span = node.children[0].span  # a list without a label begins with its first item
        self.outline.articles[node] = statement.article
        return node

    def relation_nodes(self) -> Iterator[Node]:
        """The documents that it rests on, carries out, ends and replaces; then those that rest on it."""
        told = [(_relation_name(one.relation), one) for one in self.page.relations]
        for name in dict.fromkeys(name for name, _one in told):
            yield Node(((name, "year"),), children=[self._relation(one) for other, one in told if other == name])
        if self.page.resting:
            nodes = [self._resting(one) for one in self.page.resting]
            yield Node(((_("What rests on it"), "year"), (f"  {len(nodes)}", "note")), children=nodes)

    def _relation(self, told: ToldRelation) -> Node:
        number = f" [{self._numbers[told.article]}]"
        node = Node(((f"《{told.relation.title}》", "document"), (number, "note")), told.relation.span)
        self.outline.articles[node], self.outline.related[node] = told.article, told.relation.title
        return node

    def _resting(self, told: ToldRelation) -> Node:
        day = told.published.astimezone(BEIJING).date().isoformat()
        runs: tuple[Run, ...] = (
            (f"{day}  ", "number"),
            (told.headline or _("untitled"), "item"),
            (f"  {_relation_name(told.relation)}", "note"),
        )
        node = Node(runs, told.relation.span)
        self.outline.articles[node] = told.article
        return node


def _relation_name(relation: Relation) -> str:
    """The name of a relation."""
    match relation.kind:
        case "rests_on":
            return _("Rests on")
        case "carries_out":
            return _("Carries out")
        case "ends":
            return _("Ends")
        case "replaces":
            return _("Replaces")
