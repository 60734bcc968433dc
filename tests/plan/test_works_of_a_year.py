"""A year's works, lists under a date, campaigns, dates in mid-clause, and what undated articles cannot say."""

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.model import BEIJING, Article, Block, Plan
from feeds.plan import plan_of

Planned = Callable[..., Plan]
WHEN = datetime(2026, 1, 20, tzinfo=BEIJING)
ISSUED = "商务部近日印发《集市振兴规划》（以下简称《规划》），要求加强管理。"


def told(*texts: str, dated: bool = True) -> Plan:
    blocks = tuple(Block(text) for text in (ISSUED, *texts))
    return plan_of(
        Article(id="x", keys=("x",), title="", published=WHEN, seen=WHEN, blocks=blocks, dated=dated),
    )


def goals(plan: Plan) -> list[tuple[str, str]]:
    return [(goal.deadline, goal.text) for goal in plan.goals]


def figures(plan: Plan) -> list[tuple[str, str, str, str]]:
    return [(t.deadline, t.indicator, t.value, t.unit) for t in plan.targets]


def test_the_works_of_a_year_are_read_behind_their_colon() -> None:
    found = told(
        "今年重点抓好三方面工作：一是翻新旧棚，改造集市100个；二是加强监管；三是办好夜市。会议强调，抓好落实。"
    )
    assert goals(found) == []
    assert figures(found) == [("2026", "改造集市", "100", "个")]


def test_the_works_of_a_year_may_be_sentences() -> None:
    found = told("今年重点办好两方面事情。一是翻新旧棚，改造集市100个。二是加强监管。")
    assert goals(found) == []
    assert [item.title for item in found.groups[0].items] == ["翻新旧棚，改造集市100个", "加强监管"]


def test_promised_works_stand_in_a_list_below() -> None:
    found = told(
        "今年市政府将办好以下民生实事：", "1.新增摊位200个。", "2.打通断头巷15条，亮化夜市。", "二、其他", "多办好事。"
    )
    assert figures(found) == [("2026", "摊位", "200", "个"), ("2026", "断头巷", "15", "条")]
    assert goals(found) == [("2026", "亮化夜市")]


def test_of_works_in_paragraphs_below_only_the_figures_are_aims() -> None:
    found = told("2026年重点抓好以下工作：", "（一）推进集市改造。改造集市100个。", "（二）加强监管。")
    assert figures(found) == [("2026", "改造集市", "100", "个")]
    assert goals(found) == []


def test_a_date_inside_an_item_is_not_the_next_items() -> None:
    found = told(
        "三大行动：第一，提质行动，到2027年培育100个样板集市、20家左右龙头；第二，焕新行动，推动夜市更加繁荣。"
    )
    assert figures(found) == [("2027", "样板集市", "100", "个"), ("2027", "龙头", "20", "家")]
    assert goals(found) == []


def test_a_date_inside_a_bullet_is_not_the_next_bullets() -> None:
    found = told(
        "到2030年，要实现以下目标：",
        "——设施更加完善，2028年底前消除危棚。",
        "——管理更加规范。",
        "三、重点任务",
        "强化监管",
    )
    assert goals(found) == [("2030", "设施更加完善"), ("2028", "消除危棚"), ("2030", "管理更加规范")]


def test_a_date_in_mid_clause_is_no_part_of_the_name() -> None:
    found = told("集市达标率今年底前达到90%以上。全市6月底前打通断头巷20条。企业开办时间年底前压缩至1个工作日以内。")
    assert figures(found) == [
        ("2026", "集市达标率", "90", "%"),
        ("2026-06", "断头巷", "20", "条"),
        ("2026", "企业开办时间", "1", "个工作日"),
    ]


def test_after_a_date_in_mid_clause_the_list_goes_on() -> None:
    found = told("今年的主要目标是：全年完成投资5亿元以上，改造项目6月底前全部开工，达标率达到75%。")
    assert figures(found) == [("2026", "投资", "5", "亿元"), ("2026", "达标率", "75", "%")]
    assert goals(found) == [("2026-06", "改造项目6月底前全部开工")]


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("力争上半年完成15项设计审批", ("2026-01/2026-06", "设计审批", "15", "项")),
        ("今年新增摊位3万个", ("2026", "摊位", "3", "万个")),
        ("2026年，全市将筹集保障性摊位2万个", ("2026", "保障性摊位", "2", "万个")),
        ("2027年建成集市20个", ("2027", "集市", "20", "个")),
    ],
)
def test_a_year_barely_begun_or_to_come_has_aims(clause: str, found: tuple[str, str, str, str]) -> None:
    assert figures(told(f"{clause}。")) == [found]


def test_a_campaign_has_its_term() -> None:
    aim = "开展集市专项整治，严查缺斤短两"
    assert goals(told(f"2026年3月至9月{aim}。")) == [("2026-03/2026-09", aim)]
    assert goals(told(f"自即日起至6月底{aim}。")) == [("2026-01/2026-06", aim)]
    assert goals(told("2026年3月至9月为休市期。整治分动员（4月）、总结（10月至11月）两个阶段。")) == []


