"""The merged plan says each part once, in its fullest wording, with its article; relations are read from the text."""

import pytest
from msgspec.structs import replace

from feeds.documents import Statement, merged_plan, relations_of
from feeds.model import Article, Block, Goal, Group, Plan, Target
from tests.compare.conftest import START, demo_articles

FINAL = "ministries/charging-final"


def part_of(statement: Statement) -> Group | Goal | Target:
    return statement.part


def shortened(article: Article) -> Article:
    """The same article as a shorter report: each list breaks off, one target is missing, one has another value."""
    groups = tuple(replace(group, items=group.items[:2]) for group in article.plan.groups)
    targets = (replace(article.plan.targets[0], value="97.5"), *article.plan.targets[2:])
    return replace(article, id="short", plan=replace(article.plan, groups=groups, targets=targets, goals=()))


def test_the_fullest_statement_comes_first_and_names_its_article() -> None:
    full = demo_articles()[FINAL]
    parts = merged_plan([shortened(full), full])
    groups = [part for part in parts if isinstance(part.best.part, Group)]
    assert [part.best.part for part in groups] == list(full.plan.groups)
    assert {statement.article for part in groups for statement in part.statements} == {FINAL, "short"}
    assert [len(part.statements) for part in parts if isinstance(part.best.part, Target)].count(2) == 4


def test_where_articles_disagree_both_are_kept() -> None:
    full = demo_articles()[FINAL]
    disputed = [part for part in merged_plan([full, shortened(full)]) if part.disputed]
    assert [
        [statement.part.value for statement in part.statements if isinstance(statement.part, Target)]
        for part in disputed
    ] == [["98", "97.5"]]


def merged_pair(change: str, value: str) -> list[bool]:
    """Whether the first target is disputed, beside a report that says another thing in one of its fields."""
    full = demo_articles()[FINAL]
    told = replace(full.plan.targets[0], **{change: value})
    other = replace(full, id="other", plan=Plan(targets=(told, *full.plan.targets[1:])))
    return [
        part.disputed for part in merged_plan([full, other]) if full.plan.targets[0] in map(part_of, part.statements)
    ]


@pytest.mark.parametrize(
    ("change", "value", "disputed"),
    [("value", "97", True), ("comparator", "le", True), ("comparator", "gt", False), ("comparator", "eq", False),
     ("direction", "up", False), ("indicator", "高速公路全部服务区快充覆盖率", False), ("baseline", "85%", False)],
)  # fmt: skip
def test_only_what_cannot_both_hold_is_a_contradiction(change: str, value: str, disputed: bool) -> None:  # noqa: FBT001 -- a case
    assert merged_pair(change, value) == [disputed]


def test_groups_disagree_in_their_counts_and_not_in_how_much_of_them_is_told() -> None:
    full = demo_articles()[FINAL]
    group = full.plan.groups[0]
    for told, disputed in (
        (replace(group, items=group.items[:1]), False),
        (replace(group, label="首要的" + group.label), False),
        (replace(group, declared=(group.declared or 0) + 1), True),
    ):
        other = replace(full, id="other", plan=Plan(groups=(told,)))
        assert merged_plan([full, other])[0].disputed is disputed


def test_one_article_merges_to_its_own_plan() -> None:
    for article in demo_articles().values():
        parts = [part.best.part for part in merged_plan([article])]
        assert parts == [*article.plan.groups, *article.plan.goals, *article.plan.targets]


def test_another_deadline_is_another_target() -> None:
    full = demo_articles()[FINAL]
    later = replace(full, id="later", plan=Plan(targets=(replace(full.plan.targets[0], deadline="2035", value="99"),)))
    parts = merged_plan([full, later])
    assert len(parts) == len(full.plan.groups) + len(full.plan.goals) + len(full.plan.targets) + 1
    assert not any(part.disputed for part in parts)


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("《办法》根据《内河交通安全条例》制定。", [("rests_on", "内河交通安全条例")]),
        ("按照《航道法实施细则》《渡口守则通则》和《船员管理条例》要求，",
         [("rests_on", "航道法实施细则"), ("rests_on", "渡口守则通则"), ("rests_on", "船员管理条例")]),
        ("为深入贯彻落实《水运提质行动方案》，某省印发细则。", [("carries_out", "水运提质行动方案")]),
        ("自2027年1月1日起施行，《渡口管理暂行规定》同时废止。", [("ends", "渡口管理暂行规定")]),
        ("《渡口管理暂行规定》自2027年1月1日起废止。", [("ends", "渡口管理暂行规定")]),
        ("新规代替《渡口管理暂行规定》。", [("replaces", "渡口管理暂行规定")]),
        ("会议还讨论了《渡口管理暂行规定》。", []),
    ],
)  # fmt: skip
def test_a_relation_is_read_where_the_text_says_so(text: str, relations: list[tuple[str, str]]) -> None:
    article = Article(id="a", keys=("a",), title="", published=START, seen=START, blocks=(Block("前文。"), Block(text)))
    found = relations_of(article)
    assert [(relation.kind, relation.title) for relation in found] == relations
    for relation in found:
        assert article.paragraphs[relation.span.p][relation.span.start : relation.span.end] == relation.title


def test_the_demos_relations() -> None:
    told = {slug: [(one.kind, one.title) for one in relations_of(article)] for slug, article in demo_articles().items()}
    assert told[FINAL] == [("rests_on", "城乡公共设施服务质量促进办法"), ("ends", "公共充电桩运营管理暂行规定")]
    assert told["regions/fitness-anhui"] == [("carries_out", "全民健身场地设施更新提升行动方案")]


@pytest.mark.parametrize("kinds", [("groups",), ("goals",), ("targets",), ("groups", "targets"), ()])
def test_plans_with_no_kind_of_part_in_common_keep_every_part(kinds: tuple[str, ...]) -> None:
    full = demo_articles()[FINAL]
    others = {kind for kind in ("groups", "goals", "targets") if kind not in kinds}
    one = replace(full, id="one", plan=replace(full.plan, **dict.fromkeys(others, ())))
    other = replace(full, id="other", plan=replace(full.plan, **dict.fromkeys(kinds, ())))
    for articles in ([one, other], [other, one]):
        parts = merged_plan(articles)
        assert all(len(part.statements) == 1 and not part.disputed for part in parts)
        assert [part.best.part for part in parts] == [*full.plan.groups, *full.plan.goals, *full.plan.targets]
