"""Articles as posts of zhengwen's own form: Markdown with front matter that reads back to the same article. Pure.

`writing` and `reading` stand side by side because each is the other's inverse; `spelling` is the spelling of one line.
Other posts (Hexo, Hugo, Jekyll) are read by feeds.parse.post. A post of this form that somebody edited so that it
fits no more is read there too.
"""

from feeds.posts.reading import KeptPost, kept_post
from feeds.posts.writing import post_text

__all__ = ["KeptPost", "kept_post", "post_text"]
