"""The values that travel through the house: frozen, comparable, and nothing but data.

They stand here, below every room, so that fetch, parse, plan and archive can speak of the same things without
importing one another. All times are aware `datetime`s; the archive writes them in Beijing time. All offsets are code
points, half-open, counted inside one paragraph's text. msgspec gives them JSON both ways.
"""

from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

from msgspec import Struct

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
FIRST_CLOCK = datetime(2025, 1, 1, tzinfo=UTC)  # a clock that shows an earlier time is wrong: we did not exist
CLOCK_SLACK = timedelta(days=1)  # what lies further ahead of a clock is a slip, or was dated by a wrong clock

SourceKind = Literal["roll", "live", "rss", "posts"]
BlockKind = Literal["text", "heading", "item", "row", "caption"]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "approx"]
Direction = Literal["level", "up", "down"]
GroupStatus = Literal["complete", "short", "over", "open", "unlisted", "undeclared"]
Outcome = Literal["ok", "unchanged", "failed"]


class Source(Struct, frozen=True, kw_only=True):
    """One feed of config.toml. `interval` in seconds; `category` is the path its articles are filed under."""

    name: str
    kind: SourceKind
    url: str = ""
    channel: str = ""
    category: tuple[str, ...] = ()
    interval: int = 300
    pages: int = 3


class FetchLimits(Struct, frozen=True, kw_only=True):
    """How we behave towards other people's servers. Seconds and bytes; `per_host` counts requests in flight."""

    deadline: float = 30.0
    max_bytes: int = 8 * 1024 * 1024
    per_host: int = 2
    pause: float = 0.5
    redirects: int = 5
    retries: int = 2
    user_agent: str = "zhengwen (terminal news reader)"


class Validators(Struct, frozen=True):
    """What a server gave to make the next GET conditional (RFC 9110 §8.8)."""

    etag: str = ""
    last_modified: str = ""


class Page(Struct, frozen=True, kw_only=True):
    """One answered request: `body` is decompressed and whole; `content_type` as the server sent it.

    `fetched` is when it came, None for what did not come over the network.
    """

    url: str
    body: bytes
    status: int = 200
    content_type: str = ""
    validators: Validators = Validators()
    redirects: int = 0
    fetched: datetime | None = None

    @property
    def not_modified(self) -> bool:
        """True for a 304: nothing new, and `body` is empty."""
        return self.status == 304


class Entry(Struct, frozen=True, kw_only=True):
    """One item as a feed lists it. `body` is HTML when the feed carries the whole text, else None.

    `counted` says that `published` counts back from the fetch (3分钟前), so that it differs a little each time.
    `keys` are the names that its answer leaves it (see feeds.identity); empty where nobody looked at the answer.
    """

    source: str
    title: str
    url: str = ""
    guid: str = ""
    docid: str = ""
    author: str = ""
    origin: str = ""
    category: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    summary: str = ""
    headimg: str = ""
    thumbnail: str = ""
    body: str | None = None
    flash: bool = False
    counted: bool = False
    keys: tuple[str, ...] = ()


class Block(Struct, frozen=True, omit_defaults=True):
    """One paragraph of the reading view. A table gives one `row` a line, its cells parted by ` | `.

    `level` is a heading's or list item's depth from 1; `strong` holds the bold stretches as (start, end).
    """

    text: str
    kind: BlockKind = "text"
    level: int = 0
    strong: tuple[tuple[int, int], ...] = ()


class Instead(Struct, frozen=True, omit_defaults=True):
    """What an article's link leads to where that is not the article's text.

    `kind` names a file (pdf, word, sheet, slides, book, ofd, print, archive, picture, audio, video, json, xml, feed,
    code, file) or a page that holds no text of its own: a check, a login, a notice about cookies, an error, an empty
    frame, a film (player), the same words as other pages of the site (same). `media_type` is a file's, "" where the
    server names none.
    """

    kind: str
    media_type: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it is a page in front of the text, which may be there at another time; a file stays a file."""
        return self.kind in ("check", "login", "cookies", "error", "frame", "player", "same")


class Reading(Struct, frozen=True, kw_only=True):
    """What an article page or a feed body says once everything foreign is gone. Empty strings where it is silent.

    `instead` says what was found in the place of a text.
    """

    blocks: tuple[Block, ...] = ()
    title: str = ""
    origin: str = ""
    author: str = ""
    editor: str = ""
    keywords: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    headimg: str = ""
    docid: str = ""
    url: str = ""
    instead: Instead | None = None


class Span(Struct, frozen=True, array_like=True):
    """A stretch of the reading view: paragraph `p`, code points `start` to `end`, half-open. In JSON an array."""

    p: int
    start: int
    end: int


class Document(Struct, frozen=True):
    """A document the article is about: its full title without 《》, who issues it, its 文号 as printed."""

    title: str
    issuers: tuple[str, ...] = ()
    number: str | None = None
    span: Span | None = None


class Item(Struct, frozen=True):
    """One part of a group, in the text's own words."""

    title: str
    span: Span
    items: tuple["Item", ...] = ()
    groups: tuple["Group", ...] = ()


