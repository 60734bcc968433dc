"""Posts with front matter, as Hexo, Hugo and Jekyll and dumps of RSSHub have them.

entries ─┬─ matter     the front matter: YAML, TOML or JSON
         └─ markdown   the text, if it is not HTML ── spans  the parts of a line
"""

from feeds.parse.post.entries import SIZE_LIMIT, entry_of, post_in, posts_of

__all__ = ["SIZE_LIMIT", "entry_of", "post_in", "posts_of"]
