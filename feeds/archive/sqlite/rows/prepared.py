"""A record as values that are ready for the index, whatever the index holds. Pure.

Making them takes most of the time of putting an article into the index. So it can be done in another process (see
`feeds.archive.preparation`). Row number, label numbers and pending flags come from the index; `articles` adds them.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from feeds.archive.duplicates.signatures import Signature, signature_of
from feeds.archive.duplicates.similarity import ComparedText
from feeds.archive.records import Record
from feeds.archive.sqlite import grams
from feeds.archive.sqlite.hashes import hash_of
from feeds.archive.sqlite.labels import Labels, files_of, groups_in, labels_of, path_text
from feeds.archive.sqlite.rows.tables import TableRows, table_rows_of
from feeds.model import Flags, Plan

_TOGETHER = 20  # records that are prepared step by step


class PreparedArticle(Struct, frozen=True, array_like=True):
    """An article's values for the index.

    `columns` are those of `article` that depend on the record alone, `names` the hashes of its keys. `grams` (UTF-8)
    and `signature` are there if the text is to enter the search and to be compared at once; a short text that
    `is_signed` has no signature.
    """

    id: str
    published: int
    columns: dict[str, Any]
    flags: Flags
    labels: Labels
    rows: TableRows
    names: tuple[int, ...]
    text: bytes
    grams: bytes | None = None
    signature: Signature | None = None
    is_signed: bool = False


def prepared_article(record: Record, *, grams_too: bool = False) -> PreparedArticle:
    """A record's values, with the grams of its text if they are wanted."""
    text = grams.text_of(record)
    return _values_of(record, grams.pack(text), grams.grams_of(text).encode() if grams_too else None)


def prepared_articles(records: Sequence[Record]) -> list[PreparedArticle]:
    """The values of many records, with the grams and the signature of each text.

    The records go through each step together. A step's program and tables then stay in the processor's cache: 0.88 ×
    of the time of one record after the other.
    """
    found: list[PreparedArticle] = []
    for start in range(0, len(records), _TOGETHER):
        some = records[start : start + _TOGETHER]
        texts = list(map(grams.text_of, some))
        packed = list(map(grams.pack, texts))
        words = [grams.grams_of(text).encode() for text in texts]
        signatures = [signature_of(ComparedText(text.partition("\n")[2]).features) for text in texts]
        for record, text, gram, signature in zip(some, packed, words, signatures, strict=True):
            found.append(_values_of(record, text, gram, signature, is_signed=True))
    return found


def _values_of(
    record: Record, packed: bytes, words: bytes | None, signature: Signature | None = None, *, is_signed: bool = False
) -> PreparedArticle:
    return PreparedArticle(
        id=record.id,
        published=int(record.published.timestamp() // 1),
        columns=_columns_of(record),
        flags=record.flags,
        labels=labels_of(record),
        rows=table_rows_of(record),
        names=tuple(map(hash_of, record.keys)),
        text=packed,
        grams=words,
        signature=signature,
        is_signed=is_signed,
    )


def _columns_of(record: Record) -> dict[str, Any]:
    category, plan = record.categories[0] if record.categories else (), record.plan
    return {
        "title": record.title,
        "url": record.url,
        "source": record.sources[0] if record.sources else "",
        "category": path_text(category),
        "origin": record.origin,
        "agency": plan.agencies[0] if plan.agencies else "",
        "badge": plan.badge,
        "flash": record.flash,
        "has_plan": bool(plan),
        "groups": groups_in(plan),
        "goals": len(plan.goals),
        "targets": len(plan.targets),
        **_sizes_of(plan),
        "files": files_of(record),
        "seen": int(record.seen.timestamp() // 1),
        "changed": _second_of_edit(record),
    }


def _sizes_of(plan: Plan) -> dict[str, int]:
    if not (plan.groups or plan.goals or plan.targets):
        return {"tasks": 0, "end_year": 0}
    from feeds.documents.tasks import end_year, tasks_in  # a reader's start needs none of it

    return {"tasks": tasks_in(plan), "end_year": end_year(plan)}


def _second_of_edit(record: Record) -> int:
    """The second of the last edit that a reader cares for; 0 without one."""
    if not record.earlier:
        return 0
    from feeds.compare.edits import last_edit  # few articles have an earlier text

    edit = last_edit(record)
    return int(edit.timestamp() // 1) if edit else 0
