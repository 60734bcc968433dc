"""Edited articles: what is kept of the earlier text, and how lists find them."""

import json
from datetime import date, timedelta

import pytest
from msgspec import structs

from feeds.archive import Archive
from feeds.archive.records import record_of
from feeds.archive.shards.lines import VERSION, plain, record_of_line
from feeds.model import Article, Block, Flags, Plan, Revision, Target
from feeds.plan import plan_of
from feeds.query import parse
from tests.archive.conftest import NOON, small
from tests.archive.test_duplicates import printed, settled

FIRST = "白石市政府印发《绿地建设规划》，提出到2028年，建成口袋公园120个，新增绿道300公里。"
SECOND = FIRST.replace("120", "150")
TODAY = date(2023, 5, 12)


def park(
    line: str = FIRST, *, hours: float = 0, source: str = "宏观经济", title: str = "白石市公布绿地规划"
) -> Article:
    article = small("公园", line, title=title, source=source)
    article = structs.replace(article, seen=article.seen + timedelta(hours=hours))
    return structs.replace(article, plan=plan_of(article))


def found(archive: Archive, query: str) -> list[str]:
    return [row.title for row in archive.listing(parse(query, TODAY)).window(0, 9)]


def figures(targets: tuple[Target, ...]) -> list[str]:
    return [target.value for target in targets]


def test_an_edit_keeps_the_earlier_text_with_its_plan_and_is_found(archive: Archive) -> None:
    archive.store_many([park(), small("别的", title="另一篇")])
    assert found(archive, "is:changed") == []
    assert archive.store(park(SECOND, hours=30)).changed
    kept = archive.get(park().id)
    (past,) = kept.earlier
    assert (figures(kept.plan.targets), past.plan and figures(past.plan.targets)) == (["150", "300"], ["120", "300"])
    assert past.plan == park().plan
    title = park().title
    for query, expected in {
        "is:changed": [title], "-is:changed": ["另一篇"], "changed:2023-05-11": [title], "changed:2023-05-10": [],
        "changed:today": [], "changed:yesterday": [title], "changed:2023-05-11.. 绿道": [title],
        "changed:..2023-05-10": [],        "is:changed or is:starred": [title], "is:changed is:unread agency:无": [],
    }.items():  # fmt: skip
        assert found(archive, query) == expected, query
    (row,) = archive.listing(parse("is:changed", TODAY)).window(0, 9)
    assert row.changed == past.replaced.replace(second=0, microsecond=0) == kept.earlier[0].replaced


def test_what_came_when_is_found_by_seen(archive: Archive) -> None:
    old = small("旧闻", title="旧闻", published=NOON - timedelta(days=400))
    archive.store_many([structs.replace(old, seen=NOON + timedelta(days=1)), small("新闻", title="新闻")])
    assert found(archive, "seen:2023-05-11") == ["旧闻"]
    assert found(archive, "seen:..2023-05-10") == ["新闻"]
    assert found(archive, "-seen:2023-05-11") == ["新闻"]
    assert found(archive, "seen:week") == ["新闻", "旧闻"]
    assert found(archive, "seen:0001..9999") == ["新闻", "旧闻"]


@pytest.mark.parametrize(
    "line",
    [
        FIRST.replace("，", ","),
        FIRST.replace("120", "１２０"),
        FIRST.replace("300公里", " 300 公里"),
        FIRST.replace("规", "規").replace("个", "個"),
        FIRST.removesuffix("。"),
    ],
)
def test_a_difference_that_nobody_sees_makes_no_revision(archive: Archive, line: str) -> None:
    archive.store(park())
    assert archive.store(park(line, hours=2)).outcome == "same"
    kept = archive.get(park().id)
    assert (kept.earlier, kept.paragraphs) == ((), [line])
    assert all(kept.paragraphs[t.span.p][t.span.start : t.span.end] for t in kept.plan.targets)
    assert kept.plan == park(line).plan
    assert found(archive, "is:changed") == []


def test_another_source_that_prints_it_in_another_width_changes_nothing(archive: Archive) -> None:
    archive.store(park())
    wide = park(FIRST.replace("120", "１２０"), source="要闻", hours=1)
    assert archive.store(wide).outcome == "same"
    kept = archive.get(park().id)
    assert (kept.paragraphs, kept.earlier, kept.sources) == ([FIRST], (), ("宏观经济", "要闻"))


def test_a_list_that_cuts_the_title_does_not_cut_the_archives(archive: Archive) -> None:
    archive.store(park())
    assert archive.store(park(title="白石市公布绿地…")).outcome == "same"
    assert archive.get(park().id).title == park().title


def test_a_change_back_in_another_width_is_no_further_revision(archive: Archive) -> None:
    archive.store(park())
    archive.store(park(SECOND, hours=1))
    assert archive.store(park(FIRST.replace("，", ","), hours=2)).outcome == "same"
    assert len(archive.get(park().id).earlier) == 1


def test_a_group_of_duplicates_is_changed_if_one_of_its_articles_is(archive: Archive) -> None:
    first, second = printed("甲", title="冷库建设提速"), printed("乙", title="冷库建设提速", minutes=9)
    archive.store_many([first, second])
    later = structs.replace(
        second, blocks=(*second.blocks, Block("文末更正：冷库为十五座。")), seen=NOON + timedelta(hours=5)
    )
    archive.store(later)
    settled(archive)
    (row,) = archive.listing().window(0, 9)
    assert (row.copies, bool(row.changed)) == (2, True)
    assert found(archive, "is:changed") == ["冷库建设提速"]


def test_a_line_of_a_day_file_without_plans_of_revisions_is_read() -> None:
    past = Revision(NOON, "旧题", (Block("旧文。"),), park().plan)
    record = record_of(structs.replace(park(), earlier=(past, structs.replace(past, plan=None))), Flags())
    line = json.dumps(plain(record), ensure_ascii=False)
    assert line.count('"plan"') == 2
    assert record_of_line(line.encode(), VERSION) == record


def test_old_revisions_that_are_no_edits_are_not_told(archive: Archive) -> None:
    archive.store_many([park(), small("空格", title="空格")])
    blank = Revision(NOON, park().title, (Block(FIRST.replace("，", ", ")),))
    archive.set_texts([structs.replace(park(), earlier=(blank,))])
    assert found(archive, "is:changed") == []
    archive.set_texts([structs.replace(park(), earlier=(blank, Revision(NOON, "旧题", blank.blocks)))])
    assert found(archive, "is:changed") == [park().title]


def test_a_revision_without_a_plan_is_kept_as_it_is(archive: Archive) -> None:
    archive.store(structs.replace(park(), plan=Plan()))
    archive.store(park(SECOND, hours=1))
    assert archive.get(park().id).earlier[0].plan == Plan()