class Group(Struct, frozen=True):
    """A declared count (四大任务, `declared` 4) or an enumeration by ordinals (`declared` None).

    `open` says that the text itself leaves the list unfinished (等). `confidence` is 0 to 1. `missing` are the
    ordinals that the text skips (一是…三是…: 2), where its items have any.
    """

    label: str
    declared: int | None
    span: Span
    items: tuple[Item, ...] = ()
    open: bool = False
    confidence: float = 1.0
    missing: tuple[int, ...] = ()

    @property
    def status(self) -> GroupStatus:
        """Whether the text kept its promise."""
        if self.declared is None:
            return "undeclared"
        if not self.items:
            return "unlisted"
        if len(self.items) == self.declared:
            return "complete"
        if len(self.items) > self.declared:
            return "over"
        return "open" if self.open else "short"


class Goal(Struct, frozen=True):
    """What shall be by `deadline` (`2025`, `2025-06`, `2021/2025`), without a figure; `text` is verbatim."""

    deadline: str
    text: str
    span: Span
    confidence: float = 1.0


class Target(Struct, frozen=True):
    """A figure to be reached by `deadline`. `value` and `unit` as printed; `span` holds indicator and value both."""

    indicator: str
    comparator: Comparator
    direction: Direction
    value: str
    unit: str
    deadline: str
    baseline: str | None
    span: Span
    confidence: float = 1.0


class Plan(Struct, frozen=True):
    """The plan structure of one article. `code` is the text's own shorthand for it (二五六三), if it gives one.

    `agencies` are the bodies that issue or speak, the first one leading, in the State Council's short forms.
    """

    documents: tuple[Document, ...] = ()
    groups: tuple[Group, ...] = ()
    goals: tuple[Goal, ...] = ()
    targets: tuple[Target, ...] = ()
    agencies: tuple[str, ...] = ()
    code: str = ""

    def __bool__(self) -> bool:
        """True when there is any structure to show."""
        return bool(self.documents or self.groups or self.goals or self.targets)

    @property
    def badge(self) -> str:
        """A few cells for the list: the code, else listed/declared over all declared groups, else empty."""
        if self.code:
            return self.code
        declared = [group for group in self.groups if group.declared]
        if not declared:
            return ""
        return f"{sum(group.status == 'complete' for group in declared)}/{len(declared)}"


class Revision(Struct, frozen=True):
    """An earlier text of a changed article, and when it was replaced."""

    replaced: datetime
    title: str
    blocks: tuple[Block, ...]


class Article(Struct, frozen=True, kw_only=True):
    """One article of the archive: what the feed said, what the page said, and the plan in it.

    `keys` are all names it is known by (docid, canonical URL, GUID; see feeds.identity); `id` is made of the first.
    `published` is never None: where neither feed nor page gives a time it is `seen`, and `dated` is False. Where there
    are no `blocks`, `instead` may say what the link leads to.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    published: datetime
    seen: datetime
    url: str = ""
    guid: str = ""
    sources: tuple[str, ...] = ()
    categories: tuple[tuple[str, ...], ...] = ()
    origin: str = ""
    author: str = ""
    editor: str = ""
    keywords: tuple[str, ...] = ()
    updated: datetime | None = None
    summary: str = ""
    headimg: str = ""
    thumbnail: str = ""
    dated: bool = True
    flash: bool = False
    blocks: tuple[Block, ...] = ()
    plan: Plan = Plan()
    earlier: tuple[Revision, ...] = ()
    instead: Instead | None = None

    @property
    def paragraphs(self) -> list[str]:
        """The reading view's text, one string a block; every Span counts in it."""
        return [block.text for block in self.blocks]


class Flags(Struct, frozen=True):
    """What the reader did with an article; `apart`: took it out of the piece that it was found to be a copy of."""

    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()
    apart: bool = False


class Fault(Struct, frozen=True):
    """An expected failure as a value: an English template, also the catalogue's key, and what fills it.

    A fault among the values is the reason for this one.
    """

    template: str
    values: "dict[str, str | int | Fault]" = {}

    def __str__(self) -> str:
        return self.template.format(**self.values)


class PollerStarted(Struct, frozen=True, tag_field="event", tag="started"):
    """The poller holds the archive's lock and begins."""

    at: datetime
    sources: tuple[str, ...]


class SourceAsked(Struct, frozen=True, tag_field="event", tag="asked"):
    """A source is being fetched now."""

    at: datetime
    source: str


class SourceAnswered(Struct, frozen=True, tag_field="event", tag="answered"):
    """A source's turn is over, well or badly; `due` is its next one."""

    at: datetime
    source: str
    outcome: Outcome
    due: datetime
    new: int = 0
    changed: int = 0
    newest: datetime | None = None
    fault: Fault | None = None


class ArticleStored(Struct, frozen=True, tag_field="event", tag="stored"):
    """An article is safe on disk; `new` is False when an archived one changed. `instead`: it has no text, but this."""

    at: datetime
    id: str
    source: str
    title: str
    new: bool = True
    instead: Instead | None = None


class ArticleFetched(Struct, frozen=True, tag_field="event", tag="fetched"):
    """An article's page was asked for again by hand: the text came, or `instead`, or nothing and `fault` says why."""

    at: datetime
    id: str
    title: str
    changed: bool = False
    instead: Instead | None = None
    fault: Fault | None = None


class ArticleSetAside(Struct, frozen=True, tag_field="event", tag="set-aside"):
    """An article, or a damaged archive file, was put out of the way; `name` says which."""

    at: datetime
    name: str
    fault: Fault


class PollerStopped(Struct, frozen=True, tag_field="event", tag="stopped"):
    """The poller's last line."""

    at: datetime
    fault: Fault | None = None


PollEvent = (
    PollerStarted | SourceAsked | SourceAnswered | ArticleStored | ArticleFetched | ArticleSetAside | PollerStopped
)
