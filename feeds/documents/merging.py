"""One plan of a document out of those of several articles: the fullest statement of each part, and who disagrees."""

from collections.abc import Sequence

from msgspec import Struct

from feeds.compare import Pairing, compare
from feeds.model import Article, Goal, Group, Plan, Target


class Statement(Struct, frozen=True):
    """A part of a plan as one article states it. Its spans count in that article's paragraphs."""

    part: Group | Goal | Target
    article: str


class MergedPart(Struct, frozen=True):
    """The fullest statement of a part first, then those of other articles. `disputed`: they do not say the same."""

    statements: tuple[Statement, ...]
    disputed: bool = False

    @property
    def best(self) -> Statement:
        """The statement to show."""
        return self.statements[0]


def merged_plan(articles: Sequence[Article]) -> tuple[MergedPart, ...]:
    """Groups, goals and targets of all these articles, each once, groups first, in the fullest article's order."""
    ordered = sorted(articles, key=lambda article: (-fullness_of(article.plan), article.published, article.id))
    merged: list[MergedPart] = []
    for article in ordered:
        merged = _with_article(merged, article)
    return tuple(merged)


def _with_article(merged: list[MergedPart], article: Article) -> list[MergedPart]:
    """The parts with what one more article says of them."""
    found = list(merged)
    places = {kind: [n for n, part in enumerate(merged) if isinstance(part.best.part, kind)] for kind in _KINDS}
    for pairing in compare(_plan_of(merged), Plan((), *_parts_of(article.plan))).pairings:
        part = pairing.after
        if pairing.depth or not isinstance(part, _KINDS):
            continue
        statement = Statement(part, article.id)
        if pairing.before_place is None or any(field.name == "deadline" for field in pairing.fields):
            found.append(MergedPart((statement,)))
            continue
        kind = next(kind for kind in _KINDS if isinstance(part, kind))
        number = places[kind][pairing.before_place[0]]
        found[number] = _with_statement(found[number], statement, pairing)
    return sorted(found, key=lambda part: _KINDS.index(type(part.best.part)))


def _with_statement(merged: MergedPart, statement: Statement, pairing: Pairing) -> MergedPart:
    """The part with another statement; the fuller one comes first."""
    first, part = merged.best.part, statement.part
    fuller = isinstance(first, Group) and isinstance(part, Group) and len(part.items) > len(first.items)
    statements = (statement, *merged.statements) if fuller else (*merged.statements, statement)
    return MergedPart(statements, merged.disputed or _disagree(first, part, pairing))


def _disagree(first: Group | Goal | Target, part: Group | Goal | Target, pairing: Pairing) -> bool:
    """Whether two statements of one part cannot both hold: another count, figure, baseline or goal.

    A shorter list, another wording of an indicator, and a baseline that one of them leaves out are no contradiction.
    """
    if isinstance(first, Group) and isinstance(part, Group):
        return first.declared is not None and part.declared is not None and first.declared != part.declared
    if isinstance(first, Target):
        both = {field.name: {field.before, field.after} for field in pairing.fields if field.before and field.after}
        return "value" in both or "baseline" in both or any(both.get(name) in _OPPOSITES for name in both)
    return pairing.change == "changed"


def _plan_of(merged: Sequence[MergedPart]) -> Plan:
    parts = [part.best.part for part in merged]
    return Plan(
        groups=tuple(part for part in parts if isinstance(part, Group)),
        goals=tuple(part for part in parts if isinstance(part, Goal)),
        targets=tuple(part for part in parts if isinstance(part, Target)),
    )


def _parts_of(plan: Plan) -> tuple[tuple[Group, ...], tuple[Goal, ...], tuple[Target, ...]]:
    return plan.groups, plan.goals, plan.targets


def fullness_of(plan: Plan) -> int:
    """The number of parts that a plan has."""
    return sum(1 + len(group.items) for group in plan.groups) + len(plan.goals) + len(plan.targets)


_KINDS = (Group, Goal, Target)
_OPPOSITES = ({"ge", "le"}, {"ge", "lt"}, {"gt", "le"}, {"gt", "lt"}, {"up", "down"})
