"""One row for a report that several publishers print: found, counted once, marked as one, split for good."""

import random
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from feeds.archive import Archive, Listing
from feeds.model import Article, Block, Flags
from feeds.query import parse
from tests.archive import corpus
from tests.archive.conftest import NOON, small

TODAY = date(2023, 5, 11)
LINES = tuple(f"{place}正在建设公共冷库，{deed}由当地统筹，完工后向社会开放。" for place, deed in zip(
    ("青屿港", "白榆镇", "赤壁湾", "玄石县", "黄粱乡", "紫荆坡"),
    ("制冷设备采购", "运输班线调度", "疫苗存放规程", "水产品检验", "能耗记录公示", "空置仓位招租"),
    strict=True,
))  # fmt: skip


def printed(name: str, *, minutes: int = 0, source: str = "", lines: Sequence[str] = LINES, title: str = "") -> Article:
    """A printing of the report that has `lines`."""
    when = NOON + timedelta(minutes=minutes)
    return small(name, *lines, title=title, published=when, source=source or f"来源{name}")


def ids_of(listing: Listing) -> list[str]:
    return [row.id for row in listing.window(0, 1000)]


def found(archive: Archive, query: str) -> list[str]:
    return ids_of(archive.listing(parse(query, TODAY)))


@pytest.fixture
def group(archive: Archive) -> list[str]:
    """Three printings, the earliest stored last."""
    copies = [
        printed("乙", minutes=20, lines=(*LINES, "本报编辑独家补充：雪鸮计划。")),
        printed("丙", minutes=40, title="另一个标题"),
        printed("甲", minutes=0),
    ]
    stored = archive.store_many([*copies, small("别的")])
    return [stored[2].id, stored[0].id, stored[1].id]


def test_the_earliest_leads_and_the_others_are_no_rows(archive: Archive, group: list[str]) -> None:
    listing = archive.listing()
    (row,) = [row for row in listing.window(0, 9) if row.copies > 1]
    assert (row.id, row.copies, row.source) == (group[0], 3, "来源甲")
    assert listing.total == 2
    assert archive.unread() == 2
    assert [other.id for other in archive.duplicates(group[0])] == group[1:]
    assert [(other.source, other.title) for other in archive.duplicates(group[1])][1] == ("来源丙", "另一个标题")
    assert sum(facet.total for facet in archive.facets(None, "day")) == 2


def test_a_duplicate_is_found_by_what_only_it_says_and_by_where_it_stood(archive: Archive, group: list[str]) -> None:
    assert found(archive, "雪鸮计划") == [group[0]]
    assert found(archive, "source:来源丙") == [group[0]]
    assert {facet.path: facet.total for facet in archive.facets(None, "source")}[("来源丙",)] == 1
    assert archive.listing().index_of(group[2]) == archive.listing().index_of(group[0])


def test_a_duplicate_can_still_be_read_by_its_name(archive: Archive, group: list[str]) -> None:
    assert archive.get(group[2]).title == "另一个标题"
    assert archive.resolve(group[2][:10]) == group[2]
    assert archive.find(("丙",)) == group[2]


@pytest.mark.parametrize("place", [0, 1])
def test_marks_are_the_group_s(archive: Archive, group: list[str], place: int) -> None:
    undo = archive.set_flags([group[place]], read=True, starred=True, tag=["冷链"])
    assert [archive.flags(name) for name in group] == [Flags(read=True, starred=True, tags=("冷链",))] * 3
    assert archive.unread() == 1
    assert found(archive, "star tag:冷链") == [group[0]]
    archive.undo(undo)
    assert [archive.flags(name) for name in group] == [Flags()] * 3
    assert archive.unread() == 2


def test_a_copy_that_comes_late_leaves_what_was_read_read(archive: Archive, group: list[str]) -> None:
    archive.set_flags([group[0]], read=True)
    archive.store_many([printed("丁", minutes=90)])
    assert archive.unread() == 1
    assert archive.listing().window(1, 1)[0].copies == 4
    archive.store_many([printed("元", minutes=-30)])  # and takes the lead
    assert archive.unread() == 1
    assert archive.duplicates(group[0])[0].source == "来源元"


def test_taken_apart_it_stays_so_through_folding_and_rebuilding(
    archive: Archive, group: list[str], tmp_path: Path
) -> None:
    undo = archive.split_duplicates(group[0])
    assert archive.listing().total == 4
    assert found(archive, "雪鸮计划") == [group[1]]
    archive.undo(undo)
    assert archive.listing().total == 2
    archive.split_duplicates(group[0])
    archive.store_many([printed("丁", minutes=90)])  # joins the leader, not those that were taken away
    assert archive.listing().total == 4
    assert [other.source for other in archive.duplicates(group[0])] == ["来源丁"]
    archive.close()
    (tmp_path / "archive" / "index.sqlite").unlink()  # not yet in the day files
    with Archive.open(tmp_path / "archive", write=True) as again:
        settled(again)
        assert again.listing().total == 4
        assert again.fold_flags() == 2
    for file in (tmp_path / "archive").glob("*.sqlite*"):
        file.unlink()
    with Archive.open(tmp_path / "archive", write=True) as again:
        settled(again)
        assert again.listing().total == 4
        undo = again.join_duplicates(group[2])
        assert again.listing().total == 2
        assert len(undo) == 2
        again.undo(undo)
        assert again.listing().total == 4


