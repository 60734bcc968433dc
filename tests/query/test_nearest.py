"""What helps where a filter finds nothing."""

from datetime import date

import pytest

from feeds.query import parse
from feeds.query.nearest import missing_labels, narrower_by_one
from tui.filters.reasons import reasons_of_none
from tui.filters.words import plain_words
from tui.words import speak

TODAY = date(2026, 11, 12)
LABELS = {
    "agency": [("工业和信息化部", 5), ("国家发展改革委", 9), ("江苏省人民政府", 1)],
    "cat": [("金融/银行/监管动态", 4), ("能源", 2)],
    "tag": [("种业", 3)],
}


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("agency:工业信息化部", ("工业和信息化部", 5)),
        ("机构：江苏省政府办", ("江苏省人民政府", 1)),
        ("cat:监管动向", ("金融/银行/监管动态", 4)),
        ("tag:种子业", ("种业", 3)),
        ("agency:海关总署", ("", 0)),
        ("source:7x24", ("", 0)),
    ],
)
def test_a_label_that_the_archive_lacks_has_a_nearest_one(text: str, nearest: tuple[str, int]) -> None:
    (missing,) = missing_labels(parse(text, TODAY), lambda field: LABELS.get(field, []))
    assert (missing.nearest, missing.total) == nearest


@pytest.mark.parametrize(
    "text", ["agency:工信部", "机构：发改委 has:targets", "cat:银行/监管动态", "cat:能源", "粮食", ""]
)
def test_nothing_is_said_of_labels_that_are_there(text: str) -> None:
    assert missing_labels(parse(text, TODAY), lambda field: LABELS.get(field, [])) == []


def test_each_term_is_left_out_once() -> None:
    query = parse("粮食 agency:工信部 date:week order:rank", TODAY)
    assert [(term, str(rest)) for term, rest in narrower_by_one(query)] == [
        ("粮食", "agency:工业和信息化部 date:week order:rank"),
        ("agency:工业和信息化部", "粮食 date:week order:rank"),
        ("date:week", "粮食 agency:工业和信息化部 order:rank"),
    ]
    assert narrower_by_one(parse("粮食", TODAY)) == []


def test_the_reasons_are_told_in_both_languages() -> None:
    counts = {"has:targets": 4, "date:week": 11}
    wrong, apart = parse("agency:工业信息化部", TODAY), parse("date:week has:targets", TODAY)

    def reasons() -> list[str]:
        return [
            *reasons_of_none(wrong, lambda field: LABELS.get(field, []), lambda _query: 0),
            *reasons_of_none(apart, lambda _field: [], lambda query: counts[str(query)]),
        ]

    assert reasons() == [
        "The archive has no agency “工业信息化部”; did you mean 工业和信息化部 (5)?",
        "Nearest: without “with targets” 11 articles, without “this week” 4 articles.",
    ]
    speak("zh")
    try:
        assert reasons() == [
            "存档里没有机构“工业信息化部”；是否指 工业和信息化部 (5)？",
            "最接近的：去掉“有指标”有 11 篇文章、去掉“本周”有 4 篇文章。",
        ]
        assert [plain_words(term) for term in ("agency:工业和信息化部", "-tag:种业", '"甲 乙"', "is:unread")] == [
            "机构 工信部",
            "-标签 种业",
            "甲 乙",
            "未读",
        ]
    finally:
        speak("en")
