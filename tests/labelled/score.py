"""Score plans against labelled posts: F1 of nodes, whole groups, targets, documents, issuers; of goals by character.

    python -m tests.labelled.score        prints the figures over all posts

A group matches a labelled one with the same declared count and most of its items; an optional one neither helps nor
hurts. A target matches by value, unit and the last year of its deadline, and by its indicator.
"""

from collections import Counter

from feeds.model import Group, Plan
from feeds.plan import plan_of
from tests.labelled.reader import LabelledGroup, Labels, labelled_posts

Counts = Counter[tuple[str, str]]


def score(pairs: list[tuple[Plan, Labels]]) -> dict[str, float]:
    """Each figure from 0 to 1, and `noise`: groups, goals and targets for each post without a plan."""
    counts: Counts = Counter()
    none = noise = 0
    for plan, labels in pairs:
        if labels.kind == "none":
            none += 1
            noise += len(plan.groups) + len(plan.goals) + len(plan.targets)
            continue
        _count_groups(plan, labels, counts)
        _count_targets(plan, labels, counts)
        _count_goals(plan, labels, counts)
        _count_sets(counts, "documents", {d.title for d in plan.documents}, {d[0] for d in labels.documents})
        issuers = {name for d in plan.documents for name in d.issuers}
        _count_sets(counts, "issuers", issuers, {name for d in labels.documents for name in d[1]})
    names = ("nodes", "groups", "targets", "goals", "documents", "issuers")
    return {name: _f1(counts, name) for name in names} | {"noise": noise / max(none, 1)}


def _f1(counts: Counts, name: str) -> float:
    total = counts[name, "found"] + counts[name, "labelled"]
    return 2 * counts[name, "right"] / total if total else 1.0


def _add(counts: Counts, name: str, right: int, found: int, labelled: int) -> None:
    counts[name, "right"] += right
    counts[name, "found"] += found
    counts[name, "labelled"] += labelled


def _count_sets(counts: Counts, name: str, found: set[str], labelled: set[str]) -> None:
    _add(counts, name, len(found & labelled), len(found), len(labelled))


def _titles(group: Group | LabelledGroup) -> list[str]:
    return [item.title for item in group.items]


def _count_groups(plan: Plan, labels: Labels, counts: Counts) -> None:
    left = list(labels.groups)
    for group in plan.groups:
        same = [g for g in left if g.n == group.declared]
        match = max(same, key=lambda g: _likeness(group, g), default=None)
        if match is None or _likeness(group, match) == 0:
            _add(counts, "groups", 0, 1, 0)
            _add(counts, "nodes", 0, 1 + len(group.items), 0)
            continue
        left.remove(match)
        if match.optional:
            continue
        right = len(set(_titles(group)) & set(_titles(match)))
        _add(counts, "groups", int(_titles(group) == _titles(match)), 1, 1)
        _add(counts, "nodes", 1 + right, 1 + len(group.items), 1 + len(match.items))
    for missed in left:
        if not missed.optional:
            _add(counts, "groups", 0, 0, 1)
            _add(counts, "nodes", 0, 0, 1 + len(missed.items))


def _likeness(group: Group, labelled: LabelledGroup) -> int:
    same = bool(group.label) and (group.label in labelled.label or labelled.label in group.label)
    return 2 * len(set(_titles(group)) & set(_titles(labelled))) + same


def _count_targets(plan: Plan, labels: Labels, counts: Counts) -> None:
    left = list(labels.targets)
    right = 0
    for target in plan.targets:
        for label in left:
            same = (target.value, target.unit) == (label["value"], label["unit"])
            same = same and target.deadline.split("/")[-1][:4] == label["deadline"].split("/")[-1][:4]
            if same and (target.indicator in label["indicator"] or label["indicator"] in target.indicator):
                left.remove(label)
                right += 1
                break
    _add(counts, "targets", right, len(plan.targets), len(labels.targets))


def _count_goals(plan: Plan, labels: Labels, counts: Counts) -> None:
    found: Counter[tuple[str, str]] = Counter()
    labelled: Counter[tuple[str, str]] = Counter()
    for goal in plan.goals:
        found.update((goal.deadline, character) for character in goal.text)
    for deadline, quote in labels.goals:
        labelled.update((deadline, character) for character in quote)
    _add(counts, "goals", (found & labelled).total(), found.total(), labelled.total())


def main() -> None:
    """Print the figures."""
    pairs = [(plan_of(post.article), post.labels) for post in labelled_posts()]
    for name, value in score(pairs).items():
        print(f"{name:10} {value:.3f}")


if __name__ == "__main__":
    main()
