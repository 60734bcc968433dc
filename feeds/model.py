"""The values that all packages share: frozen, comparable, and nothing but data.

They are below every other package, so that all use the same values. All times are aware `datetime`s; the archive
writes Beijing time. All offsets count code points in one paragraph's text, without the end. msgspec makes JSON of them.
"""

from datetime import UTC, datetime, timedelta, timezone
from typing import Literal

from msgspec import Struct, structs

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
FIRST_CLOCK = datetime(2025, 1, 1, tzinfo=UTC)  # a clock that shows an earlier time is wrong: zhengwen did not exist
CLOCK_SLACK = timedelta(days=1)  # a time further in the future is a mistake, or comes from a wrong clock

BlockKind = Literal["text", "heading", "item", "row", "caption"]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "approx"]
Direction = Literal["level", "up", "down"]
GroupStatus = Literal["complete", "short", "over", "open", "unlisted", "undeclared"]


class Secret(Struct, frozen=True):
    """A text that no message, log, export or archive has: the text, or the variable or file that has it."""

    text: str = ""
    env: str = ""
    file: str = ""

    def __repr__(self) -> str:
        return "Secret(…)"


class RequestSettings(Struct, frozen=True, kw_only=True):
    """The settings that only the requests of one source have. `login` is user and password, or `user:password` as one.

    `ca` is the path of a file of certificate authorities. All but `proxy` are for the source's own host.
    """

    headers: tuple[tuple[str, Secret], ...] = ()
    user_agent: str = ""
    login: tuple[Secret, ...] = ()
    cookie: Secret | None = None
    ca: str = ""
    proxy: Secret | None = None


PLAIN_REQUESTS = RequestSettings()


class Source(Struct, frozen=True, kw_only=True):
    """One feed of config.toml. `interval` is in seconds; `category` is the path of the category of its articles.

    `kind` is one of `feeds.kinds.kind_names()`. `options` are the keys that only this kind has, with their texts.
    A `paused` source is not polled; its articles stay. `page` says whether an article's page is fetched: always, never,
    or (None) if the feed has no text. A new article with one of the `mute` words is hidden.
    """

    name: str
    kind: str
    url: str = ""
    channel: str = ""
    category: tuple[str, ...] = ()
    interval: int = 300
    pages: int = 3
    paused: bool = False
    options: tuple[tuple[str, str], ...] = ()
    page: bool | None = None
    mute: tuple[str, ...] = ()
    request: RequestSettings = PLAIN_REQUESTS

    @property
    def plain(self) -> "Source":
        """The source without its request settings, for workers and outputs: none of them needs a secret."""
        return self if self.request is PLAIN_REQUESTS else structs.replace(self, request=PLAIN_REQUESTS)


class FetchLimits(Struct, frozen=True, kw_only=True):
    """The limits of requests to servers, in seconds and bytes. `per_host` counts requests at the same time."""

    deadline: float = 30.0
    max_bytes: int = 8 * 1024 * 1024
    per_host: int = 2
    pause: float = 0.5
    redirects: int = 5
    retries: int = 2
    user_agent: str = "zhengwen (terminal news reader)"


class Validators(Struct, frozen=True):
    """The values from a server that make the next GET conditional (RFC 9110 §8.8)."""

    etag: str = ""
    last_modified: str = ""


class Page(Struct, frozen=True, kw_only=True):
    """The answer to one request: `body` is unpacked and complete; `content_type` is as the server sent it.

    `fetched` is the time of the answer, or None if the page did not come over the network.
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
        """True for a 304: there is nothing new, and `body` is empty."""
        return self.status == 304


class Attachment(Struct, frozen=True):
    """A file beside a text. `kind` is the end of its name (`pdf`, `docx`), or `file`. `size` is in bytes, or 0."""

    name: str
    url: str
    kind: str
    size: int = 0


class Entry(Struct, frozen=True, kw_only=True):
    """One article as a feed lists it. `body` is HTML if the feed contains the whole text, else None.

    `counted` says that `published` counts back from the fetch (3分钟前), so it differs a little each time. `keys` are
    the names that no other entry of its answer has (see feeds.identity); they are empty before the answer was compared.
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
    attachments: tuple[Attachment, ...] = ()


