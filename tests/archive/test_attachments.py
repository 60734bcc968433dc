"""Attachments in the archive: kept, united, counted, found, and no trace in the line of an article without them."""

from msgspec import structs

from feeds.archive import Archive
from feeds.archive.records import record_of
from feeds.archive.shards.lines import line_of, record_of_line
from feeds.model import Attachment, Block, Flags, Instead
from feeds.query import parse
from tests.archive.conftest import NOON, small

PDF = Attachment("清单", "https://gov.example/a.pdf", "pdf", 2_000)
XLS = Attachment("表", "https://gov.example/b.xls", "xls")


def test_a_line_without_attachments_does_not_name_them() -> None:
    line = bytes(line_of(record_of(small("甲"), Flags())))
    assert b"attachments" not in line
    assert record_of_line(line, 2).attachments == ()


def test_they_are_read_back_as_they_were_stored(archive: Archive) -> None:
    article = structs.replace(small("甲"), attachments=(PDF, XLS))
    archive.store(article)
    assert archive.get(article.id).attachments == (PDF, XLS)
    assert archive.store(article).outcome == "same"


def test_a_new_file_alone_is_kept_and_is_no_new_version(archive: Archive) -> None:
    archive.store(structs.replace(small("甲"), attachments=(PDF,)))
    assert archive.store(structs.replace(small("甲"), attachments=(XLS,))).outcome == "same"
    found = archive.get(small("甲").id)
    assert (found.attachments, found.earlier) == ((PDF, XLS), ())
    assert archive.listing().window(0, 1)[0].files == 2


def test_an_edited_text_and_another_source_keep_them(archive: Archive) -> None:
    archive.store(structs.replace(small("甲", "原来的正文，全年修三座桥。"), attachments=(PDF,)))
    edited = structs.replace(small("甲"), blocks=(Block("改后的正文，全年修五座桥。"),))
    assert archive.store(edited).outcome == "changed"
    archive.store(structs.replace(small("甲", source="转载"), attachments=(XLS,)))
    assert archive.get(edited.id).attachments == (PDF, XLS)


def test_the_filter_finds_articles_with_files(archive: Archive) -> None:
    archive.store(structs.replace(small("甲"), attachments=(PDF,)))
    archive.store(structs.replace(small("乙"), blocks=(), instead=Instead("pdf")))
    archive.store(structs.replace(small("丙"), blocks=(), instead=Instead("login")))
    archive.store(small("丁"))
    for text in ("has:attachment", "有：附件", "含:附件"):
        rows = archive.listing(parse(text, NOON.date())).window(0, 9)
        assert {row.id for row in rows} == {small("甲").id, small("乙").id}, text
    assert archive.listing(parse("-有：附件", NOON.date())).total == 2


def test_a_link_to_a_file_that_the_feed_names_too_counts_once(archive: Archive) -> None:
    article = structs.replace(small("甲"), url=PDF.url, blocks=(), instead=Instead("pdf"), attachments=(PDF,))
    archive.store(article)
    assert archive.listing().window(0, 1)[0].files == 1
