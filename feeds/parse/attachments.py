"""Attachments of links: the enclosures of a feed, and the files to which a text leads. Pure.

Pictures, sounds and films are no attachments.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from feeds.attachments import FILE, MEDIA_TYPES, NAME_LIMIT, SIZE_LIMIT, file_name_of, joined_attachments
from feeds.model import Attachment
from feeds.parse.safety import clean, link_of

_ENDS = "|".join(MEDIA_TYPES)
_QUERY = re.compile("[?#]")
_MENTION = re.compile(rf"\.(?:{_ENDS})\s{{0,8}}[\"'?#>]", re.IGNORECASE)
_NAMED = re.compile(r"\W{0,8}附\s{0,8}[件表图录]")
_FILE_PATH = re.compile(rf"\.({_ENDS})$", re.IGNORECASE)
_MEDIA_PATH = re.compile(
    r"\.(?:jpe?g|png|gif|webp|bmp|svg|tiff?|avif|heic|mp3|m4[ab]|aac|wav|flac|og[gav]|opus|wma|mp4|m4v|mov|avi|mkv|webm|flv|wmv"
    r"|m3u8?|html?|s?html|php|jsp|aspx?)$",
    re.IGNORECASE,
)
_KINDS = {media_type: kind for kind, media_type in MEDIA_TYPES.items()} | {
    "application/x-pdf": "pdf",
    "application/vnd.ofd": "ofd",
    "application/x-ofd": "ofd",
    "text/rtf": "rtf",
    "application/wps-office.doc": "doc",
    "application/wps-office.docx": "docx",
    "application/wps-office.wps": "wps",
    "application/x-zip-compressed": "zip",
    "application/x-rar-compressed": "rar",
    "application/x-rar": "rar",
}
_NO_FILE = re.compile(
    r"application/(?:ogg|smil|x-shockwave-flash|.{0,40}mpegurl|(?:x-)?(?:java|ecma)script|(?:.{0,60}\+)?(?:xml|json))$"
)
# A text of a link that says nothing of its file.
_IDLE = re.compile(
    r"(?:\W|请|点击|立即|在线|我要|本地|全文|原文|文件|附件|下载|查看|阅读|打开|浏览|预览|这里|此处|地址|链接|pdf|word|docx?|xlsx?|excel|ofd|wps|zip|版|格式"
    r"|click|here|download|open|view|file|attachment|the|as)*",
    re.IGNORECASE,
)
_DIGITS = 16


def is_file_address(address: str | None) -> bool:
    """Whether the path of a link as written ends as the name of a file does. A page has many links: 0.3 µs each."""
    if not address:
        return False
    path = address if "?" not in address and "#" not in address else _QUERY.split(address, maxsplit=1)[0]
    head, dot, end = path.rpartition(".")
    return bool(head and dot) and end.strip().lower() in MEDIA_TYPES


def attachment_of(
    address: object, base: str, name: object = "", media_type: object = "", size: object = 0
) -> Attachment | None:
    """The attachment at an address, completed by `base`; None for other addresses, and for pictures, sounds and films.

    `name` is the text of the link or a title; if it says nothing, the attachment has the name of its file.
    """
    url = link_of(address, base)
    kind = _kind_of(urlsplit(url).path, media_type) if url else ""
    if not kind:
        return None
    words = clean(name, NAME_LIMIT) if isinstance(name, str) else ""
    words = words if words and not _IDLE.fullmatch(words) else clean(file_name_of(url), NAME_LIMIT)
    return Attachment(words or url[:NAME_LIMIT], url, kind, _size_of(size))


def may_name_attachments(markup: str) -> bool:
    """Whether a page may have a link that is named as an attachment. Few pages of news have one."""
    return "附" in markup and _MENTION.search(markup) is not None


def is_named_attachment(words: str) -> bool:
    """Whether the words of a link begin as those of a notice's attachment: 附件1：…."""
    return _NAMED.match(words) is not None


def attachments_of_links(links: Iterable[tuple[str, str]], base: str) -> tuple[Attachment, ...]:
    """The files of the links in a text; each is an address and its words."""
    return joined_attachments(filter(None, (attachment_of(address, base, words) for address, words in links)))


def _kind_of(path: str, media_type: object) -> str:
    """The kind of file, or "" if it is no attachment. The end of the name counts before the type of document."""
    told = media_type.partition(";")[0].strip().lower() if isinstance(media_type, str) else ""
    if told.startswith(("image/", "audio/", "video/")):
        return ""
    if found := _FILE_PATH.search(path):
        return found[1].lower()
    if told in _KINDS:
        return _KINDS[told]
    is_file = told.startswith("application/") and not _NO_FILE.match(told) and not _MEDIA_PATH.search(path)
    return FILE if is_file else ""


def _size_of(told: object) -> int:
    """The bytes that a feed tells; 0 for anything else than a number."""
    if isinstance(told, str) and len(told) <= _DIGITS and told.isascii() and told.isdecimal():
        told = int(told)
    return told if isinstance(told, int) and not isinstance(told, bool) and 0 < told <= SIZE_LIMIT else 0
