"""The number of items with content in a feed, counted independently of the project's own parser.

An item is an `item` or `entry` element of an RSS, RDF, CDF or Atom feed that stands in no other, and says something:
one of the elements in SAYING holds text, or names an address. An item that has none of them (only a date, an author, a
category) has nothing to be shown and does not count. A feed that a strict parser takes is counted in its tree, any
other by its tags. In JSON each value in the list that its kind names counts.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

SAYING = frozenset({"title", "link", "guid", "id", "description", "summary", "content", "encoded", "body", "abstract"})
_FEEDS = frozenset({"rss", "feed", "rdf", "channel"})
_ITEMS = frozenset({"item", "entry"})
_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_FEED = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_ITEM = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_SAYS = re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join(sorted(SAYING))})(?=[\s>])[^<>]*>\s*[^\s<]", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.-]{1,40})")


def items_in(body: bytes) -> int:
    """The items of a feed in XML; 0 for what is none."""
    try:
        root = ET.fromstring(body)  # noqa: S314 -- run by hand on suites; expat bounds what entities become
    except (ET.ParseError, ValueError, LookupError):
        return _by_tags(_decode(body))
    if _local(root) not in _FEEDS:
        return 0
    return sum(_says(item) for item in _items(root))


def _items(node: ET.Element) -> Iterator[ET.Element]:
    for child in node:
        if _local(child) in _ITEMS:
            yield child
        else:
            yield from _items(child)


def _says(item: ET.Element) -> bool:
    return any(
        _local(child) in SAYING
        and ("".join(child.itertext()).strip() or str(child.get("href") or "").startswith("http"))
        for child in item
    )


def _local(node: ET.Element) -> str:
    return str(node.tag).rpartition("}")[2].lower()


def _decode(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    declared = _DECLARED.match(body)
    try:
        return body.decode(declared[1].decode() if declared else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _by_tags(text: str) -> int:
    seen = _UNSEEN.sub(
        lambda found: "x" if found[0].startswith("<![") and len(found[0]) > len("<![CDATA[]]>") else "", text
    )
    first = _FEED.search(seen)
    if first is None:
        return 0
    return sum(_SAYS.search(part) is not None for part in _ITEM.split(seen[first.end() :])[1:])


def rows_in(body: bytes, *path: str) -> int:
    """The values in the list that a path of keys leads to in JSON; 0 where there is none."""
    try:
        value: Any = json.loads(body.decode("utf-8-sig"), strict=False)
    except (ValueError, RecursionError):
        return 0
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return len(value) if isinstance(value, list) else 0
