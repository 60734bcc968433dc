"""Which differences of two texts are edits that a reader cares for."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from feeds.compare import versions_of
from feeds.compare.edits import is_edit, last_edit
from feeds.model import Article, Block, Group, Item, Plan, Revision, Span
from tests.archive.conftest import NOON, small

TITLE = "青禾省印发山塘整治实施方案"
LINES = (
    "青禾省水利厅近日印发《山塘整治实施方案》，明确三项任务。",
    "（一）摸清家底。到2027年，完成1.2万座山塘的测量。",
    "（二）除险加固。每年整治不少于800座，其中病险山塘整治率达到95%以上。",
    "（三）明确管护。逐塘落实管护人，按年度公布名单。",
    "方案自2026年12月1日起施行，有效期5年。",
)


def text(*lines: str, title: str = TITLE, plan: Plan | None = None) -> Article:
    return structs.replace(small("山塘", *(lines or LINES), title=title), plan=plan or Plan())


def with_line(number: int, before: str, after: str) -> tuple[str, ...]:
    changed = LINES[number].replace(before, after)
    assert changed != LINES[number]
    return (*LINES[:number], changed, *LINES[number + 1 :])


SAME = {
    "half width": with_line(1, "1.2万", "１．２万"),
    "full width per cent": with_line(2, "95%", "９５％"),
    "half width commas": with_line(2, "，", ","),
    "half width brackets": with_line(1, "（一）", "(一)"),
    "a blank between figures and words": with_line(2, "800座", " 800 座"),
    "an ideographic blank": with_line(0, "青禾省", "　　青禾省"),
    "a no-break blank": with_line(4, "2026年", "2026\xa0年"),
    "an invisible blank": with_line(3, "管护人", "管\u200b护人"),
    "a byte order mark": with_line(3, "逐塘", "\ufeff逐塘"),
    "straight quotation marks": with_line(0, "《山塘整治实施方案》", '"山塘整治实施方案"'),
    "another stop": with_line(3, "公布名单。", "公布名单；"),
    "no stop": with_line(4, "有效期5年。", "有效期5年"),
    "traditional characters": with_line(3, "明确管护", "明確管護"),
    "an advert behind": (*LINES, "扫描二维码，关注“青禾水利”公众号"),
    "an advert between": (*LINES[:2], "【广告】青禾农商行存款利率上调，欢迎咨询", *LINES[2:]),
    "an advert in front": ("下载青禾新闻APP，查看更多精彩内容", *LINES),
    "an editor behind": (*LINES, "责任编辑：某某 QH021"),
    "a count of readers": (*LINES, "阅读量：10293"),
    "links to other articles": (*LINES, "相关阅读：青禾省修订河道条例"),
    "a disclaimer": (*LINES, "以上内容不构成投资建议"),
    "a line of marks": (*LINES[:3], "* * *", *LINES[3:]),
    "one paragraph in two": (*LINES[:2], "（二）除险加固。", LINES[2].removeprefix("（二）除险加固。"), *LINES[3:]),
    "two paragraphs in one": (LINES[0] + LINES[1], *LINES[2:]),
}
EDITED = {
    "a figure": with_line(2, "95%", "98%"),
    "a decimal point": with_line(1, "1.2万", "12万"),
    "a year": with_line(1, "2027年", "2028年"),
    "a comparator": with_line(2, "不少于800座", "不多于800座"),
    "a sign": with_line(4, "有效期5年", "有效期3年"),
    "one character": with_line(3, "逐塘", "逐村"),
    "a word more": with_line(3, "公布名单", "向社会公布名单"),
    "a clause less": with_line(2, "，其中病险山塘整治率达到95%以上", ""),
    "a paragraph less": LINES[:4],
    "a paragraph more": (*LINES, "省财政对先完成的县（市、区）给予奖补。"),
    "a paragraph between": (*LINES[:1], "方案所称山塘，是指蓄水1万立方米以下的塘坝。", *LINES[1:]),
    "two items swapped": (*LINES[:2], LINES[3], LINES[2], LINES[4]),
    "two items swapped and renumbered": (
        *LINES[:2],
        LINES[3].replace("（三）", "（二）"),
        LINES[2].replace("（二）", "（三）"),
        LINES[4],
    ),
    "the only attachment": (*LINES, "附件：青禾省山塘名录"),
}


@pytest.mark.parametrize("lines", SAME.values(), ids=SAME)
def test_a_reader_does_not_care_for_this(lines: tuple[str, ...]) -> None:
    assert not is_edit(text(), text(*lines))
    assert not is_edit(text(*lines), text())


@pytest.mark.parametrize("lines", EDITED.values(), ids=EDITED)
def test_a_reader_cares_for_this(lines: tuple[str, ...]) -> None:
    assert is_edit(text(), text(*lines))
    assert is_edit(text(*lines), text())


@pytest.mark.parametrize(
    "line",
    ["青禾农商行：存款，就是简单", "本报热线 欢迎来电", "〔图：青禾水利〕", "返回首页", "东山牌净水器，健康每一天！"],
)
@pytest.mark.parametrize(("before", "after"), [(0, 5), (5, 2), (2, 3)])
def test_a_short_line_that_moves_is_no_edit(line: str, before: int, after: int) -> None:
    here, there = (text(*LINES[:place], line, *LINES[place:]) for place in (before, after))
    assert not is_edit(here, there)


def test_a_line_of_the_plan_that_moves_is_an_edit() -> None:
    lines = ("通知部署以下工作。", "强化巡查", "严格执法", "畅通举报", "请各地抓好落实，并报送进展情况。")

    def notice(*order: int) -> Article:
        items = tuple(Item(lines[number], Span(place, 0, len(lines[number]))) for place, number in enumerate(order, 1))
        group = Group("以下工作", None, Span(0, 2, 8), items)
        return text(lines[0], *(lines[number] for number in order), lines[4], plan=Plan(groups=(group,)))

    assert is_edit(notice(1, 2, 3), notice(1, 3, 2))
    assert not is_edit(notice(1, 2, 3), notice(1, 2, 3))


@pytest.mark.parametrize(
    ("before", "after", "edited"),
    [
        ("青禾省山塘整治 2027年完成", "青禾省山塘整治2027年完成", False),
        ("青禾省：山塘整治“三步走”", '青禾省:山塘整治"三步走"', False),
        ("青禾省印发山塘整治实施…", "青禾省印发山塘整治实施方案", False),
        ("青禾省印发山塘整治实施方案", "青禾省印发山塘整治...", False),
        ("QH指数发布", "qh指数发布", False),
        ("青禾省印发山塘整治实施方案", "青禾省印发山塘整治行动方案", True),
        ("山塘整治率95%", "山塘整治率98%", True),
        ("青禾省印发…", "白石省印发山塘方案", True),
    ],
)
def test_titles(before: str, after: str, *, edited: bool) -> None:
    assert is_edit(text(title=before), text(title=after)) is edited
    assert is_edit(text(title=after), text(title=before)) is edited


@given(st.lists(st.text(alphabet="甲乙0.%，。 ；扫码\x1b\u202e", max_size=12), max_size=6), st.data())
def test_no_text_is_an_edit_of_itself_and_the_order_of_two_does_not_matter(
    lines: list[str], data: st.DataObject
) -> None:
    others = data.draw(st.permutations(lines))
    assert not is_edit(text("。", *lines), text("。", *lines))
    assert is_edit(text("。", *lines), text("。", *others)) is is_edit(text("。", *others), text("。", *lines))


def test_the_versions_of_an_article_and_its_last_edit() -> None:
    times = [NOON + timedelta(hours=hour) for hour in (1, 2, 3)]
    past = [with_line(2, "95%", "90%"), with_line(2, "95%", "92%"), (*LINES[:2], " ", *LINES[2:])]
    plan = Plan(code="三二一")
    article = structs.replace(
        text(),
        plan=plan,
        earlier=tuple(
            Revision(time, TITLE, tuple(map(Block, lines)), None if number else Plan())
            for number, (time, lines) in enumerate(zip(times, past, strict=True))
        ),
    )
    found = versions_of(article)
    assert [version.number for version in found] == [1, 2, 3, 4]
    assert [version.since for version in found] == [article.seen, *times]
    assert [version.plan for version in found] == [Plan(), Plan(), Plan(), plan]
    assert found[-1].paragraphs == list(LINES)
    assert last_edit(article) == times[1]  # the last version differs by a blank line alone
    assert last_edit(structs.replace(article, earlier=article.earlier[2:])) is None
    assert last_edit(text()) is None
