"""The attachments of an article: the kinds of file, how two lists of them become one, what is said of one. Pure.

An attachment is a file beside the text: a PDF, an office document, a packed file. feeds.parse.attachments makes them
of links. The kind of a file is the end of its name (`pdf`), or `file` if only the feed says that there is a file.
"""

from collections.abc import Iterable
from urllib.parse import unquote

from feeds.model import Attachment

ATTACHMENTS_LIMIT = 50
"""Attachments of one article."""
NAME_LIMIT = 200
"""Code points of a name."""
SIZE_LIMIT = 10**15
"""Bytes; a greater size is a mistake."""
FILE = "file"
"""The kind of a file whose name has no known end."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "wps": "application/vnd.ms-works",
    "rtf": "application/rtf",
    "odt": f"{_OPEN}text",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "et": "application/x-et",
    "ods": f"{_OPEN}spreadsheet",
    "csv": "text/csv",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": f"{_OFFICE}presentationml.presentation",
    "dps": "application/x-dps",
    "odp": f"{_OPEN}presentation",
    "ofd": "application/ofd",
    "ceb": "application/x-ceb",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
}
"""The kinds of file that a name shows, and the media type of each."""


def joined_attachments(*lists: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """The attachments of all lists, each file once and in the first place where it stands.

    A later list corrects the address and the size of a file. Its name is taken unless it is only that of the file.
    """
    joined: dict[str, Attachment] = {}
    for attachment in (one for each in lists for one in each):
        key = attachment_key(attachment)
        before = joined.get(key)
        if before is None:
            if len(joined) < ATTACHMENTS_LIMIT:
                joined[key] = attachment
            continue
        name = before.name if attachment.name == file_name_of(attachment.url) else attachment.name
        kind = before.kind if attachment.kind == FILE else attachment.kind
        joined[key] = Attachment(name, attachment.url, kind, attachment.size or before.size)
    return tuple(joined.values())


def attachment_key(attachment: Attachment) -> str:
    """The address by which two links are one file: without the query, which may change, if the path names the file."""
    path = _without_query(attachment.url)
    return path if path.lower().endswith(f".{attachment.kind}") else attachment.url


def _without_query(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]


def file_name_of(url: str) -> str:
    """The last part of a path, decoded; the address if the path has no parts."""
    written = _without_query(url).rstrip("/").rpartition("/")[2]
    name = unquote(written)
    if "\ufffd" in name:
        name = unquote(written, "gb18030")
    return name if name and "\ufffd" not in name else written or url


def kind_and_size(attachment: Attachment) -> list[str]:
    """Type and size in words, each if it is known: PDF, 1.2 MB."""
    kind = "" if attachment.kind == FILE else attachment.kind.upper()
    return list(filter(None, (kind, size_text(attachment.size) if attachment.size else "")))


def size_text(count: int) -> str:
    """A number of bytes with a unit, as in 1.2 MB."""
    size, unit = float(count), "B"
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:,.0f} {unit}" if unit == "B" or size >= 100 else f"{size:,.1f} {unit}"
