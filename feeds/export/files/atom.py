"""Articles as a feed: Atom (RFC 4287), with the text of each in its entry."""

from datetime import datetime

from feeds.attachments import MEDIA_TYPES
from feeds.export.files.markup import escape_markup, is_web
from feeds.export.files.pages import body_html
from feeds.model import Article, Attachment, Flags

FEED_END = "</feed>\n"


def feed_head(title: str, moment: datetime) -> str:
    """The beginning of the feed. `moment` is when it was made."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
        f"<id>urn:zhengwen:filter:{_token(title)}</id>\n<title>{escape_markup(title)}</title>\n"
        f"<updated>{moment.isoformat()}</updated>\n<generator>zhengwen</generator>\n"
    )


def feed_entry(article: Article, _flags: Flags) -> str:
    """One article as an entry."""
    updated = max(filter(None, (article.published, article.updated, *(past.replaced for past in article.earlier))))
    author = article.author or article.origin or next(iter(article.sources), "") or "zhengwen"
    parts = [
        f"<id>urn:zhengwen:{_token(article.id)}</id>",
        f"<title>{escape_markup(article.title)}</title>",
        f"<published>{article.published.isoformat()}</published>",
        f"<updated>{updated.isoformat()}</updated>",
        f"<author><name>{escape_markup(author)}</name></author>",
        f'<link rel="alternate" href="{escape_markup(article.url)}"/>' if is_web(article.url) else "",
        *(_enclosure(one) for one in article.attachments if is_web(one.url)),
        *(f'<category term="{escape_markup("/".join(path))}"/>' for path in article.categories),
        f"<summary>{escape_markup(article.summary)}</summary>" if article.summary else "",
        f'<content type="html">{escape_markup(body_html(article)).replace("&#39;", "&apos;")}</content>',
    ]
    return "<entry>\n" + "\n".join(filter(None, parts)) + "\n</entry>\n"


def _enclosure(attachment: Attachment) -> str:
    """An attachment as a link (RFC 4287, §4.2.7)."""
    facts = {
        "href": attachment.url,
        "type": MEDIA_TYPES.get(attachment.kind, ""),
        "length": str(attachment.size or ""),
        "title": attachment.name,
    }
    told = " ".join(f'{name}="{escape_markup(value)}"' for name, value in facts.items() if value)
    return f'<link rel="enclosure" {told}/>'


def _token(text: str) -> str:
    """A text as a part of an URN."""
    plain = all(char.isascii() and char.isalnum() for char in text)
    return text if plain and text else text.encode("utf-8", "replace").hex() or "all"
