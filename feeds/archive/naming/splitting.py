"""A record that was taken for several articles, and what becomes of each. Pure.

An archive of an earlier version joined what shared one name, whatever its source called it: the texts of the others
stand among the record's earlier ones.
"""

from collections.abc import Collection, Sequence

from msgspec import structs

from feeds.archive.records import Part, Record
from feeds.identity import canonical_url, has_same_title, id_of
from feeds.model import Plan, Revision


def split(record: Record, stays: Part, parts: Sequence[Part]) -> tuple[Record, list[Record]]:
    """The record as the one that `stays`, and records of those parts whose text it still has.

    A part that has a text here was read under the record's marks, so it gets them. If its plan is missing, its next
    reading brings it.
    """
    gone = {key for part in parts for key in part.keys} - {*stays.keys}
    found = [(part, past) for part in parts if (past := _text_of(part, record.earlier))]
    left = structs.replace(
        record,
        keys=tuple(key for key in record.keys if key not in gone) or stays.keys,
        earlier=tuple(past for past in record.earlier if not _is_of(past, parts, stays)),
        url=stays.url if stays.url and canonical_url(record.url) != canonical_url(stays.url) else record.url,
        guid=stays.guid or record.guid,
    )
    return left, [_record_of(part, past, record) for part, past in found]


def _text_of(part: Part, earlier: Sequence[Revision]) -> Revision | None:
    return next((past for past in reversed(earlier) if has_same_title(past.title, part.title)), None)


def _is_of(past: Revision, parts: Collection[Part], stays: Part) -> bool:
    """Whether an earlier text is another part's and not one that the article itself had."""
    return not has_same_title(past.title, stays.title) and any(has_same_title(past.title, part.title) for part in parts)


def _record_of(part: Part, past: Revision, record: Record) -> Record:
    return structs.replace(
        record,
        id=id_of(part.keys[0]),
        keys=part.keys,
        title=past.title,
        blocks=past.blocks,
        earlier=(),
        plan=Plan() if past.plan is None else past.plan,
        summary="",
        url=part.url,
        guid=part.guid,
        published=part.published or record.published,
        dated=part.published is not None or record.dated,
        updated=None,
    )
