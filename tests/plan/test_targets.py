"""Figures to be reached: indicator, comparator, direction, value, unit, deadline, baseline."""

from collections.abc import Callable

import pytest

from feeds.model import Plan

Planned = Callable[..., Plan]
Row = tuple[str, str, str, str, str, str | None]
ISSUED = "商务部近日印发《集市振兴规划》（以下简称《规划》）。到2025年，"


def rows(plan: Plan) -> list[Row]:
    return [(t.indicator, t.comparator, t.direction, t.value, t.unit, t.baseline) for t in plan.targets]


@pytest.mark.parametrize(
    ("clause", "row"),
    [
        ("集市覆盖率达到90%", ("集市覆盖率", "eq", "level", "90", "%", None)),
        ("累计建成早市20座", ("早市", "eq", "level", "20", "座", None)),
        ("累计引进外资20亿元", ("累计引进外资", "eq", "level", "20", "亿元", None)),
        ("我们将确保新开工早市20座", ("新开工早市", "eq", "level", "20", "座", None)),
        ("县城将力争摊位销售额突破3亿元", ("摊位销售额", "gt", "level", "3", "亿元", None)),
        ("在城区建设早市20座", ("早市", "eq", "level", "20", "座", None)),
        ("摊主收入达到全县平均水平的95%以上", ("摊主收入", "ge", "level", "95", "%", None)),
        ("干果售价降到30元/公斤以下", ("干果售价", "le", "level", "30", "元/公斤", None)),
        ("集市覆盖率达到90%以上", ("集市覆盖率", "ge", "level", "90", "%", None)),
        ("集市覆盖率不低于90%", ("集市覆盖率", "ge", "level", "90", "%", None)),
        ("集市覆盖率超过90%", ("集市覆盖率", "gt", "level", "90", "%", None)),
        ("集市空置率控制在5%以内", ("集市空置率", "le", "level", "5", "%", None)),
        ("集市交易额力争达到1.5万亿元左右", ("集市交易额", "approx", "level", "1.5", "万亿元", None)),
        ("集市交易额年均增长8%", ("集市交易额", "eq", "up", "8", "%", None)),
        ("集市能耗比2020年下降13.5%", ("集市能耗", "eq", "down", "13.5", "%", "2020")),
        ("线上交易占比提高5个百分点", ("线上交易占比", "eq", "up", "5", "个百分点", None)),
        ("线上交易占比提高到25%", ("线上交易占比", "eq", "level", "25", "%", None)),
        ("新建和改造早市20座", ("早市", "eq", "up", "20", "座", None)),
        ("新建、扩建渡口3处", ("渡口", "eq", "up", "3", "处", None)),
        ("县城则把摊位面积扩大到3万平方米", ("摊位面积", "eq", "level", "3", "万平方米", None)),
        ("水库则将蓄水量提高到5亿立方米", ("蓄水量", "eq", "level", "5", "亿立方米", None)),
        ("建成50家以上示范集市", ("示范集市", "ge", "level", "50", "家", None)),
        ("每县至少建成3个夜间集市", ("夜间集市", "ge", "level", "3", "个", None)),
        ("突破50项左右保鲜技术", ("保鲜技术", "approx", "level", "50", "项", None)),
        ("85%以上的集市配齐消防设施", ("集市配齐消防设施", "ge", "level", "85", "%", None)),
        ("单个集市光伏装机不低于2兆瓦", ("单个集市光伏装机", "ge", "level", "2", "兆瓦", None)),
        ("引进夜市项目500个", ("夜市项目", "eq", "level", "500", "个", None)),
        ("外来摊主占比超五分之二", ("外来摊主占比", "gt", "level", "五分之二", "", None)),
        ("每县集市保持在6-8个", ("每县集市", "eq", "level", "6-8", "个", None)),
        ("集市达标率由2020年的60%提高到85%", ("集市达标率", "eq", "level", "85", "%", None)),
        ("摊位密度达到每万人500个", ("摊位密度", "eq", "level", "500", "个", None)),
        ("引进和培育龙头商户10家以上", ("龙头商户", "ge", "level", "10", "家", None)),
        ("培育3家以上年营业额超1亿元的龙头集市", ("年营业额超1亿元的龙头集市", "ge", "level", "3", "家", None)),
        ("推动50个夜间集市建成投用", ("夜间集市", "eq", "level", "50", "个", None)),
        ("省级财政支持建设示范集市200个", ("示范集市", "eq", "level", "200", "个", None)),
        ("市商务局将遴选100个左右的示范集市", ("示范集市", "approx", "level", "100", "个", None)),
        ("摊主平均受教育年限13.8年", ("摊主平均受教育年限", "eq", "level", "13.8", "年", None)),
        ("夜市占当年新建集市的比例达到30%", ("夜市占当年新建集市的比例", "eq", "level", "30", "%", None)),
        ("集市供水能力突破20万吨/日", ("集市供水能力", "gt", "level", "20", "万吨/日", None)),
        ("人车比达到2:1左右", ("人车比", "approx", "level", "2:1", "", None)),
        ("省级财政将统筹安排集市专项资金30亿元", ("集市专项资金", "eq", "level", "30", "亿元", None)),
        ("每年新造凉棚30座", ("新造凉棚", "eq", "level", "30", "座", None)),
        ("每个乡镇至少配备1名管理员", ("管理员", "ge", "level", "1", "名", None)),
        ("集市配电容量达到2千伏安", ("集市配电容量", "eq", "level", "2", "千伏安", None)),
        ("摊主培训4，000人次", ("摊主培训", "eq", "level", "4，000", "人次", None)),
    ],
)
def test_a_clause_gives_its_record(plan: Planned, clause: str, row: Row) -> None:
    found = plan(f"{ISSUED}{clause}。")
    assert rows(found) == [row]
    assert found.targets[0].deadline == "2025"
    assert found.goals == ()


