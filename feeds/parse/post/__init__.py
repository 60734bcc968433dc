"""Front-matter posts: what Hexo, Hugo and Jekyll keep, and what RSSHub dumps are turned into.

entries ─┬─ matter     the front matter: YAML, TOML or JSON
         └─ markdown   the text, where it is no HTML ── spans  what stands inside a line of it
"""

from feeds.parse.post.entries import SIZE_LIMIT, entry_of, posts_of

__all__ = ["SIZE_LIMIT", "entry_of", "posts_of"]
