"""The kind of file that a body is, by its first bytes. If the bytes do not show it, the content type decides.

Servers call a PDF `text/html` and a page `application/octet-stream`, so the bytes come first. For a body of markup or
plain text the result is `None`: it is read as the page of an article.
"""

import json
import re

from feeds.model import Instead, Page

_HEAD = 4096  # bytes that show the kind of a file
_MEDIA_TYPE = re.compile(r"\s{0,8}([A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,100})\s{0,8}(?:;|$)")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BLANK = b" \t\r\n\x0c\x00"

# First bytes, and the kind of file that begins with them: PDF 32000 §7.5.2, ISO/IEC 21320 (ZIP), [MS-CFB], PNG,
# RFC 2083 and the registrations at IANA.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"%!PS", "print"),
    (b"{\\rtf", "word"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF87a", "picture"),
    (b"GIF89a", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"8BPS", "picture"),
    (b"\x00\x00\x01\x00", "picture"),
    (b"\xff\x0a", "picture"),
    (b"\x00\x00\x00\x0cJXL ", "picture"),
    (b"ID3", "audio"),
    (b"\xff\xfb", "audio"),
    (b"\xff\xf3", "audio"),
    (b"\xff\xf2", "audio"),
    (b"\xff\xf1", "audio"),
    (b"\xff\xf9", "audio"),
    (b"OggS", "audio"),
    (b"fLaC", "audio"),
    (b"MThd", "audio"),
    (b"#!AMR", "audio"),
    (b"\x1a\x45\xdf\xa3", "video"),
    (b"FLV\x01", "video"),
    (b"\x00\x00\x01\xba", "video"),
    (b"\x00\x00\x01\xb3", "video"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"),
    (b"wOFF", "file"),
    (b"wOF2", "file"),
    (b"\x7fELF", "file"),
    (b"\x00asm", "file"),
    (b"\xca\xfe\xba\xbe", "file"),
    (b"SQLite format 3\x00", "file"),
)
_ALL_SIGNATURES = tuple(signature for signature, _ in _SIGNATURES)
# Names of parts of a zip, or of streams of an OLE file, show the program of the file.
_ZIP_PARTS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "word"),
    (b"xl/", "sheet"),
    (b"ppt/", "slides"),
    (b"epub+zip", "book"),
    (b"ofd.xml", "ofd"),
)
_ZIP_PARTS += ((b"opendocument.text", "word"), (b"opendocument.spreadsheet", "sheet"))
_ZIP_PARTS += ((b"opendocument.presentation", "slides"),)
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "word"),
    ("Workbook", "sheet"),
    ("Book", "sheet"),
    ("PowerPoint Document", "slides"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BY_MEDIA_TYPE = (
    (re.compile(r"application/(?:x-)?pdf$"), "pdf"),
    (re.compile(r"application/(?:msword|rtf|vnd\.ms-word|.{0,80}wordprocessingml|.{0,40}opendocument\.text)"), "word"),
    (re.compile(r"application/(?:vnd\.ms-excel|.{0,80}spreadsheetml|.{0,40}opendocument\.spreadsheet)"), "sheet"),
    (
        re.compile(r"application/(?:vnd\.ms-powerpoint|.{0,80}presentationml|.{0,40}opendocument\.presentation)"),
        "slides",
    ),
    (re.compile(r"application/epub\+zip"), "book"),
    (re.compile(r"application/(?:x-|vnd\.)?ofd"), "ofd"),
    (
        re.compile(r"application/(?:x-)?(?:zip|rar|7z|gzip|tar|bzip2?|xz|compressed|zip-compressed|vnd\.rar)\b"),
        "archive",
    ),
    (re.compile(r"application/(?:rss|atom|rdf)\+xml$"), "feed"),
    (re.compile(r"(?:application|text)/xml$"), "xml"),
    (re.compile(r"image/"), "picture"),
    (re.compile(r"audio/"), "audio"),
    (re.compile(r"video/"), "video"),
    (re.compile(r"(?:application|text)/(?:[\w.-]{1,60}\+)?(?:json|x-json|ld\+json)$"), "json"),
    (re.compile(r"(?:application|text)/(?:x-)?(?:java|ecma)script$|text/css$"), "code"),
    (re.compile(r"text/(?:csv|tab-separated-values|calendar|x?-?vcard|directory)$|font/|application/font"), "file"),
)
_BY_SUFFIX: tuple[tuple[str, str], ...] = (
    ("doc", "word"),
    ("docx", "word"),
    ("wps", "word"),
    ("rtf", "word"),
    ("xls", "sheet"),
    ("xlsx", "sheet"),
)
_BY_SUFFIX += (("et", "sheet"), ("ppt", "slides"), ("pptx", "slides"), ("dps", "slides"))
_PROLOGUE = re.compile(
    rb"(?:\s{1,64}+|<\?[^>]{0,400}\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,400}(?:\[[^\]]{0,2000}\]\s{0,8})?>)",
    re.IGNORECASE | re.DOTALL,
)
_PROPER = {"pdf": "application/pdf", "json": "application/json", "xml": "application/xml"}
_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,40})[\s/>]")
_TAG = re.compile(
    rb"<(?:!doctype\s{1,8}html|html|head|body|title|meta|div|p|h[1-6]|article|section|table|script|span|br|a)\b",
    re.IGNORECASE,
)
_PAGE_ROOTS = frozenset(
    b"html head body title meta link style script div p h1 h2 h3 h4 h5 h6 article section main table".split()
)
_PAGE_ROOTS |= frozenset(
    b"header nav form iframe center font span a b strong br ul ol img noscript wml frameset".split()
)
_FEED_ROOTS = frozenset((b"rss", b"feed", b"rdf"))
_CALLBACK = re.compile(r"[\w$.]{1,80}\s{0,4}\(\s{0,8}[\[{]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_JSON_LIMIT = 1_000_000  # bytes that are parsed as a test for JSON; for longer bodies the head decides


def medium_of(page: Page) -> Instead | None:
    """The kind of file instead of a text; None for markup and plain text, and for an empty body."""
    body = page.body
    if not body[:_HEAD].strip(_BLANK) and not body.strip(_BLANK):
        return None
    media_type = _media_type(page.content_type)
    kind = _kind_by_bytes(body, page.url)
    if kind is None and not _is_page(body, media_type):
        kind = _kind_of_data(body) or _kind_by_media_type(media_type) or ("file" if _is_binary(body) else None)
    if kind is None:
        return None
    return Instead(kind, media_type if _kind_by_media_type(media_type) == kind else _PROPER.get(kind, ""))


def _media_type(content_type: str) -> str:
    """The media type in a header, without parameters; "" if it is missing."""
    found = _MEDIA_TYPE.match(content_type[:400])
    return found[1].lower() if found else ""


def _kind_by_bytes(body: bytes, url: str) -> str | None:
    start = _text_start(body)
    if body.startswith(_ALL_SIGNATURES) or start.startswith(_ALL_SIGNATURES):
        for signature, kind in _SIGNATURES:
            if body.startswith(signature) or (len(signature) > 3 and start.startswith(signature)):
                return kind
    if body.startswith(b"PK\x03\x04"):
        return next((kind for signature, kind in _ZIP_PARTS if signature in body), "archive")
    if body.startswith(_OLE):
        streams = (kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in body)
        return next(streams, None) or _by_suffix(url) or "file"
    return _kind_of_container(body)


def _kind_of_container(body: bytes) -> str | None:
    """The kind of a file whose format name comes after its first bytes."""
    if body.startswith(b"RIFF") and len(body) > 12:
        return {b"WEBP": "picture", b"WAVE": "audio", b"AVI ": "video"}.get(body[8:12], "file")
    if body[4:8] == b"ftyp":
        brand = body[8:12]
        if brand in (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1"):
            return "picture"
        return "audio" if brand in (b"M4A ", b"M4B ") else "video"
    if body.startswith(b"BM") and int.from_bytes(body[2:6], "little") == len(body):
        return "picture"
    if body[257:262] == b"ustar":
        return "archive"
    return "file" if body.startswith(b"MZ") and b"PE\0\0" in body[:_HEAD] else None


def _by_suffix(url: str) -> str | None:
    path = url.partition("?")[0].partition("#")[0].lower()
    return next((kind for suffix, kind in _BY_SUFFIX if path.endswith(f".{suffix}")), None)


def _kind_by_media_type(media_type: str) -> str | None:
    return next((kind for pattern, kind in _BY_MEDIA_TYPE if pattern.match(media_type)), None)


def _text_start(body: bytes) -> bytes:
    """The first bytes of the text, without byte order mark and white space."""
    head = body[:_HEAD]
    for bom in _BOMS:
        head = head.removeprefix(bom)
    return head.lstrip(_BLANK)


def _text_head(body: bytes) -> bytes:
    """The first bytes with ASCII as single bytes, also if each letter has two bytes (UTF-16)."""
    head = body[: 2 * _HEAD]
    if head.startswith(_BOMS[1:]) or head[:4].count(0) == 2:
        head = head.replace(b"\x00", b"")
    return _text_start(head)


def _is_page(body: bytes, media_type: str) -> bool:
    """Whether the body is the markup of a page: it begins as a page, or has elements of a page in plain text."""
    head = _text_head(body)
    root = _root_of(head)
    if root is not None and root not in _PAGE_ROOTS:
        is_xml = head.startswith(b"<?xml") or b"xmlns" in head or media_type.endswith("xml")
        return not (root in _FEED_ROOTS or root == b"svg" or is_xml)
    if root is not None:
        return True
    return head[:1] not in (b"{", b"[") and _TAG.search(head) is not None and not _CONTROL.search(head)


def _root_of(head: bytes) -> bytes | None:
    """The name of the first element, or None if the text does not begin with markup."""
    start = 0
    while found := _PROLOGUE.match(head, start):
        start = found.end()
    root = _ROOT.match(head, start)
    return root[1].lower() if root else None


def _kind_of_data(body: bytes) -> str | None:
    """The kind of XML that is not a page, or of JSON with any name."""
    head = _text_head(body)
    root = _root_of(head)
    if root is not None:
        return "picture" if root == b"svg" else "feed" if root in _FEED_ROOTS else "xml"
    if head[:1] in (b"{", b"["):
        return "json" if _is_json(body) else None
    return (
        "json" if _CALLBACK.match(head.decode("ascii", "replace")) and body.rstrip(b"; \t\r\n").endswith(b")") else None
    )


def _is_json(body: bytes) -> bool:
    """Whether the body is a JSON object or list, and not a sentence in brackets."""
    text = body.decode("utf-8", "replace").strip("\ufeff \t\r\n")
    if len(text) > _JSON_LIMIT:
        return bool(re.match(r'[\[{]\s{0,40}(?:["\[{\d]|true|false|null)', text))
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return bool(re.match(r'\{\s{0,40}"[^"\n]{1,80}"\s{0,8}:', text))  # it is cut off, or has a mistake
    return True


def _is_binary(body: bytes) -> bool:
    """Whether the bytes are not text: they have control characters, and no sign of UTF-16 or UTF-32."""
    head = body[:_HEAD]
    if head.startswith(_BOMS) or head[:4].count(0) == 2:
        return False
    return len(_CONTROL.findall(head)) > len(head) // 200
