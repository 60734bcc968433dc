"""A well-formed feed of RSS or Atom that has only the usual elements, read as feedparser reads it.

feedparser takes 390 µs for an item, this 50 µs. Most feeds need little of what feedparser can do. So `plain_feed` reads
those, and leaves every other document to feedparser: one with another element or attribute, with an element inside a
text, with a document type, or that is no XML. For the values that `reading` uses its results are those of feedparser;
tests/kinds/test_wellformed.py compares them.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from xml.etree import ElementTree as ET

from feedparser import FeedParserDict
from feedparser.html import _cp1252

_HEAD = re.compile(r"\A(<\?xml\s+version=[\"']1\.0[\"'][^<>]{0,100}\?>)?\s*<(?:rss|feed)[\s>]")
_DECLARATION = re.compile(r"<!(?!\[CDATA\[|--)")
_NAMESPACE = re.compile(r"xmlns(?::([^\s=]{1,100}))?\s{0,8}=\s{0,8}[\"']([^\"']*)[\"']")
_ATOM = "http://www.w3.org/2005/atom"
# The prefix that feedparser gives the elements of a namespace (in lower case).
_PREFIXES = {
    _ATOM: "",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/slash/": "slash:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://wellformedweb.org/commentapi/": "wfw:",
    "http://search.yahoo.com/mrss/": "media:",
}
_STANDARD = {prefix.rstrip(":"): namespace for namespace, prefix in _PREFIXES.items() if prefix}
_TYPES = {"text": "text/plain", "html": "text/html", "text/plain": "text/plain", "text/html": "text/html"}
_CONTROL = re.compile("[\x80-\x9f]")
_SLASHES = re.compile("^([A-Za-z][A-Za-z0-9+-.]*://)(/*)(.*?)")
_REFERENCE = re.compile("&([A-Za-z0-9_]+);")
_PERSON = frozenset({"name", "email", "uri", "url"})
_IMAGE = frozenset({"title", "link", "url", "width", "height", "description"})
# Elements without elements inside whose values nobody here reads: of an item, and of a feed.
_UNREAD = frozenset({"comments", "slash:comments", "wfw:comment", "wfw:commentrss", "rights"})
_UNREAD_OF_FEED = frozenset(
    {
        *_UNREAD,
        *("title", "subtitle", "description", "language", "copyright", "managingeditor", "webmaster", "pubdate"),
        *("published", "updated", "lastbuilddate", "ttl", "docs", "cloud", "rating", "icon", "logo", "category"),
        *("sy:updateperiod", "sy:updatefrequency", "sy:updatebase"),
    }
)


class _UnusualFeed(Exception):
    """The document has something that feedparser must read."""


def plain_feed(text: str) -> FeedParserDict | None:
    """The feed as feedparser gives it: `version`, `feed` and `entries`. None for a document that is not plain."""
    head = _HEAD.match(text)
    if head is None or _DECLARATION.search(text) or not _are_usual(_NAMESPACE.findall(text)):
        return None
    parser = ET.XMLParser(encoding="utf-8")  # noqa: S314 -- no document type, so nothing is expanded
    try:
        parser.feed(text[len(head[1] or "") :].encode())
        return _feed_of(parser.close())
    except (ET.ParseError, _UnusualFeed):
        return None


def _are_usual(namespaces: list[tuple[str, str]]) -> bool:
    """Whether no prefix of these has two meanings, and none decides about the kind of feed."""
    return all(
        _STANDARD.get(prefix, uri.lower()) == uri.lower() and not uri.lower().endswith(("/rss/1.0/", "/simple/0.9/"))
        for prefix, uri in namespaces
    )


def _feed_of(root: ET.Element) -> FeedParserDict:
    name = _name_of(root)
    if root.tag == "rss":
        if [child.tag for child in root] != ["channel"] or set(root.attrib) - {"version"}:
            raise _UnusualFeed
        (channel,), version = root, "rss20"
    elif name == "feed" and root.tag != "feed":
        channel, version = root, "atom10"
        if set(root.attrib) - {"{http://www.w3.org/XML/1998/namespace}lang"}:
            raise _UnusualFeed
    else:
        raise _UnusualFeed
    feed, entries = _Feed(), []
    for element in channel:
        name = _name_of(element)
        if name == ("entry" if version == "atom10" else "item"):
            if element.attrib:
                raise _UnusualFeed
            entries.append(_item_of(element))
        else:
            feed.take(name, element)
    return FeedParserDict(version=version, feed=feed.values, entries=entries)


def _name_of(element: ET.Element) -> str:
    """The name that feedparser gives the element, with its prefix."""
    namespace, _, local = element.tag.rpartition("}")
    if not namespace:
        return local.lower()
    prefix = _PREFIXES.get(namespace[1:].lower())
    if prefix is None:
        raise _UnusualFeed
    return prefix + local.lower()


def _item_of(element: ET.Element) -> FeedParserDict:
    item = _Item()
    for child in element:
        item.take(_name_of(child), child)
    return item.values


def _attributes_of(element: ET.Element, allowed: frozenset[str]) -> dict[str, str]:
    found = {name.lower(): value for name, value in element.attrib.items()}
    if found.keys() - allowed:
        raise _UnusualFeed
    return found


def _text_of(element: ET.Element, allowed: frozenset[str] = frozenset()) -> str:
    """The text of an element without elements inside, and with no other attributes than those `allowed`."""
    if len(element):
        raise _UnusualFeed
    if element.attrib:
        _attributes_of(element, allowed)
    return _repair((element.text or "").strip())


def _repair(text: str) -> str:
    """The text as feedparser repairs it: UTF-8 that was read as Latin-1, and characters of Windows-1252."""
    if text.isascii():
        return text
    with suppress(ValueError):
        text = text.encode("latin-1").decode()
    return text.translate(_cp1252) if _CONTROL.search(text) else text


def _address(text: str) -> str:
    return _SLASHES.sub(r"\1\3", text)


_NONE: frozenset[str] = frozenset()
_TYPED = frozenset({"type"})
_LINK = frozenset({"href", "rel", "type", "title", "hreflang", "length"})
_MEDIA = frozenset({"url", "type", "medium", "width", "height", "filesize", "length", "duration", "isdefault"})


class _Part:
    """The common part of a feed and an item: an address, links, texts that nobody reads."""

    def __init__(self) -> None:
        self.values = FeedParserDict()

    def take_link(self, element: ET.Element) -> None:
        """Take an address in an attribute, as Atom has it."""
        if len(element):
            raise _UnusualFeed
        given = _attributes_of(element, _LINK)
        if "href" not in given:
            raise _UnusualFeed
        given["rel"] = given.get("rel", "alternate").lower()
        usual = "application/atom+xml" if given["rel"] == "self" else "text/html"
        given["type"] = given.get("type", usual).lower()
        given["href"] = _address(given["href"])
        self.values.setdefault("links", []).append(FeedParserDict(given))
        kind = {"html": "text/html", "xhtml": "application/xhtml+xml"}.get(given["type"], given["type"])
        if given["rel"] == "alternate" and kind in ("text/html", "application/xhtml+xml"):
            self.values["link"] = given["href"]

    def take_written_link(self, text: str) -> None:
        """Take an address in the text, as RSS has it."""
        text = _REFERENCE.sub(r"&\g<1>", text)
        self.values["link"] = text
        self.values.setdefault("links", []).append(
            FeedParserDict(rel="alternate", type="text/html", **({"href": text} if text else {}))
        )

    def take_id(self, element: ET.Element) -> None:
        """Take the id, which is the address too if there is no other, unless the feed denies that."""
        text = _text_of(element, frozenset({"ispermalink"}))
        is_link = next(iter(element.attrib.values()), "true") == "true"
        self.values["id"] = _address(text) if is_link else text
        self.values["guidislink"] = is_link and "link" not in self.values
        if is_link:
            self.values.setdefault("link", self.values["id"])

    def take_unread(self, name: str, element: ET.Element) -> None:
        """Leave out what nobody reads; raise _UnusualFeed if it is more than a text."""
        inside = _PERSON if name in ("author", "contributor") else _IMAGE if name == "image" else _NONE
        if any(len(child) or child.attrib or _name_of(child) not in inside for child in element):
            raise _UnusualFeed


class _Feed(_Part):
    """The values of a feed beside its items."""

    def take(self, name: str, element: ET.Element) -> None:
        """Take an element of the feed."""
        if name == "link":
            if element.attrib:
                self.take_link(element)
            else:
                self.take_written_link(_address(_text_of(element)))
        elif name == "generator":
            self.values["generator"] = _text_of(element, frozenset({"uri", "version", "url", "href"}))
        elif name == "id":
            self.take_id(element)
        elif name in ("author", "contributor", "image") or name in _UNREAD_OF_FEED:
            self.take_unread(name, element)
        else:
            raise _UnusualFeed


class _Item(_Part):
    """The values of an item. feedparser keeps the last of several elements of one name, but the first title."""

    def __init__(self) -> None:
        super().__init__()
        self._has_title = self._has_content = False

    def take(self, name: str, element: ET.Element) -> None:
        """Take an element of the item."""
        if reader := _READERS.get(name):
            reader(self, element)
        elif key := _PLAIN.get(name):
            self.values[key] = _text_of(element)
        elif name in _UNREAD:
            self.take_unread(name, element)
        else:
            raise _UnusualFeed

    def take_title(self, element: ET.Element) -> None:
        if len(element) or self._has_title:
            raise _UnusualFeed
        self._take_text("title", element, "text/plain")
        self._has_title = bool(self.values["title"])

    def take_summary(self, element: ET.Element, usual: str = "text/plain") -> None:
        """Take a description or a summary. The second one in front of a content is itself a content."""
        if "summary" in self.values and not self._has_content:
            self.take_content(element, "text/plain")
        else:
            self._take_text("summary", element, usual)

    def take_description(self, element: ET.Element) -> None:
        self.take_summary(element, "text/html")

    def take_content(self, element: ET.Element, usual: str = "text/html") -> None:
        kind, text = _type_of(element, usual), _text_of(element, _TYPED)
        self._has_content = True
        self.values.setdefault("content", []).append(FeedParserDict(type=kind, value=text))
        self.values.setdefault("summary", text)

    def take_atom_content(self, element: ET.Element) -> None:
        self.take_content(element, "text/plain")

    def _take_text(self, name: str, element: ET.Element, usual: str) -> None:
        self.values[name] = _text_of(element, _TYPED)
        self.values[f"{name}_detail"] = FeedParserDict(type=_type_of(element, usual), value=self.values[name])

    def take_item_link(self, element: ET.Element) -> None:
        if element.attrib:
            self.take_link(element)
        else:
            self.take_written_link(_address(_text_of(element)).replace("&amp;", "&"))

    def take_author(self, element: ET.Element) -> None:
        """Take an author: as Atom has it the name and the address for mail, else the text."""
        if not len(element):
            self.values["author"] = _text_of(element)
            return
        if "author" in self.values:
            raise _UnusualFeed
        told: dict[str, str] = {}
        for child in element:
            if len(child) or child.attrib or (name := _name_of(child)) not in _PERSON or (child.tail or "").strip():
                raise _UnusualFeed
            told[name] = (child.text or "").strip()
        if (element.text or "").strip() or element.attrib:
            raise _UnusualFeed
        name, mail = told.get("name", ""), told.get("email", "")
        self.values["author"] = f"{name} ({mail})" if name and mail else name or mail

    def take_category(self, element: ET.Element) -> None:
        given = _attributes_of(element, frozenset({"term", "scheme", "label", "domain"}))
        tags = self.values.setdefault("tags", [])
        term, scheme, label = given.get("term"), given.get("scheme", given.get("domain")), given.get("label")
        if term or scheme or label:
            _add_tag(tags, term, scheme, label)
        text = _text_of(element, frozenset(given))
        if text and tags and not tags[-1]["term"]:
            tags[-1]["term"] = text
        elif text:
            _add_tag(tags, text, None, None)

    def take_source(self, element: ET.Element) -> None:
        text = _text_of(element, frozenset({"url"}))
        self.values["source"] = FeedParserDict({"title": text} if text else {})
        self._has_title = False

    def take_enclosure(self, element: ET.Element) -> None:
        given = self._media(element)
        if url := given.pop("url", ""):
            given["href"] = url
        given["rel"] = "enclosure"
        self.values.setdefault("links", []).append(FeedParserDict(given))

    def take_media(self, element: ET.Element) -> None:
        self.values.setdefault("media_content", []).append(self._media(element))

    def take_thumbnail(self, element: ET.Element) -> None:
        self.values.setdefault("media_thumbnail", []).append(self._media(element))

    def _media(self, element: ET.Element) -> dict[str, str]:
        given = _attributes_of(element, _MEDIA)
        if len(element) or (element.text or "").strip():
            raise _UnusualFeed
        return {name: value.lower() if name == "type" else value for name, value in given.items()}


def _type_of(element: ET.Element, usual: str) -> str:
    kind = _TYPES.get(element.attrib.get("type", usual).lower())
    if kind is None:
        raise _UnusualFeed
    return kind


def _add_tag(tags: list[FeedParserDict], term: str | None, scheme: str | None, label: str | None) -> None:
    tag = FeedParserDict(term=term, scheme=scheme, label=label)
    if tag not in tags:
        tags.append(tag)


_PLAIN = {"pubdate": "published", "published": "published", "updated": "updated", "dc:date": "updated"}
_READERS: dict[str, Callable[[_Item, ET.Element], None]] = {
    "title": _Item.take_title,
    "link": _Item.take_item_link,
    "guid": _Item.take_id,
    "id": _Item.take_id,
    "description": _Item.take_description,
    "summary": _Item.take_summary,
    "content:encoded": _Item.take_content,
    "content": _Item.take_atom_content,
    "author": _Item.take_author,
    "dc:creator": _Item.take_author,
    "category": _Item.take_category,
    "dc:subject": _Item.take_category,
    "source": _Item.take_source,
    "enclosure": _Item.take_enclosure,
    "media:content": _Item.take_media,
    "media:thumbnail": _Item.take_thumbnail,
}
