"""Stories and flashes in the formats of feeds: roll JSON(P), the 7x24 feed, RSS 2.0, Atom and JSON Feed."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any
from xml.sax.saxutils import escape as xml_escape

from feeds.demo.publisher import Flash, Story
from feeds.demo.samples import CHANNELS
from feeds.model import BEIJING, Entry

MOST_ROWS = 80
TAGS = {1: "宏观", 3: "公司", 5: "市场", 6: "观点", 8: "央行", 9: "焦点", 10: "A股", 102: "国际"}
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,80}")


def roll_text(stories: Sequence[Story], query: dict[str, str], base: str, *, escaped: bool = True) -> str:
    """The answer of the roll API: JSON, or JSONP with `callback`. `escaped` writes Chinese as backslash-u escapes."""
    number = max(1, min(MOST_ROWS, _number(query.get("num"), 50)))
    page = max(1, _number(query.get("page"), 1))
    rows = [_roll_row(story, base) for story in stories[(page - 1) * number : page * number]]
    status = {"code": 0, "msg": "succ"}
    result = {"status": status, "total": len(stories), "lid": _number(query.get("lid"), 0), "data": rows}
    return _wrap_json({"result": result}, query.get("callback", ""), "{name}({json});", escaped=escaped)


def live_text(flashes: Sequence[Flash], query: dict[str, str], base: str, now: datetime) -> str:
    """The answer of the 7x24 feed; with `callback` exactly `try{NAME({...});}catch(e){};`."""
    if tag := _number(query.get("tag_id"), 0):
        flashes = [flash for flash in flashes if tag in flash.tags]
    size = max(1, min(100, _number(query.get("page_size") or query.get("pagesize"), 20)))
    page = max(1, _number(query.get("page"), 1))
    shown = flashes[(page - 1) * size : page * size]
    feed = {
        "list": [_live_row(flash, base) for flash in shown],
        "page_info": {
            "totalPage": -(-len(flashes) // size),
            "pageSize": size,
            "prePage": max(1, page - 1),
            "nextPage": page + 1,
            "page": page,
            "totalNum": len(flashes),
        },
        "max_id": shown[0].id if shown else 0,
        "min_id": shown[-1].id if shown else 0,
    }
    stamp = f"{now.astimezone(BEIJING):%a %b %d %H:%M:%S %z %Y}"
    result = {"status": {"code": 0, "msg": "OK"}, "timestamp": stamp, "data": {"feed": feed}}
    return _wrap_json({"result": result}, query.get("callback", ""), "try{{{name}({json});}}catch(e){{}};")


def rss_text(stories: Sequence[Story], channel: str, base: str, body_of: Callable[[Story], str]) -> str:
    """RSS 2.0 as RSSHub writes it: the whole body is in the item's description."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">\n'
        "<channel>\n"
        f"<title>{xml_escape(title_of(channel))}</title>\n<link>{base}/china/</link>\n"
        f'<atom:link href="{base}/sina/finance/china/{channel}" rel="self" type="application/rss+xml"/>\n'
        f"<description>{xml_escape(title_of(channel))}，演示用</description>\n"
        "<language>zh-cn</language>\n<ttl>5</ttl>\n"
    )
    return head + "".join(_rss_item(story, base, body_of(story)) for story in stories) + "</channel>\n</rss>\n"


def atom_text(stories: Sequence[Story], channel: str, base: str, body_of: Callable[[Story], str]) -> str:
    """Atom 1.0 (RFC 4287)."""
    updated = max((story.updated for story in stories), default=datetime.now(BEIJING)).isoformat()
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{xml_escape(title_of(channel))}</title>\n<id>{base}/sina/finance/china/{channel}</id>\n"
        f"<updated>{updated}</updated>\n"
    )
    entries = (
        f"<entry>\n<title>{xml_escape(story.title)}</title>\n<id>{base}{story.path}</id>\n"
        f'<link href="{base}{story.path}"/>\n<published>{story.published.isoformat()}</published>\n'
        f"<updated>{story.updated.isoformat()}</updated>\n<author><name>{xml_escape(story.sample.origin)}</name></author>\n"
        + "".join(f'<category term="{escape(word)}"/>\n' for word in story.sample.keywords)
        + f'<content type="html">{xml_escape(body_of(story))}</content>\n</entry>\n'
        for story in stories
    )
    return head + "".join(entries) + "</feed>\n"


