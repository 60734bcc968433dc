"""Articles whose texts are none's own stay articles of their own."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.archive import Archive
from tests.archive.conftest import small
from tests.archive.test_duplicates import printed, settled

TITLES = (
    "港口收费目录公布",
    "粮食收储办法施行",
    "夜间公交线路调整",
    "山区通信基站扩容",
    "县域养老床位增加",
    "古籍修复人才招录",
)
TEXTS = {
    "a line": ["本文为付费内容，订阅后可以阅读全文，试读已经结束，感谢您的支持。"],
    "a wall": ["您的访问过于频繁，为了保护网站的正常运行，请完成下面的验证，按住滑块并拖到最右边。"] * 2
    + ["若多次验证失败，请检查网络设置，或稍后再来，也可以拨打客服电话反映情况，给您带来不便敬请谅解。"] * 3,
    "a footer": [
        f"本站第{part}类信息服务的许可、备案、举报方式和版权声明，均以首页底部所公布的内容为准。"
        for part in "甲乙丙丁戊己庚辛壬癸"
    ],
}


def rows_of(archive: Archive) -> set[tuple[str, int]]:
    settled(archive)
    return {(row.title, row.copies) for row in archive.listing().window(0, 99)}


@pytest.mark.parametrize("lines", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("number", [2, 3, 6])
def test_articles_of_one_source_with_one_text_are_so_many_rows(
    archive: Archive, tmp_path: Path, lines: list[str], number: int
) -> None:
    articles = [small(title, *lines, title=title) for title in TITLES[:number]]
    for article in articles:
        archive.store(article)
    assert rows_of(archive) == {(title, 1) for title in TITLES[:number]}
    archive.close()
    (tmp_path / "archive" / "index.sqlite").unlink()
    with Archive.open(tmp_path / "archive", write=True) as again:
        assert rows_of(again) == {(title, 1) for title in TITLES[:number]}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)), kind=st.sampled_from(sorted(TEXTS)))
def test_nor_do_two_sources_that_both_have_it_print_one_piece(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], kind: str
) -> None:
    with Archive.open(tmp_path_factory.mktemp("a"), write=True) as archive:
        for number in order:
            title, source = TITLES[number], "甲站" if number % 2 else "乙站"
            archive.store_many([small(title, *TEXTS[kind], title=title, source=source)])
        assert rows_of(archive) == {(title, 1) for title in TITLES}


def test_a_short_piece_of_two_sources_under_one_title_is_one(archive: Archive) -> None:
    for source in ("甲站", "乙站"):
        archive.store(small(source, *TEXTS["a line"], title="港口收费目录公布", source=source))
    assert rows_of(archive) == {("港口收费目录公布", 2)}


def test_a_piece_that_two_sources_print_under_two_titles_is_one(archive: Archive) -> None:
    archive.store_many([printed("甲", title="冷库建设提速"), printed("乙", title="多地推进公共冷库", minutes=9)])
    assert rows_of(archive) == {("冷库建设提速", 2)}
