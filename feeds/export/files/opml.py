"""Plans as an OPML outline (2.0), for outliners and mind maps."""

from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime

from feeds.export.files.markup import escape_markup, is_web
from feeds.export.files.outlines import OutlineLine, plan_outline
from feeds.model import Article, Flags

OPML_END = "</body>\n</opml>\n"


def opml_head(title: str, moment: datetime) -> str:
    """The beginning of the outline."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n<head>\n'
        f"<title>{escape_markup(title)}</title>\n<dateCreated>{format_datetime(moment)}</dateCreated>\n</head>\n<body>\n"
    )


def plan_opml(article: Article, _flags: Flags) -> str:
    """One article: its title, and its plan below."""
    url = article.url if is_web(article.url) else ""
    return "".join(_elements(OutlineLine(article.title, plan_outline(article.plan)), url))


def _elements(line: OutlineLine, url: str = "") -> Iterator[str]:
    attributes = f'text="{escape_markup(line.text)}"' + (f' url="{escape_markup(url)}"' if url else "")
    if not line.lines:
        yield f"<outline {attributes}/>\n"
        return
    yield f"<outline {attributes}>\n"
    for inner in line.lines:
        yield from _elements(inner)
    yield "</outline>\n"
