"""Dates, what they govern and where they stop."""

from collections.abc import Callable
from datetime import datetime

import pytest

from feeds.model import BEIJING, Plan
from feeds.plan.grammar.times import times_in

Planned = Callable[..., Plan]
WHEN = datetime(2022, 3, 20, tzinfo=BEIJING)
ISSUED = "商务部近日印发《集市振兴规划》（以下简称《规划》）。"


def goals(plan: Plan) -> list[tuple[str, str]]:
    return [(goal.deadline, goal.text) for goal in plan.goals]


@pytest.mark.parametrize(
    ("text", "deadline", "firm"),
    [
        ("到2025年，", "2025", True),
        ("力争到２０３５年".translate({ord("０") + i: str(i) for i in range(10)}), "2035", True),
        ("2030年前达峰", "2030", True),
        ("2025年底前完成", "2025", True),
        ("6月底前办结", "2022-06", True),
        ("于4月30日前报送", "2022-04-30", True),
        ("持续至2022年10月31日", "2022-10-31", True),
        ("展望2035年，", "2035", True),
        ("到本世纪中叶，", "2050", True),
        ("到“十四五”末，", "2025", True),
        ("年底前", "2022", True),
        ("“十四五”期间，", "2021/2025", False),
        ("2022—2024年，", "2022/2024", False),
        ("今年", "2022", False),
        ("一季度", "2022-01/2022-03", False),
        ("未来三年", "2022/2024", False),
        ("明年上半年", "2023-01/2023-06", False),
        ("今年上半年前", "2022-06", True),
        ("今年年内", "2022", True),
        ("本月底前", "2022-03", True),
        ("2022年4月至11月", "2022-04/2022-11", False),
        ("即日起至6月底", "2022-03/2022-06", False),
        ("到二〇三五年，", "2035", True),
    ],
)
def test_a_time_has_its_deadline(text: str, deadline: str, firm: bool) -> None:  # noqa: FBT001 -- a table's column
    found = times_in(text, WHEN)
    assert [time.deadline for time in found][-1:] == [deadline]
    if deadline != "2035" or "展望" not in text:
        assert found[-1].firm is firm


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("从11月1日至明年春节前", "2022-11/2023-01"),
        ("10月至次年3月", "2022-10/2023-03"),
        ("从二〇二〇年到二〇三五年", "2020/2035"),
        ("从二〇三五年到本世纪中叶", "2035/2050"),
        ("2024年—2026年", "2024/2026"),
        ("4月至11月", "2022-04/2022-11"),
    ],
)
def test_two_forms_joined_are_a_period(text: str, deadline: str) -> None:
    assert [time.deadline for time in times_in(text, WHEN)] == [deadline]


@pytest.mark.parametrize(
    "text",
    [
        "由2020年的66%提高",
        "一季度实现的税费",
        "执行期限统一延长至2023年底",
        "自4月1日起施行",
        "比2020年下降",
        "（2021年版）",
        "1月1日至12月31日",
        "在2020年基础上",
        "3月龄",
    ],
)
def test_what_sets_no_time(text: str) -> None:
    assert [time for time in times_in(text, WHEN) if time.firm] == []


def test_a_date_governs_its_sentence_and_the_ones_that_go_on(plan: Planned) -> None:
    found = plan(
        f"{ISSUED}《规划》写明，到2025年，集市全面覆盖，摊位更加整洁。夜市活力显著提升。《规划》要求，各地抓好落实。"
    )
    assert goals(found) == [("2025", "集市全面覆盖，摊位更加整洁"), ("2025", "夜市活力显著提升")]


@pytest.mark.parametrize(
    ("date", "deadline"),
    [
        ("力争用三年左右", "2025"),
        ("通过五年奋斗", "2027"),
        ("再经过10年建设", "2032"),
        ("在本月末前", "2022-03"),
        ("下月末前", "2022-04"),
        ("本年度内", "2022"),
        ("后年将实现", "2024"),
        ("到建国100年时", "2049"),
    ],
)
def test_a_paragraph_with_no_other_date_is_read(plan: Planned, date: str, deadline: str) -> None:
    found = plan(ISSUED, f"{date}，集市全面改造，夜市更加繁荣。")
    assert [goal.deadline for goal in found.goals] == [deadline]


