"""What `zhengwen plan --why` tells: every node's rule, and of a chosen sentence why it gave nothing."""

import pytest

from feeds.errors import FeedError
from feeds.plan import plan_of
from feeds.plan.clauses import Note
from feeds.plan.goals.findings import GOAL
from feeds.plan.rules import RULES
from feeds.plan.why import why_lines
from tests.labelled.reader import labelled_posts
from tests.plan.conftest import article_of

ISSUED = "商务部近日印发《集市振兴规划》（以下简称《规划》）。"


def told(text: str, at: str = "") -> str:
    return "\n".join(why_lines(article_of(ISSUED, text), at=at))


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("到2025年，集市布局更加合理。", "goal 2025 (0.90) [7-15], rule: a firm date at the head"),
        ("今年将新建集市。", "goal 2022 (0.60) [2-7], rule: an intent behind a loose date"),
        ("到2025年，集市覆盖率达到95%。", "集市覆盖率 eq 95% (0.90) [7-17], rule: a clause that ends with its figure"),
        ("年底前，建成20个集市。", "target 2022 集市 eq 20个 (0.60) [6-11], rule: things that are made"),
    ],
)  # fmt: skip
def test_a_node_is_told_with_its_stretch_and_its_rule(text: str, node: str) -> None:
    assert node in told(text)


@pytest.mark.parametrize(
    ("text", "at", "reason"),
    [
        ("集市很热闹。", "热闹", "no date stands in it"),
        ("到2025年，集市布局更加合理。会议要求，加强领导。", "会议", "does not reach it (a new frame)"),
        ("今年集市交易额同比增长5%。", "今年", "no aim (a statement under a loose date)"),
        ("距2025年达到90%的目标仍有差距。", "差距", "its date 2025 sets no aim (the distance to an aim)"),
        ("到2025年，给予每家摊位2万元补助。", "补助", "its figure is a rule's parameter"),
    ],
)
def test_a_chosen_sentence_says_why_it_gave_nothing(text: str, at: str, reason: str) -> None:
    lines = told(text, at).splitlines()
    assert sum(line.startswith("[") for line in lines) == 1
    assert reason in lines[-1]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("去年集市交易额增长5%。", "a look back"),
        ("为什么要建20个集市？因为居民需要。", "a question sets no aim"),
        ("对新建的集市减免租金，建成20个。", "a relief's terms"),
        ("建成20个集市。去年集市交易额增长5%。", "a look back"),
        ("分析师表示，集市将达到20个。", "another voice"),
    ],
)
def test_what_stops_a_heading_s_date_is_told_once(text: str, rule: str) -> None:
    notes: list[Note] = []
    plan_of(article_of(ISSUED, "一、2023年主要目标", text), notes)
    assert [note.verdict for note in notes if note.rule == f"reach: {rule}"] == ["2023 stops"]


@pytest.mark.parametrize(
    ("text", "displaced"),
    [
        ("到2025年，集市布局更加合理。到2030年，集市全面建成。", "2030, displaces 2025"),
        ("到2025年，集市布局更加合理。\n到2025年，集市布局更加合理。", "displaced by the same words before it"),
        ("到2025年，集市达到20个。\n到2025年，集市达到20个。", "displaced by the same figure of 集市"),
        ("到2025年，通过改造旧城，集市达到20个。", "displaced by the figure that it is a means to"),
    ],
)
def test_what_was_displaced_is_told(text: str, displaced: str) -> None:
    assert displaced in "\n".join(why_lines(article_of(ISSUED, *text.split("\n"))))


def test_a_chosen_sentence_names_the_rules_that_were_asked_in_vain() -> None:
    lines = told("到2025年，集市布局更加合理。夜市活力显著提升。", "夜市")
    assert "asked before it, in vain: a question sets no aim; another voice" in lines


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("到2025年，集市覆盖率不低于95%。", "date 到2025年 2025; quantity 不低于95% ge"),
        ("一是整修集市，打造五大工程。", "ordinal 一是 1; count 五大工程 5"),
        ("商务部将修订《集市管理办法》。", "body 商务部 商务部; title 集市管理办法"),
        ("集市很热闹。", "nothing that a rule reads"),
    ],
)
def test_a_chosen_sentence_tells_what_the_rules_see_in_it(text: str, seen: str) -> None:
    assert f"    seen in it: {seen}" in told(text, text[:4]).splitlines()


def test_each_of_several_chosen_sentences_tells_its_own_marks() -> None:
    lines = told("一是整修集市，打造五大工程。集市很热闹。二是扩建集市，实施三项行动。", "集市").splitlines()
    assert [line.split(": ", 1)[1] for line in lines if "seen in it" in line][1:] == [
        "ordinal 一是 1; count 五大工程 5",
        "nothing that a rule reads",
        "ordinal 二是 2; count 三项行动 3",
    ]


def test_an_article_without_a_plan_says_so() -> None:
    lines = list(why_lines(article_of("昨晚的决赛中，甲队夺得冠军。"), number=1))
    assert lines[-1].strip() == "nothing: the article is no plan (nothing of the public's)"


@pytest.mark.parametrize("choice", [{"number": 9}, {"number": 0}, {"at": "没有的话"}])
def test_a_sentence_that_is_not_there_is_an_error(choice: dict[str, str | int]) -> None:
    with pytest.raises(FeedError):
        list(why_lines(article_of(ISSUED), **choice))  # type: ignore[arg-type]


def test_every_decision_is_by_a_rule_of_the_table() -> None:
    titles = {rule.title for rule in RULES}
    for post in labelled_posts():
        notes: list[Note] = []
        plan_of(post.article, notes)
        for note in notes:
            title = f"goal: {note.verdict}" if note.rule == GOAL else note.rule
            assert title in titles or title in ("clause", "voice"), note
