"""Numbers with their units and bounds: cases from several kinds of text, and quantities written and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.plan.grammar.quantities import BOUNDS_AFTER, BOUNDS_BEFORE, quantities_in


def read(text: str) -> list[tuple[str, str, str]]:
    return [(text[q.value[0] : q.value[1]], q.unit, q.comparator) for q in quantities_in(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("覆盖率达到85.5%以上", ("85.5", "%", "ge")),
        ("增速为4.5%—5%", ("4.5%—5", "%", "eq")),
        ("建成3至5个园区", ("3至5", "个", "eq")),
        ("投资1,200亿元左右", ("1,200", "亿元", "approx")),
        ("占比不低于三分之二", ("三分之二", "", "ge")),
        ("占比超过1/3", ("1/3", "", "gt")),
        ("用水量减少一半", ("一半", "", "eq")),
        ("产值增长一倍", ("一", "倍", "eq")),
        ("规模翻一番", ("一", "番", "eq")),
        ("服务百万家商户", ("百", "万家", "eq")),
        ("新增产能千亿斤以上", ("千", "亿斤", "ge")),
        ("培训两千名学员", ("两千", "名", "eq")),
        ("死亡率降到12/10万以下", ("12", "/10万", "le")),
        ("筹建170.4万套（间）", ("170.4", "万套（间）", "eq")),
        ("生产率提高到22万元/人", ("22", "万元/人", "eq")),
        ("处理能力达到5000吨/日", ("5000", "吨/日", "eq")),
        ("每千人口床位数4.5张", ("4.5", "张", "eq")),
        ("死亡率降至6.0‰以下", ("6.0", "‰", "le")),
        ("修复破损古籍100万叶以上", ("100", "万叶", "ge")),
        ("能耗5000万吨标准煤", ("5000", "万吨标准煤", "eq")),
        ("支持十家以上企业", ("十", "家", "ge")),
        ("浓度控制在27微克/立方米以内", ("27", "微克/立方米", "le")),
        ("装机2千伏安", ("2", "千伏安", "eq")),
    ],
)
def test_a_quantity_is_read_as_it_is_printed(text: str, expected: tuple[str, str, str]) -> None:
    assert read(text)[-1:] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "上千项应用",
        "数十家企业",
        "到2030年",
        "6月底前",
        "第3批名单",
        "5G基站",
        "第十二届",
        "每100名老人",
        "24小时",
        "数百亿元",
        "二四六四",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert [q for q in read(text) if q[1] != "小时"] == []


NUMBERS = st.one_of(
    st.integers(2, 9_999).map(str),
    st.decimals(0, 999, places=2).map(str),
    st.tuples(st.integers(1, 49), st.integers(50, 99)).map(lambda pair: f"{pair[0]}—{pair[1]}"),
    st.integers(1_000, 999_999).map("{:,}".format),
)
UNITS = st.sampled_from(
    ["%", "个百分点", "家", "万个", "亿元", "万亿元", "吨/日", "公里", "万套（间）", "名", "微克/立方米"]
)


@given(
    number=NUMBERS,
    unit=UNITS,
    before=st.sampled_from(["", *BOUNDS_BEFORE]),
    after=st.sampled_from(["", *(word for word in BOUNDS_AFTER if word != "内")]),
    verb=st.sampled_from(["达到", "提高到", "控制在", "为"]),
)
def test_a_quantity_that_is_written_is_read_back(number: str, unit: str, before: str, after: str, verb: str) -> None:
    (found,) = read(f"指标{verb}{before}{number}{unit}{after}")
    expected = BOUNDS_AFTER[after] if after else BOUNDS_BEFORE[before] if before else "eq"
    assert found == (number, unit, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("蓄水量达到10⁹立方米", ("10⁹", "立方米", "eq")),
        ("发电量超过2.5×10¹⁰千瓦时", ("2.5×10¹⁰", "千瓦时", "gt")),
        ("误差不超过10⁻³米", ("10⁻³", "米", "le")),
        ("产值达到10^8.5元以上", ("10^8.5", "元", "ge")),
        ("绿地达到5万m²", ("5", "万m²", "eq")),
        ("湿地不少于900km²", ("900", "km²", "ge")),
        ("库容达到8亿m³左右", ("8", "亿m³", "approx")),
        ("浓度降至28μg/m³", ("28", "μg/m³", "eq")),
        ("改造面积达到300万㎡", ("300", "万㎡", "eq")),
        ("能耗降至11kWh/m²以下", ("11", "kWh/m²", "le")),
        ("绿地达到5万m2", ("5", "万m2", "eq")),
    ],
)
def test_powers_and_units_with_powers(text: str, expected: tuple[str, str, str]) -> None:
    assert read(text) == [expected]