def test_the_next_date_takes_over(plan: Planned) -> None:
    found = plan(f"{ISSUED}到2025年，集市成网；到2035年，集市上云。")
    assert goals(found) == [("2025", "集市成网"), ("2035", "集市上云")]


def test_a_date_inside_a_clause_governs_the_clause(plan: Planned) -> None:
    found = plan(f"{ISSUED}摊位押金6月底前全部退还，租金照旧收取。")
    assert goals(found) == [("2022-06", "摊位押金6月底前全部退还")]


def test_two_dates_share_one_aim(plan: Planned) -> None:
    found = plan(f"{ISSUED}在4月20日、6月25日前，集中办理小微摊主退费。")
    assert goals(found) == [("2022-04-20", "集中办理小微摊主退费"), ("2022-06-25", "集中办理小微摊主退费")]


def test_a_loose_date_needs_a_word_of_intent(plan: Planned) -> None:
    assert goals(plan(f"{ISSUED}2022年，商务部将整修老旧集市，配齐消防设施。")) == [
        ("2022", "商务部将整修老旧集市，配齐消防设施")
    ]
    assert goals(plan(f"{ISSUED}2022年，集市客流平稳。今年以来，集市热闹。")) == []


def test_the_guiding_ideas_of_a_period_are_no_aim(plan: Planned) -> None:
    assert goals(plan(f"{ISSUED}“十四五”时期要以便民利民为指导，推进集市建设。")) == []
    assert goals(plan(f"{ISSUED}“十四五”期间，集市建设进入了提质的关键时期。")) == []


def test_what_is_over_is_no_aim(plan: Planned) -> None:
    assert goals(plan(f"{ISSUED}到2020年，集市基本覆盖乡镇。2021年，集市将升级。")) == []


def test_what_an_outsider_says_is_no_aim(plan: Planned) -> None:
    assert goals(plan(f"{ISSUED}某大学教授认为，到2025年，集市将全面上云。")) == []


def test_a_poster_of_short_lines_is_read(plan: Planned) -> None:
    found = plan(
        "商务部印发《集市振兴规划》", "到2025年", "集市覆盖所有乡镇", "摊位更加整洁", "力争到2035年", "集市全面上云"
    )
    assert goals(found) == [("2025", "集市覆盖所有乡镇"), ("2025", "摊位更加整洁"), ("2035", "集市全面上云")]


def test_a_year_in_a_title_sets_no_date(plan: Planned) -> None:
    assert goals(plan("商务部印发《2030年前集市升级行动方案》，为各地集市升级指明了方向。")) == []


def test_a_statistic_in_between_changes_nothing(plan: Planned) -> None:
    aim = "到2025年，集市全面覆盖。"
    noise = "今年1至2月，集市交易额120亿元，同比增长8%。"
    assert goals(plan(ISSUED + aim + noise)) == goals(plan(ISSUED + noise + aim)) == goals(plan(ISSUED + aim))
    assert plan(ISSUED + aim + noise).targets == ()


def test_the_term_of_a_campaign_governs_what_follows(plan: Planned) -> None:
    found = plan("交通运输部部署整治。整治持续至2022年10月31日，各地将严查超载，保障出行安全。")
    assert goals(found) == [("2022-10-31", "各地将严查超载，保障出行安全")]


def test_a_list_of_aims_under_a_colon_keeps_its_year(plan: Planned) -> None:
    found = plan(
        "国务院部署全年工作。今年主要预期目标是：集市增长5%左右；摊位空置率全年控制在4%以内；摊主收入稳步提高。"
    )
    assert [(t.indicator, t.value) for t in found.targets] == [("集市", "5"), ("摊位空置率", "4")]
    assert goals(found) == [("2022", "摊主收入稳步提高")]


def test_a_past_date_inside_a_clause_is_a_modifier(plan: Planned) -> None:
    found = plan(f"{ISSUED}力争到2025年基本完成2000年底前开办的集市整修。")
    assert [deadline for deadline, _ in goals(found)] == ["2025"]


def test_a_quotation_that_says_something_is_read(plan: Planned) -> None:
    found = plan(
        f"{ISSUED}《规划》提出“到2025年，集市覆盖所有乡镇，摊位更加整洁，管理服务水平明显提高，夜间消费更加活跃”。"
    )
    assert goals(found) == [("2025", "集市覆盖所有乡镇，摊位更加整洁，管理服务水平明显提高，夜间消费更加活跃")]


