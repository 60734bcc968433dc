"""The sample articles: files of `articles/` with a small header, read once.

A file is a header of `key: value` lines between two `---` lines, then the text in the markup of feeds.demo.markup. The
folder names the channels unless the header does. A field that is missing or unknown is a fault of the file and raises.
"""

import hashlib
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, get_args

from msgspec import Struct, json

from feeds.model import BEIJING

Layout = Literal["finance", "news", "mobile", "classic"]

# pageid 155 of the roll API and, for markets abroad, pageid 384: lid → the channel's own name.
CHANNELS = {
    "1686": "国内滚动",
    "1687": "宏观经济",
    "1688": "地方经济",
    "1689": "部委动态",
    "1690": "金融新闻",
    "2676": "全球市场",
}
_BY_FOLDER = {
    "ministries": ("1689", "1686"),
    "industry": ("1689", "1686"),
    "macro": ("1687", "1686"),
    "regions": ("1688", "1686"),
    "finance": ("1690", "1686"),
    "ordinary": ("1686",),
    "abroad": ("2676", "1686"),
}
_FIELDS = {"title", "origin", "keywords", "when", "layout", "channels", "intro", "summary", "original", "shape"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Sample(Struct, frozen=True, kw_only=True):
    """One article before it is published. `when` is `-25m` (before the start), `-3 09:30` (days, clock) or `new`.

    `when` may also be a fixed date, `2026-10-08 09:30`, for the examples of the documentation. Before it the article is
    not listed. `shape` says in one line what its plan has. It is for people and tests and is never served.
    """

    slug: str
    title: str
    origin: str
    body: str
    when: str
    channels: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    layout: Layout = "finance"
    intro: str = ""
    original: str = ""
    shape: str = ""

    @property
    def comos(self) -> str:
        """The id in Sina's addresses and rows: seven letters and seven digits, always the same for one slug."""
        return comos_of(self.slug)

    @property
    def is_held_back(self) -> bool:
        """Whether the article is published later, while the server runs."""
        return self.when == "new"


class FlashSample(Struct, frozen=True, kw_only=True):
    """One item of the 7x24 feed before it is published. `tags` are those of the feed (1 宏观, 8 央行, …)."""

    text: str
    when: str
    tags: tuple[int, ...] = ()
    focus: bool = False
    title: str = ""


def comos_of(name: str) -> str:
    """An id such as `hqfskcn2160999` for any name."""
    digest = hashlib.blake2b(name.encode(), digest_size=12).digest()
    letters = "".join(_LETTERS[byte % 26] for byte in digest[:7])
    return f"{letters}{1_000_000 + int.from_bytes(digest[7:]) % 9_000_000}"


@cache
def samples() -> tuple[Sample, ...]:
    """All sample articles, by slug. The files are read once in a process."""
    folder = files(__package__) / "articles"
    found = [
        sample_of(f"{shelf.name}/{file.name.removesuffix('.md')}", file.read_text("utf-8"))
        for shelf in _sorted_files(folder)
        if shelf.name in _BY_FOLDER
        for file in _sorted_files(shelf)
        if file.name.endswith(".md")
    ]
    return tuple(found)


@cache
def flash_samples() -> tuple[FlashSample, ...]:
    """All sample items of the 7x24 feed, in the order of the file."""
    text = (files(__package__) / "articles" / "flashes.json").read_bytes()
    return tuple(json.decode(text, type=list[FlashSample]))


def sample_of(slug: str, text: str) -> Sample:
    """The sample in a file. Raises a ValueError that names the file and the mistake in its header."""
    opening, header, body = text.split("---\n", 2)
    if opening:
        message = f"{slug}: the file must begin with ---"
        raise ValueError(message)
    fields: dict[str, str] = {}
    for line in header.splitlines():
        key, colon, value = line.partition(":")
        if not colon or key not in _FIELDS or key in fields:
            message = f"{slug}: what is {line!r} in the header?"
            raise ValueError(message)
        fields[key] = value.strip()
    if missing := {"title", "origin", "when", "shape"} - fields.keys():
        message = f"{slug}: the header lacks {', '.join(sorted(missing))}"
        raise ValueError(message)
    layout = fields.get("layout", "finance")
    if layout not in get_args(Layout):
        message = f"{slug}: there is no layout {layout!r}"
        raise ValueError(message)
    return Sample(
        slug=slug,
        title=fields["title"],
        origin=fields["origin"],
        body=body.strip(),
        when=fields["when"],
        channels=tuple(fields["channels"].split()) if "channels" in fields else _BY_FOLDER[slug.partition("/")[0]],
        keywords=tuple(fields.get("keywords", "").split()),
        layout=next(known for known in get_args(Layout) if known == layout),
        intro=fields.get("intro", ""),
        original=fields.get("original", ""),
        shape=fields["shape"],
    )


def time_of(when: str, start: datetime, jitter: timedelta = timedelta()) -> datetime:
    """When an article is published: at its fixed date, else at least a minute before `start`."""
    if when.endswith("m"):
        return start + timedelta(minutes=int(when[:-1]))
    days, clock = when.split()
    if not days.removeprefix("-").isdecimal():
        return datetime.combine(date.fromisoformat(days), time.fromisoformat(clock), BEIJING)
    day = start.astimezone(BEIJING).date() + timedelta(days=int(days))
    published = datetime.combine(day, time.fromisoformat(clock), BEIJING) + jitter
    return min(published, start - timedelta(minutes=1))


def _sorted_files(folder: Traversable) -> list[Traversable]:
    return sorted(folder.iterdir(), key=lambda entry: entry.name)
