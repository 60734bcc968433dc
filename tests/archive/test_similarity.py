"""Whether two texts are one leader: what a copy may change, and what must stay two."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.archive.duplicates.signatures import signature_of
from feeds.archive.duplicates.similarity import (
    SPAN,
    ComparedText,
    have_different_figures,
    have_different_names,
    is_same_text,
    similarity,
)
from feeds.folding import folded_text

HOUR = 3600
PIECE = (
    "海湾区日前印发《冷链仓储提升办法》，提出到2027年建成42座公共冷库，库容达到180万吨。",
    "办法要求，新建冷库一律采用低碳制冷，旧库三年内改造完毕，改造费用由区财政补助三成。",
    "在运输环节，区里将开行12条城际冷链班线，重点保障水产品和疫苗配送，班线实行统一调度。",
    "区商务局负责人表示，冷库使用率要提高到75%以上，空置超过六个月的由平台统一招租。",
    "办法还明确，企业可以凭能耗记录申请电价优惠，优惠期不超过五年，逾期自动终止。",
)


def body(*lines: str, flash: bool = False) -> ComparedText:
    return ComparedText(folded_text("\n".join(lines)), flash=flash)


@pytest.mark.parametrize(
    "lines",
    [
        PIECE,
        ("来源：某某日报 作者：某某", *PIECE),
        ("新华社海湾3月2日电（记者 某某）" + PIECE[0], *PIECE[1:]),
        (*PIECE, "（完）", "责任编辑：某某某"),
        (*PIECE[:2], *PIECE[3:]),
        tuple(line.replace("，", ",").replace("。", ".").replace("2027", "２０２７") for line in PIECE),
        ("".join(PIECE),),
        (PIECE[0].replace("日前", "近日"), *PIECE[1:4], PIECE[4].replace("企业", "各企业")),
        ("海灣區日前印發《冷鏈倉儲提升辦法》，提出到2027年建成42座公共冷庫，庫容達到180萬噸。", *PIECE[1:]),
    ],
)
def test_a_copy_is_the_same_piece(lines: tuple[str, ...]) -> None:
    assert is_same_text(body(*PIECE), body(*lines), HOUR)
    assert is_same_text(body(*lines), body(*PIECE), HOUR)


@pytest.mark.parametrize(
    "lines",
    [
        (PIECE[0].replace("42座", "43座"), *PIECE[1:]),
        tuple(line.replace("75%", "71%").replace("180", "210") for line in PIECE),
        PIECE[:2],
    ],
)
def test_what_differs_in_figures_names_or_most_of_the_text_is_two(lines: tuple[str, ...]) -> None:
    assert not is_same_text(body(*PIECE), body(*lines), HOUR)


def test_a_figure_that_only_one_has_says_nothing() -> None:
    assert not have_different_figures(body(*PIECE), body(*PIECE[:3]))
    assert not have_different_figures(body("增长5.2%，降3.1%。"), body("增长5.2%。"))
    assert have_different_figures(body("增长5.2%，降3.1%。"), body("增长5.3%，降3.1%。"))
    assert not have_different_figures(body("共1,200家"), body("共1200家"))


def test_wires_of_two_days_are_two_whatever_they_share() -> None:
    first, second = "新华社某地3月2日电 " + PIECE[1], "新华社某地3月3日电 " + PIECE[1]
    assert have_different_figures(body(first, *PIECE[1:]), body(second, *PIECE[1:]))


def test_names_are_other_only_when_each_text_has_its_own() -> None:
    notice = "{0}今日公告，{0}董事会决定召开股东大会，{0}股东可以网络投票。"
    assert have_different_names(body(notice.format("海鲸科技")), body(notice.format("山雀能源")))
    assert not have_different_names(body(notice.format("海鲸科技")), body(notice.format("海鲸科技"), "山雀能源" * 3))


def test_a_short_text_and_a_flash_must_be_all_but_the_same_and_near_in_time() -> None:
    line = "央行今日开展七天期逆回购操作，中标利率维持不变，当日净投放资金规模与昨日大致持平。"
    assert is_same_text(body(line), body(line.replace("，", ",")), HOUR)
    assert not is_same_text(body(line), body(line.replace("持平", "相当")), HOUR)
    assert not is_same_text(body(line), body(line), 24 * HOUR)
    assert not is_same_text(body(*PIECE, flash=True), body(*PIECE), 2 * HOUR)


def test_far_apart_in_time_nothing_is_a_copy() -> None:
    assert is_same_text(body(*PIECE), body(*PIECE), SPAN)
    assert not is_same_text(body(*PIECE), body(*PIECE), SPAN + 1)


@pytest.mark.parametrize("text", ["", "。，！", "详见附件", "海湾区日前印发办法"])
def test_too_short_a_text_is_nobody_s_copy(text: str) -> None:
    assert not is_same_text(body(text), body(text), 0)
    assert signature_of(body(text).features) is None


def test_a_signature_is_the_text_s_own_and_the_same_everywhere() -> None:
    signature = signature_of(body(*PIECE).features)
    assert signature is not None
    assert signature == signature_of(body("".join(PIECE)).features)
    # Kept in the index: should this change with a release of rensa, the index's version must change too.
    assert signature.bands == (1280473, 123101, 1190103, 1029688, 977154, 1129865)
    assert signature.agreeing(signature.numbers) == 32


@given(st.text(max_size=400), st.text(max_size=400))
def test_similarity_is_symmetric_and_a_text_is_similar_to_itself(first: str, second: str) -> None:
    one, other = body(first), body(second)
    assert similarity(one, other) == similarity(other, one) <= 1
    assert is_same_text(one, other, 0) == is_same_text(other, one, 0)
    assert not have_different_figures(one, one)
    assert not have_different_names(one, one)
    if one.shingles:
        assert similarity(one, one) == 1


@given(st.integers(0, 2**32), st.integers(0, 3))
def test_punctuation_and_breaks_change_no_signature(seed: int, marks: int) -> None:
    dice = random.Random(seed)  # noqa: S311 -- any texts will do
    text = "，".join(
        "".join(dice.choices("海湾冷库班线调度能耗改造电价招租水产疫苗", k=dice.randint(1, 12))) for _ in range(40)
    )
    assert signature_of(body(text.replace("，", "；\n、！"[marks])).features) == signature_of(body(text).features)
