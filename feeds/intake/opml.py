"""OPML: the list of feeds that other readers write (newsboat, Miniflux, FreshRSS) → sources, and sources → OPML.

Folders are categories. A file from outside is hostile: entities, great depth and great length are refused. Kinds of
zhengwen that no other reader has keep their keys in attributes of a namespace of their own.
"""

import xml.parsers.expat as expat  # noqa: PLR0402 -- entities are refused before they are expanded
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import quoteattr

from msgspec import Struct, structs

from feeds.config.editing import free_name
from feeds.config.loading import category_path_of
from feeds.config.tables import SOURCE_BOUNDS
from feeds.controls import excerpt
from feeds.errors import ParseError, phrase
from feeds.identity import canonical_url
from feeds.kinds import address_of, kind_names, kind_of
from feeds.model import Fault, Source
from feeds.parse.encoding import text_of
from feeds.parse.safety import URL_LIMIT, clean

_LONGEST = 5_000_000  # bytes
_DEEPEST = 50
_MOST = 5_000  # sources of one file
_TOLD = 20  # outlines of one file that are named because they are no sources
_NAME = 200
_SPACE = "https://zhengwen.example/opml"
_OWN = f"{_SPACE} "
_FEED_TYPES = ("", "rss", "atom", "rdf", "rss1", "link", "feed", "include")


class Outline(Struct, frozen=True):
    """The content of an OPML file: sources, and how many outlines are no source that zhengwen can read.

    `faults` has the reasons for the first of these.
    """

    sources: tuple[Source, ...]
    faults: tuple[Fault, ...] = ()
    unread: int = 0


def sources_in(data: bytes, name: str) -> Outline:
    """The sources of an OPML file, in its order. Raises ParseError; `name` is the file's, for the message."""
    if len(data) > _LONGEST:
        raise ParseError("{name}: is longer than {limit} bytes", name=name, limit=_LONGEST)
    text = text_of(data)  # in GBK and other encodings too, declared or not
    if not text.strip():
        raise ParseError("{name}: is empty", name=name)
    reading = _Reading(name)
    parser = expat.ParserCreate("utf-8", " ")  # whatever the file declares
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.EntityDeclHandler = reading.refuse_entities
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise ParseError(
            "{name}: is not XML; the fault is in line {line}, column {column}",
            name=name, line=error.lineno, column=error.offset + 1,
        ) from None  # fmt: skip
    if not reading.is_opml:
        raise ParseError("{name}: is no OPML", name=name)
    return Outline(tuple(reading.sources), tuple(reading.faults), reading.unread)


class _Reading:
    """The outlines of a file, while it is read."""

    def __init__(self, name: str) -> None:
        self.sources: list[Source] = []
        self.faults: list[Fault] = []
        self.unread = 0
        self.is_opml = False
        self._name = name
        self._depth = 0
        self._folders: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ParseError("{name}: is nested too deeply", name=self._name)
        if self._depth == 1:
            self.is_opml = tag.lower() == "opml"
        if tag.lower() != "outline":
            return
        given = {key if key.startswith(_OWN) else key.lower(): value for key, value in attributes.items()}
        title = clean(given.get("text") or given.get("title") or "", _NAME)
        address = given.get("xmlurl", "").strip()
        if not address and given.get("type", "").lower() in ("rss", "atom"):
            address = given.get("url", "").strip()  # as some readers write it
        kind = given.get(f"{_OWN}kind", "")
        is_folder = not (address or kind) and given.get("type", "").lower() in ("", "folder", "category")
        self._folders.append(title if is_folder else "")
        if not is_folder:
            self._take(title, address, kind, given)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if tag.lower() == "outline":
            self._folders.pop()

    def refuse_entities(self, *_: object) -> None:
        raise ParseError("{name}: declares entities, which are not read", name=self._name)

    def _take(self, title: str, address: str, kind: str, given: dict[str, str]) -> None:
        source = Source(name=title or clean(address, _NAME), kind=kind or "rss", url=address)
        folders = [part for folder in self._folders for part in category_path_of(folder)]
        source = structs.replace(source, category=tuple(folders))
        if kind in kind_names():
            source = _with_own_keys(source, given)
        fault = _fault_of(source, given)
        if fault is None and len(self.sources) >= _MOST:
            raise ParseError("{name}: lists more than {limit} sources", name=self._name, limit=_MOST)
        if fault is None:
            self.sources.append(source)
            return
        self.unread += 1
        if len(self.faults) < _TOLD:
            self.faults.append(fault)