def test_figures_are_dealt_out(plan: Planned) -> None:
    found = plan(f"{ISSUED}水耗、电耗和气耗比2020年分别下降8%、8%和10%以上。")
    assert rows(found) == [
        ("水耗", "ge", "down", "8", "%", "2020"),
        ("电耗", "ge", "down", "8", "%", "2020"),
        ("气耗", "ge", "down", "10", "%", "2020"),
    ]
    both = plan(f"{ISSUED}瓜果、蔬菜检测率均达到98%以上。")
    assert [row[0] for row in rows(both)] == ["瓜果", "蔬菜检测率"]


def test_a_unit_said_once_holds_for_the_row(plan: Planned) -> None:
    found = plan(f"{ISSUED}东部、西部集市面积分别达到300万、200万平方米。")
    assert [(t.value, t.unit) for t in found.targets] == [("300", "万平方米"), ("200", "万平方米")]


def test_parts_of_a_clause_each_have_their_figure(plan: Planned) -> None:
    closing = plan(f"{ISSUED}超20亿元市场20个、超50亿元市场10个。")
    assert rows(closing) == [
        ("超20亿元市场", "eq", "level", "20", "个", None),
        ("超50亿元市场", "eq", "level", "10", "个", None),
    ]
    opening = plan(f"{ISSUED}打造10个骨干集市和20个特色集市。")
    assert [(t.indicator, t.value) for t in opening.targets] == [("骨干集市", "10"), ("特色集市", "20")]


def test_a_clause_without_a_subject_takes_the_one_before(plan: Planned) -> None:
    found = plan(f"{ISSUED}集市交易额达到5万亿元，年均增长8%。")
    assert [(t.indicator, t.value, t.direction) for t in found.targets] == [
        ("集市交易额", "5", "level"),
        ("集市交易额", "8", "up"),
    ]


def test_goals_and_figures_share_a_sentence(plan: Planned) -> None:
    found = plan(f"{ISSUED}集市覆盖率达到90%，摊位更加整洁，夜市活力提升。")
    assert [t.value for t in found.targets] == ["90"]
    assert [g.text for g in found.goals] == ["摊位更加整洁，夜市活力提升"]


def test_a_figure_said_again_is_one(plan: Planned) -> None:
    text = f"{ISSUED}集市覆盖率达到90%。"
    assert len(plan(text, "《规划》重申，到2025年全国集市覆盖率达到90%。").targets) == 1


def test_what_the_text_calls_an_aim_is_one(plan: Planned) -> None:
    found = plan("商务部举行吹风会。为实现集市增长“5%左右”的预期目标，今年需做好几方面工作：", "一是修路。二是建棚。")
    assert rows(found) == [("集市增长", "approx", "up", "5", "%", None)]


def test_a_digit_changed_changes_that_value_only(plan: Planned) -> None:
    before, after = (plan(f"{ISSUED}覆盖率达到{n}%，客流增长6%。") for n in (80, 90))
    assert [t.value for t in before.targets] == ["80", "6"]
    assert [t.value for t in after.targets] == ["90", "6"]
    assert [t.indicator for t in before.targets] == [t.indicator for t in after.targets]


@pytest.mark.parametrize(
    "text",
    [
        "2021年集市交易额同比增长9.6%。",
        "2022年给摊主减免5个月租金，别处减免2个月。",
        "对小微摊主按2%征收，面积不超过70平方米。",
        "某证券首席分析师预计，到2025年，集市规模将达到5万亿元。",
    ],
)
def test_the_past_rules_and_forecasts_are_no_targets(plan: Planned, text: str) -> None:
    assert plan("商务部近日印发《集市振兴规划》。" + text).targets == ()


def test_shared_figures_are_dealt_to_a_pair(plan: Planned) -> None:
    found = plan(f"{ISSUED}岗前培训和“回炉”培训占比均达到40%以上。")
    assert [row[0] for row in rows(found)] == ["岗前培训", "“回炉”培训占比"]


def test_the_year_of_a_goal_is_no_figure(plan: Planned) -> None:
    assert rows(plan("商务部近日印发《集市振兴规划》，提出了到2025年的发展目标：集市覆盖率达到90%。")) == [
        ("集市覆盖率", "eq", "level", "90", "%", None)
    ]


def test_what_a_company_or_a_forecaster_expects_is_no_target(plan: Planned) -> None:
    found = plan(
        f"{ISSUED}集市覆盖率达到90%。",
        "甲设备有关经理对记者表示，公司去年投入较大，未来三年计划新建2座工厂，能力将达到400万台。",
        "乙数据预计，2022年市场零售额将达到8200亿元左右。",
        "丙科技负责人说，如果政策落地，公司年内把航线数量再增加一倍。",
    )
    assert [row[0] for row in rows(found)] == ["集市覆盖率"]
