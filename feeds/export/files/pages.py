"""Articles as a page of HTML that needs nothing else: no script, no picture, no request."""

from collections.abc import Iterator
from datetime import datetime

from feeds.export.files.markup import escape_markup, is_web
from feeds.export.files.plaintext import FILE_SIGN, NOTE, attachments_of, blocks_of, facts_of, note_lines
from feeds.model import Article, Block, Flags

_STYLE = (
    "body{max-width:42em;margin:2em auto;padding:0 1em;line-height:1.8;font-family:serif}"
    "article+article{border-top:1px solid #999;margin-top:3em}h1{font-size:1.4em}"
    ".facts{color:#666;font-size:.9em}table{border-collapse:collapse}td{border:1px solid #999;padding:.2em .6em}"
    ".files{list-style:none;padding:0}.note{border-left:3px solid #b58900;padding-left:1em;white-space:pre-line}"
)
PAGE_END = "</body>\n</html>\n"


def page_head(title: str, _moment: datetime) -> str:
    """The beginning of the page."""
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape_markup(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )


def article_page(article: Article, flags: Flags) -> str:
    """One article of the page."""
    facts = [escape_markup(fact) for fact in facts_of(article)]
    if is_web(article.url):
        facts.append(f'<a href="{escape_markup(article.url)}">{escape_markup(article.url)}</a>')
    note = "\n".join(escape_markup(line) for line in note_lines(flags)) if flags.note else ""
    return (
        f"<article>\n<h1>{escape_markup(article.title)}</h1>\n"
        f'<p class="facts">{" · ".join(facts)}</p>\n{body_html(article)}{_attachments(article)}'
        + (f'<p class="note">{NOTE}{note}</p>\n' if note else "")
        + "</article>\n"
    )


def _attachments(article: Article) -> str:
    items = [
        f'<li>{FILE_SIGN}<a href="{escape_markup(one.url)}">{escape_markup(words)}</a></li>\n'
        for one, words in attachments_of(article)
    ]
    return f'<ul class="files">\n{"".join(items)}</ul>\n' if items else ""


def body_html(article: Article) -> str:
    """The paragraphs as HTML."""
    return "".join(_elements(blocks_of(article)))


def _elements(blocks: Iterator[Block]) -> Iterator[str]:
    around = ""
    for block in blocks:
        wanted = {"item": "ul", "row": "table"}.get(block.kind, "")
        if wanted != around:
            yield f"</{around}>\n" if around else ""
            yield f"<{wanted}>\n" if wanted else ""
            around = wanted
        yield _element(block)
    yield f"</{around}>\n" if around else ""


def _element(block: Block) -> str:
    if block.kind == "row":
        return "<tr>" + "".join(f"<td>{escape_markup(cell)}</td>" for cell in block.text.split(" | ")) + "</tr>\n"
    text = _with_strong(block)
    if block.kind == "item":
        indent = f' style="margin-left:{2 * (min(block.level, 9) - 1)}em"' if block.level > 1 else ""
        return f"<li{indent}>{text}</li>\n"
    if block.kind == "heading":
        depth = min(max(block.level, 1) + 1, 6)
        return f"<h{depth}>{text}</h{depth}>\n"
    return f"<p><em>{text}</em></p>\n" if block.kind == "caption" else f"<p>{text}</p>\n"


def _with_strong(block: Block) -> str:
    parts, position = [], 0
    for start, end in block.strong:
        if position <= start < end <= len(block.text):
            parts += [
                escape_markup(block.text[position:start]),
                f"<strong>{escape_markup(block.text[start:end])}</strong>",
            ]
            position = end
    return "".join(parts) + escape_markup(block.text[position:])
