"""The page that compares two versions of an article: marks that need no colour, at any width, of any text."""

from datetime import timedelta

import pytest
from msgspec import structs

from feeds.compare import change_between, versions_of
from feeds.model import Article, Block, Revision
from feeds.plan import plan_of
from tests.archive.conftest import NOON, small
from tui.text import cells
from tui.widgets.layout.changes import ChangesPage, changes_page
from tui.widgets.layout.page import Measure

LINES = (
    "白石市政府印发《绿地建设规划》，提出到2028年，建成口袋公园120个，新增绿道300公里。",
    "公园建设优先利用边角地。",
    "绿道沿河布置，每两公里设一处驿站，驿站由街道管理。",
    "资金由市、区两级财政分担。",
)
NEW = (LINES[0].replace("120", "150"), LINES[1], "绿道沿河布置，驿站由街道管理。", LINES[3], "本规划由市园林局解释。")


def article_of(before: tuple[str, ...], after: tuple[str, ...], title: str = "") -> Article:
    article = structs.replace(small("绿地", *after, title="白石市公布绿地规划"), seen=NOON)
    past = structs.replace(article, title=title or article.title, blocks=tuple(map(Block, before)))
    revision = Revision(NOON + timedelta(hours=5), past.title, past.blocks, plan_of(past))
    return structs.replace(article, plan=plan_of(article), earlier=(revision,))


def page_of(article: Article, width: int = 60) -> ChangesPage:
    first, second = versions_of(article)
    return changes_page(change_between(first, second), 2, Measure.of_pane(width))


def lines_of(page: ChangesPage) -> list[str]:
    return ["".join(stretch.text for stretch in line.stretches) for line in page.lines]


def test_what_differs_stands_between_marks_in_its_paragraph() -> None:
    page = page_of(article_of(LINES, NEW))
    lines = lines_of(page)
    text = "\n".join(lines)
    assert lines[0] == "白石市公布绿地规划"
    assert "version 1 (2023-05-10 12:00) → version 2 of 2\n(2023-05-10 17:00)" in text
    assert "口袋公园[-120-]{+150+}个" in text.replace("\n", "")
    assert "[-每两公里设一处驿站，-]" in text.replace("\n", "")
    assert "{+本规划由市园林局解释。+}" in text
    assert text.count("⋯ 1 paragraph the same") == 2
    assert "公园建设优先" not in text
    assert "口袋公园  120个 → 150个" in text  # the plan
    assert [lines[start][:3] for start in page.starts] == ["~  ", "白石市", "绿道沿", "{+本"]


def test_a_title_a_paragraph_that_is_gone_and_one_that_moved() -> None:
    page = page_of(article_of(LINES, (LINES[2], LINES[0], LINES[1]), title="白石市发布绿地规划"))
    text = "".join(lines_of(page))
    assert "白石市[-发布-]{+公布+}绿地规划" in text or "[-发-]{+公+}布" in text
    assert "[-资金由市、区两级财政分担。-]" in text
    assert "[>" in text
    assert "[-资金由市、区" in text
    both = "".join(lines_of(page_of(article_of(LINES, (*LINES, "每年评估，结果公开。")))))
    assert "{+每年评估，结果公开。+}" in both
    kinds = {stretch.kind for line in page.lines for stretch in line.stretches}
    assert {"gone", "moved", "title", "meta"} <= kinds


def test_two_versions_that_differ_in_nothing_say_so() -> None:
    page = page_of(article_of(LINES, LINES))
    assert page.starts == []
    assert "No difference." in "".join(lines_of(page))


@pytest.mark.parametrize("width", [2, 7, 12, 40, 90])
@pytest.mark.parametrize(
    "lines",
    [
        ("\x1b[31m红\x1b[0m", "\u202e反\u202c", "a\u0301\u0301" * 9),
        ("[link=x]点[/link]", "{+假的+}[-假的-]", "x" * 300),
        ("", " ", "，。、"),
    ],
)
def test_every_line_fits_whatever_the_text(width: int, lines: tuple[str, ...]) -> None:
    page = page_of(article_of(LINES, lines), width)
    measure = Measure.of_pane(width)
    for line in page.lines:
        used = sum(cells(stretch.text, 1) for stretch in line.stretches)
        assert used <= max(measure.width, 2)
    assert all(0 <= start < len(page.lines) for start in page.starts)
