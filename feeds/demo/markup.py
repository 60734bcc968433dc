"""The light markup of the samples, and its HTML in each layout of Sina's pages.

## a sub-heading                a paragraph of its own, bold on the page
**bold**                        inside a paragraph
![caption](picture.jpg)         an image with its caption
| a | b |                       lines of a table, the first its head
- item                          lines of a list
[text](paper.pdf)               a link to a file of the publisher
[[sz000000|某公司]]              a link to a stock, with the price that Sina's pages add
{{first text|later text}}       a change of the text; an empty side leaves the paragraph out
{date} {yesterday} {month} {last_month} {year} {last_year}   the day of publication
"""

import html
import re
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from feeds.demo.samples import Layout
from feeds.model import BEIJING

Kind = Literal["text", "heading", "item", "row", "caption"]

_CHANGE = re.compile(r"\{\{(.*?)\|(.*?)\}\}", re.DOTALL)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_STOCK = re.compile(r"\[\[(\w+)\|([^\]]+)\]\]")
_FILE = re.compile(r"\[([^\[\]]+)\]\(([\w.-]+)\)")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


class Paragraph(Struct, frozen=True):
    """One paragraph of a sample. `text` has its inline markup; `picture` is the file name of a caption's picture."""

    kind: Kind
    text: str
    picture: str = ""

    @property
    def plain(self) -> str:
        """The text without markup."""
        return _FILE.sub(r"\1", _STOCK.sub(r"\2", _BOLD.sub(r"\1", self.text)))


def fill_dates(text: str, published: datetime, revision: int = 0) -> str:
    """The text at its publication: with its dates, and with the valid side of each change."""
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


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs in order. Each list item and each table row is one."""
    found: list[Paragraph] = []
    for line in text.splitlines():
        bare = line.strip()
        if not bare:
            continue
        if bare.startswith("## "):
            found.append(Paragraph("heading", bare[3:]))
        elif bare.startswith("- "):
            found.append(Paragraph("item", bare[2:]))
        elif bare.startswith("|"):
            found.append(Paragraph("row", bare.strip("|").strip()))
        elif image := _IMAGE.fullmatch(bare):
            found.append(Paragraph("caption", image[1], image[2]))
        else:
            found.append(Paragraph("text", bare))
    return tuple(found)


def html_of(paragraphs: tuple[Paragraph, ...], layout: Layout) -> str:
    """The body in a layout."""
    parts: list[str] = []
    run: list[Paragraph] = []
    for para in paragraphs:
        if run and para.kind != run[0].kind:
            parts.append(_run_html(run))
            run = []
        if para.kind in ("item", "row"):
            run.append(para)
        else:
            parts.append(_paragraph_html(para, layout))
    if run:
        parts.append(_run_html(run))
    return "\n".join(parts)


# A paragraph and a sub-heading in each layout; {0} is the inner HTML.
_PARAGRAPHS: dict[Layout, str] = {
    "finance": "<p>　　{0}</p>",
    "news": '<p cms-style="font-L">　　{0}</p>',
    "mobile": '<p class="art_p">{0}</p>',
    "classic": "<p>　　{0}</p>",
}
_HEADINGS: dict[Layout, str] = {
    "finance": "<p>　　<strong>{0}</strong></p>",
    "news": '<p cms-style="font-L">　　<font cms-style="font-L strong-Bold">{0}</font></p>',
    "mobile": '<p class="art_p"><strong>{0}</strong></p>',
    "classic": "<p>　　<strong>{0}</strong></p>",
}


def _paragraph_html(para: Paragraph, layout: Layout) -> str:
    if para.kind == "caption":
        return _image_html(para, layout)
    form = _HEADINGS[layout] if para.kind == "heading" else _PARAGRAPHS[layout]
    return form.format(_inline_html(para.text))


def _image_html(para: Paragraph, layout: Layout) -> str:
    caption = html.escape(para.text)
    image = f'<img src="//n.sinaimg.cn/demo/{html.escape(para.picture)}" alt="{caption}">'
    if layout == "mobile":
        return (
            f'<figure class="art_img_mini j_p_gallery"><div class="art_img_mini_img">{image}</div>'
            f'<h2 class="art_img_tit">{caption}</h2></figure>'
        )
    return f'<div class="img_wrapper">{image}<span class="img_descr">{caption}</span></div>'


def _run_html(run: list[Paragraph]) -> str:
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
    return _FILE.sub(r'<a href="//n.sinaimg.cn/demo/\2">\1</a>', _STOCK.sub(_stock_html, bold))


def _stock_html(match: re.Match[str]) -> str:
    symbol, name = match[1], match[2]
    # The price is filled in, as in a page that was saved after its scripts ran. It is not part of the text.
    return (
        f'<span id="stock_{symbol}"><a href="http://finance.sina.com.cn/realstock/company/{symbol}/nc.shtml" '
        f'class="keyword" target="_blank" data-sudaclick="content_marketkeywords_p">{name}</a></span>'
        f'<span id="quote_{symbol}">(<font color="red">12.34</font>, <font color="red">0.21</font>, '
        f'<font color="red">1.73%</font>)</span>'
    )
