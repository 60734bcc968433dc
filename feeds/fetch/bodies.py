"""The bytes of one answer, unpacked as they come and never more of them than the cap.

httpx unpacks for us, but a chunk at a time and whole: 1 MB of gzip was measured to become 3 GB before anything of ours
saw a byte. So the raw stream is unpacked here, where zlib is told how much it may give.

Servers write into Content-Encoding what is no packing (UTF-8, none, aws-chunked), and name a packing that they do not
use. Where a body is not packed as we asked, its first bytes decide whether it is taken as it comes.
"""

import re
import zlib

from feeds.errors import FetchError, TooLarge, Unreachable

ACCEPTED = "gzip, deflate"
_PACKINGS = frozenset({"gzip", "x-gzip", "deflate"})
# Names that stand in the header and pack nothing: charsets, transfer encodings and S3's own word (RFC 9110 §8.4.1).
_NOT_PACKINGS = frozenset({"", "identity", "none", "null", "off", "plain", "text", "text/html", "html", "charset"})
_NOT_PACKINGS |= {"aws-chunked", "chunked", "binary", "7bit", "8bit", "base64", "quoted-printable", "default", "raw"}
_CHARSET = re.compile(r"(?:charset=)?(?:utf|gb|big5|iso-|windows-|us-ascii|ascii|latin|cp\d|euc-|shift|koi8|unicode)")
_REAL = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip", "sdch", "lzma", "xz"})
_REAL |= {"bzip2", "x-bzip2", "lz4", "snappy", "aes128gcm"}
_FILES = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LOOK = 64  # bytes that show whether a body is text
_MEMBERS = 1_000  # gzip files strung together; each costs a new unpacker, so millions of empty ones would cost minutes


class Unpacker:
    """Collects an answer of `host`. `encoding` is its Content-Encoding, `cap` the most bytes it may have unpacked."""

    def __init__(self, host: str, encoding: str, cap: int) -> None:
        self._host = host
        self._cap = cap
        self._encoding = encoding.strip().lower()
        names = {name.strip().strip("\"'") for name in self._encoding.split(",")}
        packings = {name for name in names if name not in _NOT_PACKINGS and not _CHARSET.match(name)}
        self._deflated = "deflate" in packings
        self._real = not packings.isdisjoint(_REAL)
        # None: a packing that we did not ask for; the first bytes tell.
        self._packed: bool | None = bool(packings) if packings <= _PACKINGS else None
        self._whole = bytearray()
        self._raw = 0
        self._held = b""
        self._members = 0
        self._unpacker: zlib._Decompress | None = None

    def add(self, chunk: bytes) -> None:
        """Takes the next bytes as they came. Raises TooLarge, FetchError."""
        self._raw += len(chunk)
        if self._raw > self._cap:
            raise self._too_large()
        if self._packed is None:
            chunk, self._held = self._held + chunk, b""
            if len(chunk) < _LOOK:
                self._held = chunk
                return
            self._packed = self._is_packed(chunk)
        self._take(chunk)

    def _take(self, chunk: bytes) -> None:
        if not self._packed:
            self._whole += chunk
            return
        try:
            self._unpack(self._held + chunk)
        except zlib.error:
            raise FetchError("{host} sent an answer that cannot be unpacked", host=self._host) from None

    def _is_packed(self, start: bytes) -> bool:
        """Whether a body begins as one that we unpack, or is not packed. FetchError where it is neither."""
        if start[:2] == b"\x1f\x8b":
            return True
        if _begins_as_asked(start) or (not self._real and _is_text(start)):
            return False
        raise FetchError(
            "{host} packed its answer as {encoding}, which was not asked for",
            host=self._host,
            encoding=self._encoding[:40],
        )

    def whole(self) -> bytes:
        """The body, once every byte came. Raises Unreachable when the packed stream stops in the middle."""
        if self._packed is None and self._held:
            start, self._held = self._held, b""
            self._packed = self._is_packed(start)
            self._take(start)
        if self._unpacker or (self._held and not self._members):
            raise Unreachable("{host} broke off in the middle of its answer", host=self._host)
        return bytes(self._whole)

    def _unpack(self, chunk: bytes) -> None:
        self._held = b""
        while chunk:
            if self._unpacker is None:
                if len(chunk) == 1:
                    self._held = chunk  # both kinds are told by their first two bytes
                    return
                if self._members and chunk[:2] != b"\x1f\x8b":
                    return  # what follows a finished stream and is none itself: padding, ignored as gzip(1) does
                self._unpacker = self._begun(chunk)
            self._whole += self._unpacker.decompress(chunk, self._cap + 1 - len(self._whole))
            if len(self._whole) > self._cap:
                raise self._too_large()
            chunk = self._unpacker.unconsumed_tail
            if self._unpacker.eof:
                chunk, self._unpacker = self._unpacker.unused_data, None

    def _begun(self, chunk: bytes) -> "zlib._Decompress":
        self._members += 1
        if self._members > _MEMBERS:
            raise self._too_large()
        if self._deflated and not _has_zlib_head(chunk):
            return zlib.decompressobj(-zlib.MAX_WBITS)  # "deflate" without zlib's head, as old servers send it
        return zlib.decompressobj(zlib.MAX_WBITS | 32)  # zlib or gzip, by the head

    def _too_large(self) -> TooLarge:
        return TooLarge("{host} sent more than {limit} bytes", host=self._host, limit=self._cap)


def _has_zlib_head(start: bytes) -> bool:
    return start[0] & 15 == 8 and not int.from_bytes(start[:2]) % 31


def _begins_as_asked(start: bytes) -> bool:
    """Whether a body begins as markup or JSON, or as a file that says what it is."""
    if start.startswith(_FILES):
        return True
    head = start[:_LOOK].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] in (b"<", b"{", b"[") and _CONTROL.search(head) is None


def _is_text(start: bytes) -> bool:
    """Whether the bytes are letters of UTF-8 or of the GB family; the last letter may be cut off."""
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
