"""Bytes to text: labels → tables (escapes) → text. `chinese` tests whether a decoded text is Chinese."""

from feeds.parse.encoding.text import text_of

__all__ = ["text_of"]
