"""From posts to entries: one file or a folder of files, with the data of their front matter."""

import re
from collections.abc import Iterator
from pathlib import Path

from feeds.controls import printable
from feeds.errors import ParseError, reason_of
from feeds.model import Entry
from feeds.pages import SUFFIXES
from feeds.parse.dates import time_of
from feeds.parse.encoding import text_of
from feeds.parse.post.markdown import html_of
from feeds.parse.post.matter import Matter, parts_of
from feeds.parse.safety import TITLE_LIMIT, clean, link_of
from feeds.posts import KeptPost, kept_post

SIZE_LIMIT = 16_000_000

_QUOTED = re.compile(r"_([^_]{1,100})_")
_BETWEEN = re.compile(r"[,，]")
_DATED_NAME = re.compile(r"((?:19|20)\d\d-\d{1,2}-\d{1,2})[-_ ](.+)")
_DATES = ("date", "pubdate", "publishdate", "published", "published_at", "created", "datetime")
_UPDATES = ("updated", "lastmod", "last_modified_at", "modified", "updated_at", "last-modified", "lastmodified")
_ADDRESSES = ("link", "url", "permalink", "source_url", "original_url", "canonical_url", "canonicalurl")
_SUMMARIES = ("description", "summary", "excerpt")
_PICTURES = ("headimg", "cover", "image", "banner", "featured_image", "images")


def posts_of(path: Path, source: str = "") -> Iterator[Entry]:
    """The entries of a post, or of all posts in a folder and its subfolders, in the order of their paths.

    Raises ParseError for a path that cannot be read and for a single file that is not a post. In a folder, such files
    are skipped.
    """
    if not path.is_dir():
        yield _entry_in(path, _body_of(path), source)
        return
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() in SUFFIXES and file.is_file():
            try:
                yield _entry_in(file, _body_of(file), source)
            except ParseError:
                continue


def post_in(file: Path, source: str) -> KeptPost | Entry:
    """The article in a post that zhengwen wrote itself, or the entry of any other post. Raises ParseError."""
    body = _body_of(file)
    return kept_post(body) or _entry_in(file, body, source)


def _body_of(file: Path) -> bytes:
    """The bytes of a file. Raises ParseError."""
    try:
        with file.open("rb") as stream:
            return stream.read(SIZE_LIMIT)
    except OSError as error:
        raise ParseError("{path} cannot be read: {reason}", path=printable(file), reason=reason_of(error)) from error


def _entry_in(file: Path, body: bytes, source: str) -> Entry:
    entry = entry_of(text_of(body), source, file.stem)
    if entry is None:
        raise ParseError("{path} is no post: it does not begin with front matter", path=printable(file))
    return entry


def entry_of(text: str, source: str = "", name: str = "") -> Entry | None:
    """The entry of a post, or None if the text has no front matter.

    `name` is the name of its file, in which Jekyll writes the day.
    """
    parts = parts_of(text)
    if parts is None:
        return None
    matter, body = parts
    dated = _DATED_NAME.fullmatch(name)
    author = clean("、".join(_values(matter, "author") or _values(matter, "authors")), TITLE_LIMIT)
    return Entry(
        source=source,
        title=_title(clean(_first(matter, "title"), TITLE_LIMIT)),
        url=next(filter(None, (link_of(_first(matter, name)) for name in _ADDRESSES)), ""),
        guid=clean(_first(matter, "guid"), 2000),
        author=author,
        origin=author,
        category=_list(matter, "categories", "category"),
        keywords=_list(matter, "tags", "keywords"),
        published=next(filter(None, (time_of(_first(matter, name)) for name in _DATES)), None)
        or (time_of(dated[1]) if dated else None),
        updated=next(filter(None, (time_of(_first(matter, name)) for name in _UPDATES)), None),
        summary=clean(_first(matter, *_SUMMARIES), 2000),
        headimg=next(filter(None, (link_of(_first(matter, name)) for name in _PICTURES)), ""),
        thumbnail=link_of(_first(matter, "thumbnail")),
        body=html_of(body),
    )


def _title(written: str) -> str:
    """The title with its quotation marks. The dumps use titles as file names and write _ for “ and ”."""
    return _QUOTED.sub(r"“\1”", written) if written.count("_") % 2 == 0 else written


def _values(matter: Matter, name: str) -> list[str]:
    value = matter.get(name) or []
    return [value] if isinstance(value, str) else [each for each in value if each]


def _first(matter: Matter, *names: str) -> str:
    return next((values[0] for name in names if (values := _values(matter, name))), "")


def _list(matter: Matter, *names: str) -> tuple[str, ...]:
    for name in names:
        value = matter.get(name) or []
        if isinstance(value, str):
            # The dumps separate them by commas, Jekyll by blanks.
            value = _BETWEEN.split(value) if _BETWEEN.search(value) else value.split()
        if cleaned := tuple(filter(None, (clean(each.strip().strip("'\""), 100) for each in value))):
            return cleaned[:20]
    return ()