@pytest.mark.parametrize(
    "text",
    [
        "本办法有效期至2028年12月31日。政策执行至2027年底。",
        "该集市原计划2027年底前建成开放。",
        "2027年底前给予每家集市20万元补助。",
        "有关部门应当在5个工作日内答复。",
        "截至今年1月底，全国已建成集市300个。",
        "2025年，全省集市交易额1200亿元，同比增长8.5%。",
        "结合本市实际，制定以下12条政策措施。",
    ],
)
def test_validity_parameters_and_the_past_are_no_aims(text: str) -> None:
    found = told(text)
    assert (found.goals, found.targets) == ((), ())


def test_a_frame_ends_a_date_inside_a_sentence() -> None:
    found = told("到2027年，集市达标率达到90%，结合本市实际，制定以下12条政策措施。")
    assert figures(found) == [("2027", "集市达标率", "90", "%")]
    assert goals(found) == []


def test_stages_are_named_and_no_aims() -> None:
    found = told("第一阶段，到2027年，集市基本成网。第二阶段，到2030年，集市全面上云。")
    assert goals(found) == [("2027", "集市基本成网"), ("2030", "集市全面上云")]


def test_doublings_have_their_value_and_base() -> None:
    (target,) = told("到2030年，集市交易额比2025年翻一番。").targets
    assert (target.value, target.unit, target.direction, target.baseline) == ("一", "番", "up", "2025")


def test_a_bound_said_once_holds_for_the_row() -> None:
    found = told("到2030年，空置率、投诉率分别控制在5%、3%以内。到2030年，覆盖率、达标率分别不低于90%、80%。")
    assert [t.comparator for t in found.targets] == ["le", "le", "ge", "ge"]


def test_a_later_row_takes_the_names_of_the_first() -> None:
    found = told("到2027年集市数量、摊位数量分别达到5000个、30万个，到2030年分别达到8000个、50万个。")
    assert figures(found)[2:] == [("2030", "集市数量", "8000", "个"), ("2030", "摊位数量", "50", "万个")]


def test_an_article_without_a_date_makes_up_no_year() -> None:
    found = told(
        "今年将新增摊位50个，6月底前完成改造。未来三年，夜市将全面上云。到2030年，集市覆盖率达到90%。", dated=False
    )
    assert figures(found) == [("2030", "集市覆盖率", "90", "%")]
    assert goals(found) == []


@pytest.mark.parametrize("when", ["2023年5月，", "2019年，", "2021年6月30日，"])
def test_a_document_in_an_article_without_a_date_is_not_old(when: str) -> None:
    text = f"{when}商务部印发《渡口管理办法》，要求加强检查。"
    named = [[document.title for document in told(text, dated=dated).documents] for dated in (False, True)]
    assert named == [["集市振兴规划", "渡口管理办法"], ["集市振兴规划"]]


AIMS = "到2030年，集市覆盖率达到{a}%，摊位增加{b}万个，夜市更加繁荣。"
numbers = st.integers(2, 99)


@given(numbers, numbers, numbers)
def test_a_digit_changed_changes_that_value_and_nothing_else(a: int, b: int, c: int) -> None:
    before, after = told(AIMS.format(a=a, b=b)), told(AIMS.format(a=c, b=b))
    assert [(t.indicator, t.unit, t.deadline) for t in before.targets] == [
        (t.indicator, t.unit, t.deadline) for t in after.targets
    ]
    assert [t.value for t in before.targets] == [str(a), str(b)]
    assert [t.value for t in after.targets] == [str(c), str(b)]
    assert goals(before) == goals(after)


@given(
    st.sampled_from(
        [
            "2025年，全国集市交易额{n}亿元，同比增长{n}%。",
            "截至2025年底，全国已建成集市{n}个。",
            "数据显示，去年集市客流比上年增长{n}%。",
            "某证券分析师认为，2027年集市规模将达到{n}亿元。",
        ]
    ),
    numbers,
    st.integers(0, 2),
)
def test_a_statistic_in_between_adds_nothing(statistic: str, n: int, place: int) -> None:
    plain = [AIMS.format(a=90, b=5), "2027年底前，消除危棚。"]
    mixed = list(plain)
    mixed.insert(place, statistic.format(n=n))
    before, after = told(*plain), told(*mixed)
    assert figures(before) == figures(after)
    assert goals(before) == goals(after)


WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")


@given(numbers, numbers)
def test_the_width_of_digits_changes_nothing_but_the_print(a: int, b: int) -> None:
    text = AIMS.format(a=a, b=b)
    before, after = told(text), told(text.translate(WIDE))
    assert [(t.deadline, t.indicator, t.value.translate(WIDE)) for t in before.targets] == [
        (t.deadline, t.indicator, t.value) for t in after.targets
    ]
    assert goals(before) == goals(after)


@given(st.sampled_from(["\u3000\u3000", " ", "\u00a0"]), st.sampled_from(["", " ", "\u3000"]))
def test_white_space_at_the_edges_changes_nothing(head: str, tail: str) -> None:
    text = AIMS.format(a=90, b=5)
    assert figures(told(text)) == figures(told(head + text + tail))
    assert goals(told(text)) == goals(told(head + text + tail))
