"""A digest as a JSON object."""

from collections.abc import Sequence
from typing import Any

from feeds.digest.counting import CountedName, Digest
from feeds.documents import document_row_json
from feeds.export.rows import row_json
from feeds.model import BEIJING
from feeds.targets import target_row_json


def digest_json(digest: Digest) -> dict[str, Any]:
    """Counts, and the first rows of each kind in the forms of `list`, `documents` and `targets`."""
    today = digest.until.astimezone(BEIJING).date()
    return {
        "since": digest.since.astimezone(BEIJING).isoformat(),
        "until": digest.until.astimezone(BEIJING).isoformat(),
        "new": digest.new,
        "views": _names(digest.views),
        "agencies": _names(digest.agencies),
        "documents_total": digest.documents_total,
        "documents": [document_row_json(row, today) for row in digest.documents],
        "changed_total": digest.edited_total,
        "changed": [row_json(row) for row in digest.edited],
        "due_total": digest.due_total,
        "due": [target_row_json(row) for row in digest.due],
    }


def _names(found: Sequence[CountedName]) -> list[dict[str, Any]]:
    return [{"name": one.name, "new": one.count} for one in found]
