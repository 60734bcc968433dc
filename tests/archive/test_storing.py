"""What becomes of an article that is handed in."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from feeds.archive import Archive
from feeds.archive.shards import file as dayfile
from feeds.errors import AmbiguousId, ArchiveError, ArchiveLocked, NoSuchArticle
from feeds.identity import id_of
from feeds.model import Block, Flags
from tests.archive.conftest import NOON, small
from tests.archive.corpus import articles


def days_in(archive: Archive) -> list[str]:
    return sorted(path.name for path in archive.path.glob("shards/*/*"))


def test_a_stored_article_is_read_back_whole(archive: Archive) -> None:
    for given in articles(5):
        assert archive.store(given).new
        assert archive.get(given.id) == given


def test_the_same_article_again_is_the_same_and_writes_nothing(archive: Archive) -> None:
    archive.store(small("甲"))
    (file,) = archive.path.glob("shards/*/*.json")
    before = file.stat()
    stored = archive.store(small("甲"))
    assert (stored.id, stored.outcome) == (id_of("甲"), "same")
    assert file.stat().st_mtime_ns == before.st_mtime_ns


def test_the_day_is_the_beijing_date(archive: Archive) -> None:
    late = NOON.replace(hour=0, minute=30)
    archive.store(small("甲", published=late.astimezone(None)))
    assert days_in(archive) == ["2023-05-10.json"]


def test_a_changed_text_keeps_the_earlier_one(archive: Archive) -> None:
    archive.store(small("甲", "初稿。"))
    later = NOON + timedelta(hours=3)
    stored = archive.store(structs.replace(small("甲", "定稿。"), seen=later))
    assert stored.changed
    kept = archive.get(stored.id)
    assert kept.paragraphs == ["定稿。"]
    assert [(past.replaced, past.blocks[0].text) for past in kept.earlier] == [(later, "初稿。")]


def test_a_changed_title_is_a_change(archive: Archive) -> None:
    archive.store(small("甲", title="旧题"))
    assert archive.store(small("甲", title="新题")).changed
    assert archive.get(id_of("甲")).earlier[0].title == "旧题"


def test_two_sources_that_print_two_titles_do_not_add_a_revision_each_poll(archive: Archive) -> None:
    for _ in range(3):
        archive.store(small("甲", title="长标题"))
        archive.store(small("甲", title="短标题"))
    kept = archive.get(id_of("甲"))
    assert (kept.title, len(kept.earlier)) == ("短标题", 1)


def test_a_listing_without_text_does_not_take_the_text_away(archive: Archive) -> None:
    archive.store(small("甲", "正文。"))
    assert archive.store(structs.replace(small("甲", title="只有题目"), blocks=())).outcome == "same"
    assert archive.get(id_of("甲")).paragraphs == ["正文。"]


def test_a_text_that_comes_after_the_headline_is_no_revision_of_nothing(archive: Archive) -> None:
    archive.store(structs.replace(small("甲"), blocks=()))
    assert archive.store(small("甲", "正文。")).changed
    assert archive.get(id_of("甲")).earlier == ()


def test_another_source_adds_its_names_and_categories(archive: Archive) -> None:
    archive.store(small("comos:a1", source="宏观经济", category=("金融",), keys=("https://a.example/1",)))
    other = small("https://a.example/1", source="要闻", category=("产业", "制造"), keys=("guid:要闻:7",))
    stored = archive.store(structs.replace(other, title="关于comos:a1的通知", blocks=(Block("comos:a1的正文。"),)))
    assert (stored.id, stored.outcome) == (id_of("comos:a1"), "same")
    kept = archive.get(stored.id)
    assert kept.keys == ("comos:a1", "https://a.example/1", "guid:要闻:7")
    assert kept.sources == ("宏观经济", "要闻")
    assert kept.categories == (("金融",), ("产业", "制造"))
    assert archive.find(["guid:要闻:7"]) == stored.id


def test_any_key_finds_the_article(archive: Archive) -> None:
    archive.store(small("comos:a1", keys=("https://a.example/1", "guid:x:1")))
    for key in ("comos:a1", "https://a.example/1", "guid:x:1"):
        assert archive.find(["https://nowhere.example", key]) == id_of("comos:a1")
    assert archive.find(["guid:y:1"]) is None


def test_an_article_stays_in_its_first_day_when_its_date_changes(archive: Archive) -> None:
    archive.store(small("甲"))
    archive.store(small("甲", published=NOON + timedelta(days=2)))
    archive.store(small("甲", published=NOON + timedelta(days=3)))
    assert days_in(archive) == ["2023-05-10.json"]
    assert archive.get(id_of("甲")).published == NOON + timedelta(days=3)
    assert [row.published for row in archive.listing().window(0, 9)] == [NOON + timedelta(days=3)]


def test_a_batch_writes_each_day_once(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    put = dayfile.put

    def counted(path: Path, data: bytes) -> None:
        written.append(path.name)
        put(path, data)

    monkeypatch.setattr(dayfile, "put", counted)
    stored = archive.store_many(articles(90, every=timedelta(minutes=45)))
    assert all(entry.new for entry in stored)
    assert sorted(written) == days_in(archive)
    assert len(written) == 4


def test_a_batch_answers_in_the_order_given_and_knows_its_own(archive: Archive) -> None:
    batch = [small("乙", published=NOON - timedelta(days=1)), small("甲", "一"), small("甲", "二"), small("丙")]
    stored = archive.store_many(batch)
    assert [(entry.id, entry.outcome) for entry in stored] == [
        (id_of("乙"), "new"),
        (id_of("甲"), "new"),
        (id_of("甲"), "changed"),
        (id_of("丙"), "new"),
    ]


def test_flags_may_come_with_an_article(archive: Archive) -> None:
    flags = Flags(read=True, starred=True, tags=("制造",))
    archive.store(small("甲"), flags)
    assert archive.flags(id_of("甲")) == flags
    (file,) = archive.path.glob("shards/*/*.json")
    assert json.loads(file.read_bytes())["articles"][id_of("甲")]["flags"] == {
        "read": True,
        "starred": True,
        "tags": ["制造"],
    }


def test_a_changed_article_keeps_its_flags(archive: Archive) -> None:
    archive.store(small("甲", "一"), Flags(read=True, tags=("制造",)))
    archive.set_flags([id_of("甲")], starred=True)
    archive.store(small("甲", "二"))
    assert archive.flags(id_of("甲")) == Flags(read=True, starred=True, tags=("制造",))


def test_an_id_resolves_from_its_beginning_and_from_an_address(archive: Archive) -> None:
    given = next(articles(1))
    archive.store(given)
    assert archive.resolve(given.id[:4].upper()) == given.id
    assert archive.resolve("HTTP://News.Example/0/0.shtml#top") == given.id
    assert archive.resolve(given.keys[0]) == given.id


@pytest.mark.parametrize(
    "unknown", ["", "zzzzzzzzzzzzz", "https://news.example/none", "%", "'; DROP TABLE article; --", "\ud800", "政"]
)
def test_what_names_no_article_is_refused(archive: Archive, unknown: str) -> None:
    archive.store(small("甲"))
    with pytest.raises(NoSuchArticle):
        archive.resolve(unknown)


def test_a_beginning_of_two_ids_is_refused(archive: Archive) -> None:
    archive.store_many(structs.replace(small(f"k{n}"), id=f"ab{n}") for n in range(2))
    with pytest.raises(AmbiguousId):
        archive.resolve("ab")
    assert archive.resolve("ab1") == "ab1"


def test_an_unknown_id_is_refused(archive: Archive) -> None:
    with pytest.raises(NoSuchArticle):
        archive.get("nothing")
    with pytest.raises(NoSuchArticle):
        archive.flags("nothing")


def test_there_is_one_writer(archive: Archive) -> None:
    with pytest.raises(ArchiveLocked) as told:
        Archive.open(archive.path, write=True)
    assert str(archive.path) in str(told.value)
    with Archive.open(archive.path) as reader:
        assert reader.listing().total == 0


def test_the_lock_is_free_again_after_closing(tmp_path: Path) -> None:
    for _ in range(2):
        Archive.open(tmp_path, write=True).close()


def test_a_place_that_cannot_be_opened_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="cannot be opened"):
        Archive.open(tmp_path / "file")


def test_a_full_disk_is_told_in_words_and_the_archive_lives_on(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.store(small("甲"))

    def no_room(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(dayfile, "put", no_room)
        with pytest.raises(ArchiveError, match="no space"):
            archive.store(small("乙"))
    assert archive.find(["乙"]) is None
    assert archive.store(small("乙")).new
    assert archive.listing().total == 2


def test_the_pollers_memory_comes_back(archive: Archive) -> None:
    assert archive.load_state() == {}
    archive.save_state({"宏观经济": {"failures": 2, "due": NOON}, "flags": Flags(read=True)})
    assert archive.load_state()["宏观经济"] == {"failures": 2, "due": "2023-05-10T12:00:00+08:00"}
    (archive.path / "state.json").write_text("{half")
    assert archive.load_state() == {}