def test_a_date_over_a_list_below_governs_it(plan: Planned) -> None:
    found = plan(
        f"{ISSUED}《规划》提出了到2025年的主要目标：", "——设施更加完善。集市达标率提高到90%。", "——管理更加规范。"
    )
    assert goals(found) == [("2025", "设施更加完善"), ("2025", "管理更加规范")]
    assert [(t.deadline, t.value) for t in found.targets] == [("2025", "90")]


def test_what_a_clause_looks_back_to_or_hopes_for_is_no_aim(plan: Planned) -> None:
    found = plan(f"{ISSUED}到2025年，集市覆盖率达到90%，去年覆盖率已达到57%，商户有望更加集中，空置率控制在5%以内。")
    assert [(t.indicator, t.value) for t in found.targets] == [("集市覆盖率", "90"), ("空置率", "5")]
    assert found.goals == ()


def test_the_aims_of_a_year_go_on_past_semicolons(plan: Planned) -> None:
    found = plan(f"{ISSUED}会议明确了2022年主要目标：整修集市20个；新建凉棚30座；空置率持续下降。")
    assert [t.value for t in found.targets] == ["20", "30"]
    assert goals(found) == [("2022", "空置率持续下降")]


def test_an_outsider_speaks_on_to_the_paragraphs_end(plan: Planned) -> None:
    found = plan(
        f"{ISSUED}《规划》说，到2025年，集市布局更加合理。",
        "“集市将迎来改造高潮。”某行业协会会长表示，早期集市条件较差。据测算，到2030年，改造规模将达到140亿元。",
        "一家设备公司日前公告称，计划2026年销售达到30万台。",
    )
    assert found.targets == ()
    assert goals(found) == [("2025", "集市布局更加合理")]


def test_this_year_and_next_are_one_period(plan: Planned) -> None:
    found = plan(f"{ISSUED}今明两年开展摊主培训3000万人次以上。")
    assert [(t.deadline, t.value) for t in found.targets] == [("2022/2023", "3000")]


def test_a_month_stands_in_the_year_before_it(plan: Planned) -> None:
    found = plan(
        f"{ISSUED}2022年2月底前完成自查；3月至7月开展专项整治。", when=datetime(2021, 12, 31, 9, tzinfo=BEIJING)
    )
    assert goals(found) == [("2022-02", "完成自查"), ("2022-03/2022-07", "开展专项整治")]


def test_what_is_told_of_the_articles_own_day_has_happened(plan: Planned) -> None:
    found = plan("3月20日，商务部会同财政部印发的《集市振兴规划》对外公布，推动集市建设，完善管理。")
    assert found.goals == ()


def test_a_quarter_is_that_of_the_year_named_before_it(plan: Planned) -> None:
    when = datetime(2021, 12, 22, tzinfo=BEIJING)
    described = plan(ISSUED + "2022年集市摊位力争多增，一季度集中开展集市普查活动。", when=when)
    assert goals(described) == [("2022", "集市摊位力争多增"), ("2022-01/2022-03", "集中开展集市普查活动")]


def test_a_titles_own_term_sets_no_date(plan: Planned) -> None:
    assert (
        goals(plan("县政府关于印发", "集市整修三年行动计划（2022—2024年）的通知", "现将《集市整修三年行动计划》印发。"))
        == []
    )


def test_a_question_sets_no_aim(plan: Planned) -> None:
    assert goals(plan(ISSUED, "记者：今年有哪些集市要开工？")) == []


def test_what_turns_the_talk_is_no_aim(plan: Planned) -> None:
    described = plan(ISSUED + "到2025年，集市更加繁荣。具体来说，集市覆盖率达到90%。")
    assert goals(described) == [("2025", "集市更加繁荣")]


def test_what_a_plan_does_step_by_step_goes_on_after_a_figure(plan: Planned) -> None:
    described = plan(ISSUED + "2022年至2025年，集市覆盖率不低于90%，并逐步扩大夜市。")
    assert goals(described) == [("2022/2025", "并逐步扩大夜市")]


def test_money_for_years_to_come_needs_no_word_of_intent(plan: Planned) -> None:
    (target,) = plan(ISSUED + "会议决定，中央财政今明两年统筹各渠道安排补助资金5亿元，用于集市整修。").targets
    assert (target.deadline, target.indicator, target.value) == ("2022/2023", "补助资金", "5")