class Block(Struct, frozen=True, omit_defaults=True):
    """One paragraph of the clean text. A table gives one `row` for each line; ` | ` separates its cells.

    `level` is the depth of a heading or list item, from 1; `strong` has the bold parts as (start, end).
    """

    text: str
    kind: BlockKind = "text"
    level: int = 0
    strong: tuple[tuple[int, int], ...] = ()


class Instead(Struct, frozen=True, omit_defaults=True):
    """The file or page that an article's link leads to instead of the article's text.

    `kind` names a file (pdf, word, sheet, slides, book, ofd, print, archive, picture, audio, video, json, xml, feed,
    code, file) or a page without a text of its own: a check, a login, a notice about cookies, an error, an empty
    frame, a film (player), the same words as other pages of the site (same). `media_type` is a file's type, if any.
    """

    kind: str
    media_type: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it is a page in front of the text. The text may be there at another time; a file stays a file."""
        return self.kind in ("check", "login", "cookies", "error", "frame", "player", "same")


class Reading(Struct, frozen=True, kw_only=True):
    """An article page or a feed body after everything that is not the article was removed.

    A field that the page does not give is empty. `instead` says what was found instead of a text.
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
    attachments: tuple[Attachment, ...] = ()


class Span(Struct, frozen=True, array_like=True):
    """A part of the clean text: paragraph `p`, code points from `start` up to and without `end`. In JSON an array."""

    p: int
    start: int
    end: int


class Document(Struct, frozen=True):
    """A document that the article is about: its full title without 《》, its issuers, its number 文号 as printed."""

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
    """A list with a declared count (四大任务, `declared` 4), or a list by ordinals (`declared` None).

    `open` says that the text does not finish the list (等). `confidence` is 0 to 1. `missing` has the ordinals that
    the text skips (一是…三是…: 2), if its items have ordinals.
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
        """Whether the text lists as many items as it declares."""
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
    """An aim without a figure, to be reached by `deadline` (`2025`, `2025-06`, `2021/2025`); `text` is verbatim."""

    deadline: str
    text: str
    span: Span
    confidence: float = 1.0


class Target(Struct, frozen=True):
    """A figure to be reached by `deadline`. `value` and `unit` are as printed; `span` covers indicator and value."""

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
    """The plan structure of one article. `code` is the text's own short name for the plan (二五六三), if it gives one.

    `agencies` are the bodies that issue or speak, the leading one first, in the State Council's short forms.
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
        """A few characters for the list: the code, else complete/declared over all declared groups, else empty."""
        declared = [group for group in self.groups if group.declared]
        complete = sum(group.status == "complete" for group in declared)
        return self.code or (f"{complete}/{len(declared)}" if declared else "")


class Revision(Struct, frozen=True):
    """An earlier text of a changed article, when it was replaced, and its plan (None: an older zhengwen stored it)."""

    replaced: datetime
    title: str
    blocks: tuple[Block, ...]
    plan: Plan | None = None


class Article(Struct, frozen=True, kw_only=True):
    """One article of the archive: the data of its feed and of its page, and the plan in it.

    `keys` are all its names (docid, canonical URL, GUID; see feeds.identity); `id` is made from the first. `published`
    is never None: if neither feed nor page gives a time, it is `seen`, and `dated` is False. If there are no `blocks`,
    `instead` may say what the link leads to.
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
    attachments: tuple[Attachment, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        """The clean text, one string for each block. Every Span counts in it."""
        return [block.text for block in self.blocks]

    def paragraph(self, p: int) -> str:
        """The text of a block; "" if the text has no such block (it may be taken away after its plan was read)."""
        return self.blocks[p].text if 0 <= p < len(self.blocks) else ""


class Flags(Struct, frozen=True):
    """The reader's marks of an article. Each field is a mark (see docs/adding/mark.md); a new one is the last.

    `apart`: took it out of its duplicate group. `note`: what the reader wrote about it. `hidden`: a rule, mute words or
    the reader took it out of all lists and counts; `is:hidden` finds it.
    """

    read: bool = False
    starred: bool = False
    tags: tuple[str, ...] = ()
    apart: bool = False
    note: str = ""
    hidden: bool = False


class Fault(Struct, frozen=True):
    """An expected failure as a value: an English template, which is also the key of the catalogue, and its values.

    If one of the values is a fault, it is the reason for this one.
    """

    template: str
    values: "dict[str, str | int | Fault]" = {}

    def __str__(self) -> str:
        return self.template.format(**self.values)
