"""What goes through the whole archive: verified, rebuilt, measured, migrated, pruned."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from feeds.archive import Archive
from feeds.archive.shards import file as dayfile
from feeds.archive.shards.lines import VERSION
from feeds.archive.sqlite.rows.articles import ArticleRows
from feeds.archive.whole import Leaving, Progressed, Stats, Whole
from feeds.model import Article, Fault, Flags
from feeds.query import parse
from tests.archive.conftest import NOON, small
from tests.archive.corpus import article, articles
from tests.archive.ready import copy_ready
from tests.archive.test_versions import RECORDED, TOLD

COUNT = 90


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An archive of ninety articles of three days, some of them read."""
    return copy_ready(tmp_path, "whole", fill)


def fill(archive: Archive) -> None:
    archive.store_many(articles(COUNT, every=timedelta(minutes=45)))
    archive.set_flags([article(number).id for number in range(0, COUNT, 7)], read=True)
    archive.fold_flags()


def told(archive: Archive) -> Any:
    listing = archive.listing()
    whole = listing.window(0, 1000)
    return (
        (listing.total, archive.unread(), whole, [archive.get(row.id) for row in whole]),
        archive.listing(parse("绿色船舶", NOON.date())).window(0, 1000),
        (archive.facets(None, "category"), archive.facets(None, "source")),
    )  # fmt: skip


def faults(path: Path) -> list[Fault]:
    with Archive.open(path, catch_up=False) as archive:
        return [fault for step in Whole(archive).verify() for fault in step.faults]


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def days(path: Path) -> list[Path]:
    return sorted(path.glob("shards/*/*.json"))


def changed(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path / "index.sqlite")) as connection:
        connection.execute(statement)
        connection.commit()


# Verified


def test_a_sound_archive_has_no_faults(place: Path) -> None:
    before = {file: file.read_bytes() for file in days(place)}
    assert faults(place) == []
    assert {file: file.read_bytes() for file in days(place)} == before


def test_each_step_tells_how_far_it_is(place: Path) -> None:
    with Archive.open(place) as archive:
        steps = list(Whole(archive).verify())
    assert [step.done for step in steps] == [1, 2, 3, 4, 4]
    assert {step.total for step in steps} == {4}


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_damaged_day_is_named_and_left(place: Path, number: int) -> None:
    file = days(place)[number]
    flip(file)
    (fault,) = faults(place)
    assert fault.values["name"] == file.name
    assert "damaged" in str(fault)
    assert file.exists()


def sealed(data: bytes) -> bytes:
    """Bytes whose checksum holds again."""
    body = data[: data.rindex(b'"checksum"')]
    return body + b'"checksum":"blake2b-128:%s"}\n' % dayfile._sum_of(body).encode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda data: data.replace(b'"day":"2024', b'"day":"2023', 1), "another day"),
        (lambda data: data.replace(b'"title":', b'"titel":', 1), "damaged"),
        (lambda data: data.replace(b'\n"', b'\n"x', 1), "under another's name"),
        (lambda data: data.replace(b'"version":%d,' % VERSION, b'"version":99,', 1), "later zhengwen"),
    ],
)
def test_what_a_checksum_does_not_see_is_seen(place: Path, wrong: Callable[[bytes], bytes], words: str) -> None:
    file = days(place)[1]
    file.write_bytes(sealed(wrong(file.read_bytes())))
    assert any(words in str(fault) for fault in faults(place))


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM article WHERE at = (SELECT MAX(at) FROM article)", "does not agree with 2024-03-01.json"),
        ("UPDATE article SET title = 'x' WHERE at = (SELECT MIN(at) FROM article)", "does not agree with 2024-02-27"),
        ("UPDATE shard SET size = size + 1 WHERE day = (SELECT MIN(day) FROM shard)", "does not agree with"),
        ("UPDATE label SET total = total + 1 WHERE kind = 'all'", "counts 91 articles and holds 90"),
    ],
)
def test_an_index_that_does_not_agree_is_found(place: Path, statement: str, words: str) -> None:
    changed(place, statement)
    assert words in " ".join(map(str, faults(place)))
    with Archive.open(place, write=True, rebuild=True) as archive:
        list(Whole(archive).rebuild())
    assert faults(place) == []


def test_a_file_that_went_is_missed(place: Path) -> None:
    days(place)[0].unlink()
    assert len(faults(place)) == 1


def test_a_writer_at_work_is_no_fault(place: Path) -> None:
    with Archive.open(place, write=True) as archive, Archive.open(place, catch_up=False) as reader:
        found: list[Fault] = []
        for number, step in enumerate(Whole(reader).verify()):
            found += step.faults
            archive.store(article(200 + number, every=timedelta(minutes=10)))
        assert found == []


# Rebuilt


def rebuilt(path: Path) -> list[Progressed]:
    with Archive.open(path, write=True, rebuild=True) as archive:
        return list(Whole(archive).rebuild())


