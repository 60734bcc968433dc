"""A text is changed in one way, and the groups change exactly in that way."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from feeds.model import BEIJING, Article, Block, Group, Plan
from feeds.parse import reading_of_body
from feeds.plan import plan_of

WHEN = datetime(2022, 3, 20, tzinfo=BEIJING)
NUMERALS = "零一二三四五六七八九十"
HEAD = "商务部近日印发《集市规划》。"
ORDINALS = ("{}是", "{}要", "第{}，", "（{}）")
NOUNS = ("项任务", "方面重点工作", "大举措", "条措施")

names = st.lists(st.text(alphabet="修建路棚水电灯井渠", min_size=2, max_size=4), min_size=2, max_size=9, unique=True)


def plan_from(*texts: str) -> Plan:
    blocks = tuple(map(Block, texts))
    return plan_of(Article(id="x", keys=("x",), title="", published=WHEN, seen=WHEN, blocks=blocks))


def series(items: list[str], ordinal: str = "{}是", mark: str = "；") -> str:
    return mark.join(ordinal.format(NUMERALS[i]) + f"加强{item}" for i, item in enumerate(items, start=1)) + "。"


def shape(plan: Plan) -> list[tuple[int | None, list[str], str]]:
    return [(group.declared, [item.title for item in group.items], group.status) for group in plan.groups]


@given(names, st.sampled_from(NOUNS), st.sampled_from(ORDINALS), st.sampled_from("；。"))
def test_the_dress_of_number_noun_ordinal_and_mark_changes_nothing(
    items: list[str], noun: str, ordinal: str, mark: str
) -> None:
    expected = [(len(items), [f"加强{item}" for item in items], "complete")]
    wide = str(len(items)).translate({ord("0") + i: chr(ord("０") + i) for i in range(10)})
    for numeral in (NUMERALS[len(items)], str(len(items)), wide):
        assert shape(plan_from(f"{HEAD}《规划》提出{numeral}{noun}：{series(items, ordinal, mark)}")) == expected


@given(names, st.integers(2, 9))
def test_another_number_changes_what_was_declared_and_the_status(items: list[str], number: int) -> None:
    found = plan_from(f"{HEAD}《规划》提出{number}项任务，主要包括：{series(items)}")
    declared = [group for group in found.groups if group.declared is not None]
    assert [group.declared for group in declared] == [number]
    listed = [[item.title for item in group.items] for group in found.groups if group.items]
    assert listed == [[f"加强{item}" for item in items]]
    if number == len(items):
        assert declared[0].status == "complete"
    else:
        assert declared[0].status in ("short", "over", "unlisted")


@given(names)
def test_the_last_item_deleted_leaves_the_group_short(items: list[str]) -> None:
    found = plan_from(f"{HEAD}《规划》提出{NUMERALS[len(items) + 1]}项任务：{series(items)}")
    assert shape(found)[0][1:] == ([f"加强{item}" for item in items], "short")


@given(names, st.data())
def test_two_sections_swapped_are_swapped_with_all_that_lies_in_them(items: list[str], data: st.DataObject) -> None:
    def told(order: list[str]) -> list[tuple[str, list[str]]]:
        sections = [
            f"{NUMERALS[i]}、加强{item}" + f"。分两类情形：{item}甲、{item}乙。"
            for i, item in enumerate(order, start=1)
        ]
        (group,) = plan_from("商务部办公厅关于开展集市整修的通知", "现就有关事项通知如下。", *sections).groups
        return [(item.title, [part.title for inner in item.groups for part in inner.items]) for item in group.items]

    i, j = (data.draw(st.integers(0, len(items) - 1)) for _ in range(2))
    swapped = list(items)
    swapped[i], swapped[j] = swapped[j], swapped[i]
    before = told(items)
    before[i], before[j] = before[j], before[i]
    assert told(swapped) == before
    assert all(inner == [f"{title[2:]}甲", f"{title[2:]}乙"] for title, inner in before)


STATISTICS = (
    "去年全国集市成交额同比增长3.5%。",
    "截至目前，全国共有集市4万个。",
    "数据显示，1至2月客流量比上年增长12%，摊主达到300万户。",
)


@given(names, st.sampled_from(STATISTICS), st.data())
def test_a_statistic_put_in_between_is_no_item(items: list[str], statistic: str, data: st.DataObject) -> None:
    i = data.draw(st.integers(1, len(items)))
    texts = [f"{HEAD}《规划》提出{NUMERALS[len(items)]}项任务："]
    texts += [f"{NUMERALS[k]}是加强{item}。" for k, item in enumerate(items, start=1)]
    plain = shape(plan_from(*texts))
    texts.insert(1 + i, statistic)
    assert shape(plan_from(*texts)) == plain
    texts[i] += texts.pop(1 + i)
    assert shape(plan_from(*texts)) == plain


def _spans(groups: tuple[Group, ...]) -> list[tuple[str, int | None, list[str]]]:
    return [(group.label, group.declared, [item.title for item in group.items]) for group in groups]


NOISE = ("<!-- x -->", "<span></span>", "<script>var a='三项任务';</script>", '<a href="#"></a>', "\n", "<b></b>")


@given(names, st.lists(st.sampled_from(NOISE), min_size=4, max_size=4), st.sampled_from(("p", "div", "p align=left")))
def test_noisy_markup_changes_nothing(items: list[str], noise: list[str], tag: str) -> None:
    texts = [f"{HEAD}《规划》提出{NUMERALS[len(items)]}项任务：", series(items), "到2025年，集市覆盖率达到90%。"]
    close = tag.split(maxsplit=1)[0]
    quiet = "".join(f"<p>{text}</p>" for text in texts)
    a, b, c, d = noise
    noisy = a + "".join(f"<{tag}>{b}　　<span style='x'>{text}</span>{c}</{close}>{d}" for text in texts)
    plans = [plan_from(*(block.text for block in reading_of_body(html).blocks)) for html in (quiet, noisy)]
    assert _spans(plans[0].groups) == _spans(plans[1].groups) != []
    assert plans[0].targets == plans[1].targets
