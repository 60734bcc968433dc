"""Article pages in the four layouts of Sina, with the other content that real pages have around a text.

The templates are files of `shells/`, with placeholders ($title, …). The other content was written for this project, but
it is at the same places as in real pages, so that the parser has its real work.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from feeds.demo.markup import Paragraph, html_of
from feeds.demo.publisher import Flash, Story
from feeds.demo.samples import CHANNELS, Layout
from feeds.model import BEIJING

# Pages of the layout `classic` are from the years when Sina used GB2312. Later pages use UTF-8.
ENCODINGS: dict[str, str] = {"finance": "utf-8", "news": "utf-8", "mobile": "utf-8", "classic": "gb18030"}
_VIDEO = (
    '<!--video-list-->\n<div class="video-2017" id="videoList0" style=""></div>\n<script>SINA_TEXT_PAGE_INFO'
    "['videoDatas0'] = [{'title': '演示视频：两分钟看懂', 'url': 'https://video.example/0.mp4'}]</script>\n<!--/video-list-->\n"
)
_ADVERT = (
    '<div id="left_hzh_ad" style="float:left"><script>document.write("advert")</script>'
    '<ins class="sinaads" data-ad-pdps="PDPS000000000001"></ins><p>演示广告：本栏目招商中，点击了解详情</p></div>\n'
)


def page_of(story: Story, base: str, layout: Layout, related: Sequence[Story] = ()) -> str:
    """The whole page of a story in one layout."""
    local = story.published.astimezone(BEIJING)
    updated = ""
    if story.revision:
        when = f"{story.updated.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
        updated = f'<meta name="weibo: article:update_at" content="{when}">\n'
    keywords = story.sample.keywords
    channel = CHANNELS[story.sample.channels[0]]
    return _shell(layout).substitute(
        title=escape(story.title),
        head_title=escape("|".join((story.title, *keywords[:2]))),
        summary=escape(story.summary),
        origin=escape(story.sample.origin),
        keywords=escape(",".join(keywords)),
        keyword_links=" ".join(
            f'<a href="{base}/tags/{escape(word)}" target="_blank">{escape(word)}</a>' for word in keywords
        ),
        comos=story.comos,
        base=base,
        path=story.path,
        mobile_path=story.mobile_path,
        **_times(local),
        updated=updated,
        channel=escape(channel),
        body=artibody_of(story, layout),
        related="\n".join(
            f'<li><a href="{base}{other.path}" target="_blank">{escape(other.title)}</a></li>' for other in related
        ),
    )


def artibody_of(story: Story, layout: Layout = "news") -> str:
    """The content of #artibody: the text, and the other elements that Sina's pages have there."""
    original = ""
    if story.sample.original:
        original = f'<p class="ori_titlesource">　　原标题：{escape(story.sample.original)}</p>\n'
    body = html_of(story.paragraphs, layout)
    if layout == "mobile":
        return original.replace("　　", "") + body
    if layout == "news":
        body = _after_first_paragraph(body, _VIDEO + _ADVERT)
    editor = "演示一号" if layout == "finance" else "演示二号 SF000"
    return original + body + _tail().substitute(stocks=_stocks(story.paragraphs), editor=editor)


def flash_page_of(flash: Flash, base: str) -> str:
    """The page of a flash, for mobile phones."""
    title, text = flash.text, flash.text
    if flash.text.startswith("【") and "】" in flash.text:
        title, text = flash.text[1:].split("】", 1)
    local = flash.published.astimezone(BEIJING)
    blanks = dict.fromkeys(("head_title", "summary"), escape(title))
    return _shell("mobile").substitute(
        **blanks,
        title=escape(title),
        origin="演示财经7x24",
        keywords="",
        keyword_links="",
        comos=flash.comos,
        base=base,
        path=flash.path,
        mobile_path=flash.path,
        **_times(local),
        updated="",
        channel="7x24",
        body=f'<p class="art_p">{escape(text)}</p>',
        related="",
    )


def maintenance_page() -> str:
    """The page of a server that is out of order, instead of a feed."""
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>系统维护中</title></head>\n'
        "<body><h1>系统维护中</h1><p>演示站点正在维护，请稍后再来。</p></body></html>\n"
    )


def _times(local: datetime) -> dict[str, str]:
    """A time in all forms that the templates need."""
    return {
        "day": f"{local:%Y-%m-%d}",
        "created": f"{local:%Y-%m-%d %H:%M:%S}",
        "published": local.isoformat(),
        "long_date": f"{local:%Y年%m月%d日}",
        "dotted_date": f"{local:%Y.%m.%d}",
        "clock": f"{local:%H:%M}",
    }


@cache
def _shell(name: str) -> Template:
    return Template((files(__package__) / "shells" / f"{name}.html").read_text("utf-8"))


def _tail() -> Template:
    return _shell("tail")


def _stocks(paragraphs: tuple[Paragraph, ...]) -> str:
    found = [part.split("|")[0] for para in paragraphs for part in para.text.split("[[")[1:]]
    return "&".join(dict.fromkeys(found))


def _after_first_paragraph(body: str, noise: str) -> str:
    head, end, rest = body.partition("</p>\n")
    return f"{head}{end}{noise}{rest}" if rest else body