def test_a_rebuilt_index_says_the_same(place: Path) -> None:
    with Archive.open(place) as archive:
        before = told(archive)
    steps = rebuilt(place)
    assert [step.done for step in steps if step.stage == "days"] == [1, 2, 3, 4]
    assert (steps[-1].done, steps[-1].stage) == (steps[-1].total, "documents")  # texts are prepared with their days
    with Archive.open(place) as archive:
        assert told(archive) == before
        assert archive.upkeep(0) == 0


def test_marks_that_no_file_holds_yet_survive(place: Path) -> None:
    with Archive.open(place) as archive:
        archive.set_flags([article(3).id], starred=True)
    rebuilt(place)
    with Archive.open(place) as archive:
        assert archive.flags(article(3).id).starred


def test_who_has_it_open_sees_it_fill_newest_first(place: Path) -> None:
    with Archive.open(place) as reader:
        listing = reader.listing()
        before = listing.window(0, COUNT)
        with Archive.open(place, write=True, rebuild=True) as archive:
            seen = []
            for step in Whole(archive).rebuild():
                if step.stage == "days":
                    assert listing.refresh()
                    rows = listing.window(0, COUNT)
                    assert rows == before[: len(rows)]
                    seen.append(len(rows))
            assert seen == sorted(seen)
            assert seen[0] > 0
        listing.refresh()
        assert listing.window(0, COUNT) == before


def test_a_rebuild_that_is_left_is_finished_by_the_next_who_opens(place: Path) -> None:
    with Archive.open(place) as archive:
        before = told(archive)
    with Archive.open(place, write=True, rebuild=True) as archive:
        walk = Whole(archive).rebuild()
        next(walk)
        walk.close()
        assert 0 < archive.listing().total < COUNT
    with Archive.open(place) as archive:
        assert told(archive) == before