def _with_own_keys(source: Source, given: dict[str, str]) -> Source:
    own = {key.removeprefix(_OWN): value for key, value in given.items() if key.startswith(_OWN)}
    numbers = {key: int(own[key]) for key in SOURCE_BOUNDS if own.get(key, "").isdecimal() and len(own[key]) < 10}
    numbers = {key: value for key, value in numbers.items() if SOURCE_BOUNDS[key][0] <= value <= SOURCE_BOUNDS[key][1]}
    options = tuple((key, clean(own[key], _NAME)) for key in sorted(kind_of(source.kind).own_keys) if own.get(key))
    channel, url = clean(own.get("channel", ""), _NAME), own.get("url", "")
    paused, page = own.get("paused") == "true", {"true": True, "false": False}.get(own.get("page", ""))
    mute = tuple(filter(None, (clean(word, _NAME) for word in own.get("mute", "").split("\n"))))
    source = structs.replace(source, channel=channel, url=url, options=options, paused=paused, page=page)
    return structs.replace(source, mute=mute, **numbers)


def _fault_of(source: Source, given: dict[str, str]) -> Fault | None:
    """Why an outline is no source; None if it is one."""
    kind = given.get("type", "").lower()
    if source.kind not in kind_names() or (source.kind == "rss" and kind not in _FEED_TYPES):
        what = excerpt(given.get("type", "") or source.kind)
        return Fault("{name}: zhengwen does not read sources of the type {kind}", {"name": source.name, "kind": what})
    values = {**dict(source.options), "url": source.url, "channel": source.channel}
    is_clean = source.url == clean(source.url, URL_LIMIT)
    wrong = kind_of(source.kind).first_wrong_key(values) if is_clean else None
    if wrong or not is_clean:
        expected = wrong[1] if wrong else phrase("an http or https address")
        return Fault("{name}: expected {expected}", {"name": source.name or "?", "expected": expected})
    return None


def new_sources(found: Sequence[Source], known: Sequence[Source]) -> list[Source]:
    """The sources that are not known yet, each once. One with the name of another gets a number."""
    seen, names = {_identity(source) for source in known}, {source.name for source in known}
    fresh = []
    for source in found:
        if _identity(source) in seen:
            continue
        name = free_name(source.name, names)
        seen.add(_identity(source))
        names.add(name)
        fresh.append(structs.replace(source, name=name))
    return fresh


def _identity(source: Source) -> tuple[object, ...]:
    url = source.url if kind_of(source.kind).has_files else canonical_url(source.url)
    return source.kind, url, source.channel, source.options


def opml_of(sources: Iterable[Source]) -> str:
    """The sources as OPML 2.0, in folders by category."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:zhengwen="{_SPACE}">',
        "<head><title>zhengwen</title></head>",
        "<body>",
    ]
    open_folders: tuple[str, ...] = ()
    for source in sources:
        folders = () if source.category == (source.name,) else source.category
        common = 0
        while common < min(len(folders), len(open_folders)) and folders[common] == open_folders[common]:
            common += 1
        lines += ["</outline>"] * (len(open_folders) - common)
        lines += [f"<outline text={quoteattr(folder)}>" for folder in folders[common:]]
        open_folders = folders
        lines.append(_outline_of(source))
    lines += ["</outline>"] * len(open_folders)
    return "\n".join([*lines, "</body>", "</opml>", ""])


def _outline_of(source: Source) -> str:
    default = Source(name="", kind="rss")
    values = {"text": source.name, "title": source.name, "type": "rss"}
    values["xmlUrl"] = source.url if kind_of(source.kind).has_files else address_of(source)
    own = {"interval": str(source.interval), "pages": str(source.pages)}
    own = {key: value for key, value in own.items() if value != str(getattr(default, key))}
    own |= {"paused": "true"} if source.paused else {}
    own |= {"mute": "\n".join(source.mute)} if source.mute else {}
    own |= {} if source.page is None else {"page": str(source.page).lower()}
    if own or source.kind != "rss":
        own |= {"kind": source.kind, "url": source.url, "channel": source.channel, **dict(source.options)}
    values |= {f"zhengwen:{key}": value for key, value in own.items() if value}
    return f"<outline {' '.join(f'{key}={quoteattr(value)}' for key, value in values.items())}/>"
