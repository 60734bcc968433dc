"""The bytes of one answer, unpacked as they come and never more of them than the cap.

httpx unpacks for us, but a chunk at a time and whole: 1 MB of gzip was measured to become 3 GB before anything of ours
saw a byte. So the raw stream is unpacked here, where zlib is told how much it may give.
"""

import zlib

from feeds.errors import FetchError, TooLarge, Unreachable

ACCEPTED = "gzip, deflate"
_MEMBERS = 1_000  # gzip files strung together; each costs a new unpacker, so millions of empty ones would cost minutes


class Body:
    """Collects an answer of `host`. `encoding` is its Content-Encoding, `cap` the most bytes it may have unpacked."""

    def __init__(self, host: str, encoding: str, cap: int) -> None:
        self._host = host
        self._cap = cap
        self._encoding = encoding.strip().lower()
        if self._encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(
                "{host} packed its answer as {encoding}, which was not asked for",
                host=host,
                encoding=self._encoding[:40],
            )
        self._packed = self._encoding not in ("", "identity")
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
        if not self._packed:
            self._whole += chunk
            return
        try:
            self._unpack(self._held + chunk)
        except zlib.error:
            raise FetchError("{host} sent an answer that cannot be unpacked", host=self._host) from None

    def whole(self) -> bytes:
        """The body, once every byte came. Raises Unreachable when the packed stream stops in the middle."""
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
        if self._encoding == "deflate" and (chunk[0] & 15 != 8 or int.from_bytes(chunk[:2]) % 31):
            return zlib.decompressobj(-zlib.MAX_WBITS)  # "deflate" without zlib's head, as old servers send it
        return zlib.decompressobj(zlib.MAX_WBITS | 32)  # zlib or gzip, by the head

    def _too_large(self) -> TooLarge:
        return TooLarge("{host} sent more than {limit} bytes", host=self._host, limit=self._cap)