def test_an_index_that_is_rotten_inside_is_made_anew(place: Path) -> None:
    with Archive.open(place) as archive:
        before = told(archive)
    file = place / "index.sqlite"
    data = bytearray(file.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    file.write_bytes(data)
    rebuilt(place)
    with Archive.open(place) as archive:
        assert told(archive) == before


def test_a_damaged_day_is_set_aside_and_told(place: Path) -> None:
    flip(days(place)[1])
    steps = rebuilt(place)
    (fault,) = [fault for step in steps for fault in step.faults]
    assert fault.values["name"] == "2024-02-28.json" or "aside" in fault.values


# Measured


def test_articles_and_bytes_are_counted_by_year_and_source(place: Path) -> None:
    extra = small("甲", "正文。", title="题", published=NOON, source="别处")
    with Archive.open(place, write=True) as archive:
        archive.store(extra)
    given = [*articles(COUNT, every=timedelta(minutes=45)), extra]
    stats = Stats()
    with Archive.open(place) as archive:
        assert [step.done for step in Whole(archive).measure(stats)] == [1, 2, 3, 4, 5]
    text = {one.id: len((one.title + "".join(one.paragraphs)).encode()) for one in given}
    assert (stats.whole.articles, stats.whole.text) == (COUNT + 1, sum(text.values()))
    assert stats.whole.shards == sum(file.stat().st_size for file in days(place))
    assert {year: sizes.articles for year, sizes in stats.years.items()} == {"2024": COUNT, "2023": 1}
    assert stats.years["2023"].text == text[extra.id] == len("题正文。".encode())
    assert sum(sizes.text for sizes in stats.sources.values()) == stats.whole.text
    assert stats.sources["别处"].articles == 1
    assert dict(stats.days) == {VERSION: 5}
    assert stats.index > 0
    assert stats.unsearched == 0


def test_shards_stay_within_their_share_of_the_text(tmp_path: Path) -> None:
    stats = Stats()
    with Archive.open(tmp_path, write=True) as archive:
        archive.store_many(articles(600))
        list(Whole(archive).measure(stats))
    assert stats.whole.shards <= 1.3 * stats.whole.text


# Migrated


def test_days_of_an_earlier_version_are_written_in_this_one(place: Path) -> None:
    old = place / "shards/2024/2024-03-01.json"
    old.write_bytes(RECORDED)
    with Archive.open(place, write=True) as archive:
        before = told(archive)
        steps = list(Whole(archive).migrate())
        assert [(step.done, step.total) for step in steps] == [(0, 1), (1, 1)]
        assert told(archive) == before
        assert list(Whole(archive).migrate()) == [Progressed(0, 0)]
    assert dayfile.version_of(dayfile.read(old) or b"") == VERSION
    assert len(TOLD) == len(dayfile.lines_of(old.read_bytes()))
    assert faults(place) == []


def test_a_damaged_day_of_an_earlier_version_is_set_aside(place: Path) -> None:
    old = place / "shards/2024/2024-03-01.json"
    with Archive.open(place, write=True) as archive:
        old.write_bytes(RECORDED)
        flip(old)
        found = [fault for step in Whole(archive).migrate() for fault in step.faults]
    assert [fault.values["name"] for fault in found] == ["2024-03-01.json"]
    (told,) = faults(place)  # nothing but that it was
    assert "set aside as damaged" in str(told)


# Pruned


def pruned(archive: Archive, before: date, *, everything: bool = False) -> Leaving:
    leaving = Leaving()
    list(Whole(archive).prune(before, leaving, everything=everything))
    return leaving


def test_what_is_older_goes_and_what_is_starred_or_tagged_stays(place: Path) -> None:
    old = article(80, every=timedelta(minutes=45))
    tagged = structs.replace(small("乙", published=NOON), sources=("别处",))
    with Archive.open(place, write=True) as archive:
        archive.store(tagged, Flags(tags=("制造",)))
        archive.set_flags([old.id], starred=True)
        archive.fold_flags()
        size = sum(file.stat().st_size for file in days(place))
        prospect = Whole(archive).prospect(date(2024, 2, 29), everything=False)
        leaving = pruned(archive, date(2024, 2, 29))
        kept = [row.id for row in archive.listing().window(0, 1000)]
        assert {old.id, tagged.id} <= set(kept)
        wanted = {one.id for one in articles(COUNT, every=timedelta(minutes=45)) if one.published.day in (29, 1)}
        assert set(kept) == wanted | {old.id, tagged.id}
        assert (leaving.articles, prospect.going, prospect.staying) == (COUNT - len(wanted) - 1, leaving.articles, 2)
        assert leaving.bytes == size - sum(file.stat().st_size for file in days(place)) > 0
        assert archive.find(old.keys) == old.id
        gone = article(81, every=timedelta(minutes=45))
        assert archive.find(gone.keys) is None
        assert archive.listing(parse("编号第81号", NOON.date())).total == 0
    assert faults(place) == []


def test_with_everything_the_starred_go_too_and_empty_days_and_years_with_them(place: Path) -> None:
    with Archive.open(place, write=True) as archive:
        archive.store(small("乙", published=NOON), Flags(starred=True))
        leaving = pruned(archive, date(2024, 2, 29), everything=True)
        assert leaving.days == 3
        assert [file.name for file in days(place)] == ["2024-02-29.json", "2024-03-01.json"]
        assert not (place / "shards/2023").exists()
    rebuilt(place)
    assert faults(place) == []


def test_an_article_that_came_back_is_new(place: Path) -> None:
    with Archive.open(place, write=True) as archive:
        archive.set_flags([article(3).id], starred=True)
        pruned(archive, date(2025, 1, 1), everything=True)
        assert archive.listing().total == 0
        assert archive.store(article(3)).new
        assert archive.flags(article(3).id) == Flags()


def test_the_time_of_the_article_counts_and_not_that_of_its_file(place: Path) -> None:
    with Archive.open(place, write=True) as archive:
        corrected = structs.replace(article(0), published=NOON)
        assert not archive.store(corrected).new
        pruned(archive, date(2024, 1, 1))
        assert archive.find(article(0).keys) is None
        assert archive.listing().total == COUNT - 1


class Killed(BaseException):
    """Stands for kill -9."""


@pytest.mark.parametrize("step", ["replace", "unlink", "index"])
def test_a_kill_at_any_step_leaves_a_sound_archive(place: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def killed(*_: object, **__: object) -> None:
        raise Killed

    with Archive.open(place, write=True) as archive:
        archive.set_flags([article(80, every=timedelta(minutes=45)).id], starred=True)
        archive.fold_flags()
        with monkeypatch.context() as patch:
            if step == "replace":
                patch.setattr(Path, "replace", killed)
            elif step == "unlink":
                patch.setattr(dayfile, "discard", killed)
            else:
                patch.setattr(ArticleRows, "drop", killed)
            with pytest.raises(Killed):
                pruned(archive, date(2024, 3, 2))
    with Archive.open(place, write=True) as archive:
        assert archive.set_aside == []
        pruned(archive, date(2024, 3, 2))
        assert archive.listing().total == 1
    assert faults(place) == []


def test_it_may_be_left_between_two_days(place: Path) -> None:
    with Archive.open(place, write=True) as archive:
        leaving = Leaving()
        walk = Whole(archive).prune(date(2024, 3, 2), leaving, everything=True)
        next(walk)
        walk.close()
        assert 0 < archive.listing().total == COUNT - leaving.articles
    assert faults(place) == []


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_pruning_removes_exactly_what_it_says(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    given_ = [small(f"篇{n}", published=NOON + timedelta(hours=data.draw(st.integers(-60, 60)))) for n in range(8)]
    starred = data.draw(st.sets(st.sampled_from(given_).map(lambda one: one.id)))
    before = NOON.date() + timedelta(days=data.draw(st.integers(-3, 3)))
    everything = data.draw(st.booleans())

    def stays(one: Article) -> bool:
        return one.published.date() >= before or (one.id in starred and not everything)

    with Archive.open(tmp_path_factory.mktemp("a"), write=True) as archive:
        archive.store_many(given_)
        archive.set_flags(sorted(starred), starred=True)
        prospect = Whole(archive).prospect(before, everything=everything)
        leaving = pruned(archive, before, everything=everything)
        assert {row.id for row in archive.listing().window(0, 99)} == {one.id for one in given_ if stays(one)}
        assert leaving.articles == prospect.going == sum(not stays(one) for one in given_)
        assert [fault for step in Whole(archive).verify() for fault in step.faults] == []
