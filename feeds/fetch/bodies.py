"""The bytes of one answer, unpacked while they arrive, and never more than the limit.

httpx would unpack each chunk as a whole: 1 MB of gzip became 3 GB before our code saw a byte. So this module unpacks
the raw stream itself and tells zlib how many bytes it may produce.

Servers write names into Content-Encoding that are not packings (UTF-8, none, aws-chunked), or name a packing that they
do not use. If a body is not packed as requested, its first bytes decide whether it is used as it is.
"""

import re
import zlib

from feeds.errors import FetchError, TooLarge, Unreachable

ACCEPTED = "gzip, deflate"
_PACKINGS = frozenset({"gzip", "x-gzip", "deflate"})
# Names in the header that are not packings: charsets, transfer encodings and a word of S3 (RFC 9110 §8.4.1).
_NOT_PACKINGS = frozenset({"", "identity", "none", "null", "off", "plain", "text", "text/html", "html", "charset"})
_NOT_PACKINGS |= {"aws-chunked", "chunked", "binary", "7bit", "8bit", "base64", "quoted-printable", "default", "raw"}
_CHARSET = re.compile(r"(?:charset=)?(?:utf|gb|big5|iso-|windows-|us-ascii|ascii|latin|cp\d|euc-|shift|koi8|unicode)")
_REAL = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip", "sdch", "lzma", "xz"})
_REAL |= {"bzip2", "x-bzip2", "lz4", "snappy", "aes128gcm"}
_FILES = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LOOK = 64  # bytes that show whether a body is text
_MEMBERS = 1_000  # gzip files in one body; each needs a new unpacker, so millions of empty ones would take minutes


class Unpacker:
    """Collects and unpacks an answer of `host`. `encoding` is its Content-Encoding, `cap` the most unpacked bytes."""

    def __init__(self, host: str, encoding: str, cap: int) -> None:
        self._host = host
        self._cap = cap
        self._encoding = encoding.strip().lower()
        names = {name.strip().strip("\"'") for name in self._encoding.split(",")}
        packings = {name for name in names if name not in _NOT_PACKINGS and not _CHARSET.match(name)}
        self._deflated = "deflate" in packings
        self._real = not packings.isdisjoint(_REAL)
        # None: the header names a packing that was not requested, so the first bytes decide.
        self._packed: bool | None = bool(packings) if packings <= _PACKINGS else None
        self._body = bytearray()
        self._received = 0
        self._pending = b""
        self._members = 0
        self._unpacker: zlib._Decompress | None = None

    def add(self, chunk: bytes) -> None:
        """Add the next bytes of the answer. Raises TooLarge, FetchError."""
        self._received += len(chunk)
        if self._received > self._cap:
            raise self._too_large()
        if self._packed is None:
            chunk, self._pending = self._pending + chunk, b""
            if len(chunk) < _LOOK:
                self._pending = chunk
                return
            self._packed = self._is_packed(chunk)
        self._take(chunk)

    def _take(self, chunk: bytes) -> None:
        if not self._packed:
            self._body += chunk
            return
        try:
            self._unpack(self._pending + chunk)
        except zlib.error:
            raise FetchError("{host} sent an answer that cannot be unpacked", host=self._host) from None

    def _is_packed(self, start: bytes) -> bool:
        """Whether a body is packed in a way that we unpack. Raises FetchError if it is packed in another way."""
        if start[:2] == b"\x1f\x8b":
            return True
        if _begins_as_text_or_file(start) or (not self._real and _is_text(start)):
            return False
        raise FetchError(
            "{host} packed its answer as {encoding}, which was not asked for",
            host=self._host,
            encoding=self._encoding[:40],
        )

    def finish(self) -> bytes:
        """Return the body after its last byte. Raises Unreachable if the packed stream stops in the middle."""
        if self._packed is None and self._pending:
            start, self._pending = self._pending, b""
            self._packed = self._is_packed(start)
            self._take(start)
        if self._unpacker or (self._pending and not self._members):
            raise Unreachable("{host} broke off in the middle of its answer", host=self._host)
        return bytes(self._body)

    def _unpack(self, chunk: bytes) -> None:
        self._pending = b""
        while chunk:
            if self._unpacker is None:
                if len(chunk) == 1:
                    self._pending = chunk  # the first two bytes show the kind
                    return
                if self._members and chunk[:2] != b"\x1f\x8b":
                    return  # padding after the end of a stream; gzip(1) ignores it too
                self._unpacker = self._start_unpacker(chunk)
            self._body += self._unpacker.decompress(chunk, self._cap + 1 - len(self._body))
            if len(self._body) > self._cap:
                raise self._too_large()
            chunk = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                chunk, self._unpacker = self._unpacker.unused_data, None

    def _start_unpacker(self, chunk: bytes) -> "zlib._Decompress":
        self._members += 1
        if self._members > _MEMBERS:
            raise self._too_large()
        if self._deflated and not _has_zlib_head(chunk):
            return zlib.decompressobj(-zlib.MAX_WBITS)  # old servers send "deflate" without zlib's header
        return zlib.decompressobj(zlib.MAX_WBITS | 32)  # zlib or gzip; the header shows which

    def _too_large(self) -> TooLarge:
        return TooLarge("{host} sent more than {limit} bytes", host=self._host, limit=self._cap)


def _has_zlib_head(start: bytes) -> bool:
    return start[0] & 15 == 8 and not int.from_bytes(start[:2]) % 31


def _begins_as_text_or_file(start: bytes) -> bool:
    """Whether a body begins as markup, as JSON, or with the signature of a file."""
    if start.startswith(_FILES):
        return True
    head = start[:_LOOK].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] in (b"<", b"{", b"[") and _CONTROL.search(head) is None


def _is_text(start: bytes) -> bool:
    """Whether the bytes are text in UTF-8 or an encoding of the GB family. The last letter may be cut off."""
    head = start[:_LOOK]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if not head or _CONTROL.search(head):
        return False
    for name in ("utf-8", "gb18030"):
        try:
            head.decode(name)
        except UnicodeDecodeError as error:
            if error.start < len(head) - 4:
                continue
        return True
    return False
