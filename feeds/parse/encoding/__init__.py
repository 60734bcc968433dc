"""Bytes to text: labels → tables (escapes) → text, which asks `chinese` whether a reading makes sense."""

from feeds.parse.encoding.text import text_of

__all__ = ["text_of"]