def test_one_copy_is_taken_out_by_its_own_name(archive: Archive, group: list[str]) -> None:
    archive.split_duplicates(group[2])
    assert [other.id for other in archive.duplicates(group[0])] == [group[1]]
    assert archive.duplicates(group[2]) == []
    assert len(archive.join_duplicates(group[0])) == 1
    assert len(archive.join_duplicates(group[0])) == 0
    assert len(archive.split_duplicates(archive.find(("别的",)) or "")) == 0


def test_a_text_that_changes_leaves_the_piece(archive: Archive, group: list[str]) -> None:
    other = tuple(Block(f"全文更换，第{number}段另有安排。") for number in "一二三四五六七八九十")
    archive.store_many([structs.replace(printed("甲"), blocks=other)])
    assert archive.listing().total == 3
    assert [other.id for other in archive.duplicates(group[1])] == [group[2]]
    assert found(archive, "雪鸮计划") == [group[1]]
    assert found(archive, "全文更换") == [group[0]]


def test_a_new_source_of_a_leader_changes_its_row_only(archive: Archive, group: list[str]) -> None:
    archive.store_many([structs.replace(printed("甲"), sources=("新来源",))])
    assert archive.listing().total == 2
    assert found(archive, "source:新来源") == [group[0]]
    assert found(archive, "雪鸮计划") == [group[0]]


def test_a_day_file_taken_away_takes_its_articles_along(archive: Archive, tmp_path: Path) -> None:
    stored = archive.store_many([printed("甲"), printed("乙", minutes=24 * 60), printed("丙", minutes=48 * 60)])
    assert archive.listing().total == 1
    archive.close()
    (tmp_path / "archive/shards/2023/2023-05-10.json").unlink()
    with Archive.open(tmp_path / "archive", write=True) as again:
        assert ids_of(again.listing()) == [stored[1].id]
        assert [other.id for other in again.duplicates(stored[1].id)] == [stored[2].id]


def test_articles_of_one_template_stay_apart_and_are_not_all_compared(archive: Archive) -> None:
    archive.store_many(corpus.articles(300))
    assert archive.listing().total == 300
    rows = archive._index.connection.execute("SELECT COUNT(*) FROM pair").fetchone()[0]
    assert rows == 0


def test_a_hundred_copies_are_one_row(archive: Archive) -> None:
    archive.store_many([printed(f"第{n}家", minutes=n) for n in range(100)])
    (row,) = archive.listing().window(0, 9)
    assert (row.copies, row.source) == (100, "来源第0家")


# -- whatever the order


def settled(archive: Archive) -> None:
    while archive.upkeep():
        pass


def groups_of(archive: Archive) -> set[tuple[str, ...]]:
    return {(row.id, *(other.id for other in archive.duplicates(row.id))) for row in archive.listing().window(0, 1000)}


def printings(seed: int) -> list[Article]:
    """Copies, shortened and lengthened, of three pieces; two of the three differ in a figure only."""
    dice = random.Random(seed)  # noqa: S311 -- invented texts
    bases = [LINES, (*LINES, "总投资3.5亿元。"), (*LINES, "总投资3.6亿元。"), corpus.article(seed).paragraphs]
    made = []
    for number in range(dice.randint(2, 9)):
        lines = list(dice.choice(bases))
        if dice.random() < 0.4:
            lines.pop(dice.randrange(len(LINES)))
        if dice.random() < 0.3:
            lines.append(dice.choice(("编辑补充：另行通知。", "（完）")))
        made.append(printed(str(number), minutes=dice.choice((0, 0, 30, 600, 15_000)), lines=lines))
    return made


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), order=st.randoms(use_true_random=False), cut=st.integers(0, 9))
def test_the_order_of_storing_and_a_rebuild_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, seed: int, order: random.Random, cut: int
) -> None:
    made = printings(seed)
    with Archive.open(tmp_path_factory.mktemp("one"), write=True) as archive:
        archive.store_many(made)
        expected = groups_of(archive)
    shuffled = order.sample(made, len(made))
    path = tmp_path_factory.mktemp("other")
    with Archive.open(path, write=True) as archive:
        archive.store_many(shuffled[:cut])
        archive.store_many(shuffled[cut:])
        assert groups_of(archive) == expected
        split_off = order.choice(made).id
        archive.split_duplicates(split_off)
        apart = groups_of(archive)
        unread = archive.unread()
    for file in path.glob("index.sqlite*"):
        file.unlink()
    with Archive.open(path, write=True) as archive:
        settled(archive)
        assert groups_of(archive) == apart
        assert archive.unread() == unread
        archive.join_duplicates(split_off)
        assert groups_of(archive) == expected


def test_a_reader_needs_no_rensa(archive: Archive, group: list[str], tmp_path: Path) -> None:
    archive.close()
    script = (
        "import sys; sys.modules['rensa'] = None\n"
        "from pathlib import Path; from feeds.archive import Archive\n"
        f"with Archive.open(Path({str(tmp_path / 'archive')!r})) as a:\n"
        f"    a.split_duplicates({group[0]!r}); a.join_duplicates({group[0]!r}); print(a.listing().total)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2"
