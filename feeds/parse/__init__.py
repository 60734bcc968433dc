"""HTML to paragraphs, and what kinds of source read with. Pure: no clock, no network.

Only `posts_of` and `post_in` read files.

reading_of_page, reading_of_body ── page ── markup → lexbor → blocks → bylines
post ── front-matter posts (posts_of: files and folders of them)
All of them use encoding (labels → tables → text), dates, fields, elements, safety and entrywise.
"""

from feeds.parse.limits import newest_of
from feeds.parse.page import reading_of_body, reading_of_page
from feeds.parse.post import post_in, posts_of

__all__ = ["newest_of", "post_in", "posts_of", "reading_of_body", "reading_of_page"]
