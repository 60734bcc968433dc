"""Texts as 64-bit integers, so that the index finds them without keeping them."""

import hashlib


def hash_of(key: str) -> int:
    """A key as SQLite's 64-bit integer. With a million articles, two keys collide in one of four million archives."""
    return int.from_bytes(hashlib.blake2b(key.encode(errors="surrogatepass"), digest_size=8).digest(), signed=True)
