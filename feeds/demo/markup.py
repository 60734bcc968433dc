"""The samples' light markup, and the HTML that each generation of Sina's pages makes of it.

## a sub-heading                a paragraph of its own, bold on the page
**bold**                        inside a paragraph
![caption](picture.jpg)         an image with its caption
| a | b |                       lines of a table, the first its head
- item                          lines of a list
[[sz000000|某公司]]              a stock link, with the quote span that Sina's pages put behind it
{{first text|later text}}       what a re-issue changes; an empty side leaves the paragraph out
{date} {yesterday} {month} {last_month} {year} {last_year}   the day of publication
"""

import html
import re
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from feeds.demo.samples import Dress
from feeds.model import BEIJING

Kind = Literal["text", "heading", "item", "row", "caption"]

_CHANGE = re.compile(r"\{\{(.*?)\|(.*?)\}\}", re.DOTALL)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_STOCK = re.compile(r"\[\[(\w+)\|([^\]]+)\]\]")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


class Para(Struct, frozen=True):
    """One paragraph of a sample: `text` still has its inline marks; `picture` is a caption's file name."""

    kind: Kind
    text: str
    picture: str = ""

    @property
    def plain(self) -> str:
        """The words alone, as a reader is to see them."""
        return _STOCK.sub(r"\2", _BOLD.sub(r"\1", self.text))


def dated(text: str, published: datetime, revision: int = 0) -> str:
    """The text as issued at `published`: day words filled in, and the side of each change that is valid."""
    day = published.astimezone(BEIJING)
    before = day - timedelta(days=1)
    last_month = 12 if day.month == 1 else day.month - 1
    words = {
        "date": f"{day.month}月{day.day}日",
        "yesterday": f"{before.month}月{before.day}日",
        "month": f"{day.month}月",
        "last_month": f"{last_month}月",
        "year": f"{day.year}年",
        "last_year": f"{day.year - 1}年",
    }
    text = _CHANGE.sub(r"\2" if revision else r"\1", text)
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def paragraphs_of(text: str) -> tuple[Para, ...]:
    """The paragraphs in order, one a list item and one a table row."""
    found: list[Para] = []
    for line in text.splitlines():
        bare = line.strip()
        if not bare:
            continue
        if bare.startswith("## "):
            found.append(Para("heading", bare[3:]))
        elif bare.startswith("- "):
            found.append(Para("item", bare[2:]))
        elif bare.startswith("|"):
            found.append(Para("row", bare.strip("|").strip()))
        elif image := _IMAGE.fullmatch(bare):
            found.append(Para("caption", image[1], image[2]))
        else:
            found.append(Para("text", bare))
    return tuple(found)


def html_of(paragraphs: tuple[Para, ...], dress: Dress) -> str:
    """The body as a page of that generation prints it."""
    parts: list[str] = []
    run: list[Para] = []
    for para in paragraphs:
        if run and para.kind != run[0].kind:
            parts.append(_run_html(run))
            run = []
        if para.kind in ("item", "row"):
            run.append(para)
        else:
            parts.append(_paragraph_html(para, dress))
    if run:
        parts.append(_run_html(run))
    return "\n".join(parts)


# How each generation writes a paragraph and a sub-heading; {0} is the inner HTML.
_PARAGRAPHS: dict[Dress, str] = {
    "finance": "<p>　　{0}</p>",
    "news": '<p cms-style="font-L">　　{0}</p>',
    "mobile": '<p class="art_p">{0}</p>',
    "classic": "<p>　　{0}</p>",
}
_HEADINGS: dict[Dress, str] = {
    "finance": "<p>　　<strong>{0}</strong></p>",
    "news": '<p cms-style="font-L">　　<font cms-style="font-L strong-Bold">{0}</font></p>',
    "mobile": '<p class="art_p"><strong>{0}</strong></p>',
    "classic": "<p>　　<strong>{0}</strong></p>",
}


def _paragraph_html(para: Para, dress: Dress) -> str:
    if para.kind == "caption":
        return _image_html(para, dress)
    form = _HEADINGS[dress] if para.kind == "heading" else _PARAGRAPHS[dress]
    return form.format(_inline_html(para.text))


def _image_html(para: Para, dress: Dress) -> str:
    caption = html.escape(para.text)
    image = f'<img src="//n.sinaimg.cn/demo/{html.escape(para.picture)}" alt="{caption}">'
    if dress == "mobile":
        return (
            f'<figure class="art_img_mini j_p_gallery"><div class="art_img_mini_img">{image}</div>'
            f'<h2 class="art_img_tit">{caption}</h2></figure>'
        )
    return f'<div class="img_wrapper">{image}<span class="img_descr">{caption}</span></div>'


def _run_html(run: list[Para]) -> str:
    if run[0].kind == "item":
        return "<ul>\n" + "\n".join(f"<li>{_inline_html(para.text)}</li>" for para in run) + "\n</ul>"
    lines = []
    for number, para in enumerate(run):
        tag = "td" if number else "th"
        cells = (f"<{tag}>{_inline_html(cell.strip())}</{tag}>" for cell in para.text.split("|"))
        lines.append("<tr>" + "".join(cells) + "</tr>")
    return '<table border="1" cellspacing="0"><tbody>\n' + "\n".join(lines) + "\n</tbody></table>"


def _inline_html(text: str) -> str:
    bold = _BOLD.sub(r"<strong>\1</strong>", html.escape(text, quote=False))
    return _STOCK.sub(_stock_html, bold)


def _stock_html(match: re.Match[str]) -> str:
    symbol, name = match[1], match[2]
    # The quote span is filled as in a page saved after its scripts ran: a reader must not take the price for text.
    return (
        f'<span id="stock_{symbol}"><a href="http://finance.sina.com.cn/realstock/company/{symbol}/nc.shtml" '
        f'class="keyword" target="_blank" data-sudaclick="content_marketkeywords_p">{name}</a></span>'
        f'<span id="quote_{symbol}">(<font color="red">12.34</font>, <font color="red">0.21</font>, '
        f'<font color="red">1.73%</font>)</span>'
    )