def json_feed_text(stories: Sequence[Story], channel: str, base: str, body_of: Callable[[Story], str]) -> str:
    """JSON Feed 1.1 (jsonfeed.org)."""
    items = [
        {
            "id": f"{base}{story.path}",
            "url": f"{base}{story.path}",
            "title": story.title,
            "content_html": body_of(story),
            "date_published": story.published.isoformat(),
            "date_modified": story.updated.isoformat(),
            "authors": [{"name": story.sample.origin}],
            "tags": list(story.sample.keywords),
        }
        for story in stories
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title_of(channel), "items": items}
    return json.dumps(feed, ensure_ascii=False)


def entries_of(stories: Sequence[Story], base: str) -> list[Entry]:
    """The stories as entries, for a kind that lists them in its own form."""
    return [
        Entry(
            source="",
            title=story.title,
            url=f"{base}{story.path}",
            origin=story.sample.origin,
            keywords=tuple(story.sample.keywords),
            published=story.published,
            updated=story.updated,
            summary=story.summary,
        )
        for story in stories
    ]


def title_of(channel: str) -> str:
    """The name of a channel's feed."""
    return f"演示财经－{CHANNELS.get(channel, '滚动')}"


def _roll_row(story: Story, base: str) -> dict[str, Any]:
    sample = story.sample
    created, changed = str(int(story.published.timestamp())), str(int(story.updated.timestamp()))
    # Some of Sina's rows have tracking parameters. The id decides which, so that a row never changes.
    tracking = "?utm_source=demo&cre=roll" if int(story.comos[-1]) % 4 == 0 else ""
    return {
        "docid": f"comos:{story.comos}",
        "url": f"{base}{story.path}{tracking}",
        "wapurl": f"{base}{story.mobile_path}",
        "title": story.title,
        "stitle": story.title[:16],
        "intro": story.summary,
        "summary": story.summary,
        "wapsummary": "",
        "media_name": sample.origin,
        "keywords": ",".join(sample.keywords),
        "ctime": created,
        "mtime": changed,
        "intime": created,
        "lids": ",".join(sample.channels),
        "commentid": f"cj:comos-{story.comos}:0",
    }


def _live_row(flash: Flash, base: str) -> dict[str, Any]:
    local = f"{flash.published.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
    docurl = f"{base}{flash.path}" if flash.path else ""
    ext = {
        "stocks": [],
        "needPushWB": False,
        "needCMSLink": bool(docurl),
        "needCalender": False,
        "docurl": docurl,
        "docid": flash.comos if docurl else "",
    }
    return {
        "id": flash.id,
        "zhibo_id": 152,
        "type": 0,
        "rich_text": flash.text,
        "multimedia": "",
        "commentid": f"live:finance-152-{flash.id}:0",
        "compere_id": 0,
        "creator": "demo@127.0.0.1",
        "mender": "demo@127.0.0.1",
        "create_time": local,
        "update_time": local,
        "is_need_check": "0",
        "check_time": "1970-01-01 08:00:01",
        "check_status": "1",
        "check_user": "",
        "is_delete": 0,
        "top_value": 0,
        "is_focus": int(flash.focus),
        "source_content_id": "",
        "anchor_image_url": "",
        "anchor": "演示直播员",
        "ext": json.dumps(ext),
        "old_live_cid": "0",
        "tab": "",
        "is_repeat": "0",
        "tag": [{"id": str(tag), "name": TAGS[tag]} for tag in flash.tags],
        "like_nums": 0,
        "comment_list": {"list": [], "total": 0, "thread_show": 0, "qreply": 0, "qreply_show": 0, "show": 0},
        "docurl": docurl,
        "rich_text_nick_to_url": [],
        "rich_text_nick_to_routeUri": [],
        "compere_info": "",
    }


def _rss_item(story: Story, base: str, body: str) -> str:
    address = f"{base}{story.path}"
    categories = "".join(f"<category>{xml_escape(word)}</category>\n" for word in story.sample.keywords)
    return (
        f"<item>\n<title><![CDATA[{story.title}]]></title>\n<description><![CDATA[{body}]]></description>\n"
        f"<pubDate>{format_datetime(story.published.astimezone(BEIJING))}</pubDate>\n"
        f'<guid isPermaLink="true">{address}</guid>\n<link>{address}</link>\n'
        f"<author>{xml_escape(story.sample.origin)}</author>\n{categories}</item>\n"
    )


def _wrap_json(value: object, callback: str, form: str, *, escaped: bool = True) -> str:
    text = json.dumps(value, ensure_ascii=escaped, separators=(",", ":")).replace("/", "\\/")
    return form.format(name=callback, json=text) if _CALLBACK.fullmatch(callback) else text


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
