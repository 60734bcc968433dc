"""Bytes to entries, and HTML to paragraphs. Pure: no clock, no network; `posts_of` alone reads files."""

from feeds.parse.page import reading_of_body, reading_of_page
from feeds.parse.post import posts_of

__all__ = ["posts_of", "reading_of_body", "reading_of_page"]
