"""Front-matter posts: what Hexo keeps and RSSHub dumps are turned into. One file or a folder of them.

The front matter is read by hand and forgivingly, because the dumps are no sound YAML (titles in single quotes that
hold quotes, lists with a space before the dash) and a YAML library would do far more than is wanted.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from feeds.addresses import SUFFIXES, printable
from feeds.errors import ParseError
from feeds.model import Entry
from feeds.parse.dates import time_of
from feeds.parse.encoding import text_of
from feeds.parse.safety import TITLE_LIMIT, clean, link_of

SIZE_LIMIT = 16_000_000

_FENCE = re.compile(r"^---[ \t]{0,8}\r?$", re.MULTILINE)
_FIELD = re.compile(r"([A-Za-z_][\w-]{0,40})[ \t]{0,8}:[ \t]{0,8}(.*)")
_ITEM = re.compile(r"\s{0,8}-\s{1,8}(.*)")
_QUOTED = re.compile(r"_([^_]{1,100})_")
_FIELDS_LIMIT = 64_000


def posts_of(path: Path, source: str = "") -> Iterator[Entry]:
    """The entries of a post, or of every post in a folder and below it, in the order of their paths.

    Raises ParseError for a path that cannot be read and for a single file that is no post; a folder's other files
    are passed over.
    """
    if not path.is_dir():
        yield _post_in(path, source)
        return
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() in SUFFIXES and file.is_file():
            try:
                yield _post_in(file, source)
            except ParseError:
                continue


def _post_in(file: Path, source: str) -> Entry:
    try:
        with file.open("rb") as stream:
            body = stream.read(SIZE_LIMIT)
    except OSError as error:
        reason = error.strerror or ""
        raise ParseError("{path} cannot be read: {reason}", path=printable(file), reason=reason) from error
    entry = entry_of(text_of(body), source)
    if entry is None:
        raise ParseError("{path} is no post: it does not begin with front matter", path=printable(file))
    return entry


def entry_of(text: str, source: str = "") -> Entry | None:
    """The entry that one post's text holds, None where it has no front matter."""
    parts = _parts(text)
    if parts is None:
        return None
    fields, lists = _fields(parts[0])
    author = clean(fields.get("author", ""), TITLE_LIMIT)
    url = fields.get("link") or fields.get("url") or fields.get("permalink") or ""
    return Entry(
        source=source,
        title=_title(clean(fields.get("title", ""), TITLE_LIMIT)),
        url=link_of(url),
        guid=clean(fields.get("guid", ""), 2000),
        author=author,
        origin=author,
        category=_list(fields, lists, "categories", "category"),
        keywords=_list(fields, lists, "tags", "keywords"),
        published=time_of(fields.get("date")),
        updated=time_of(fields.get("updated")),
        summary=clean(fields.get("description", ""), 2000),
        headimg=link_of(fields.get("headimg", "")),
        thumbnail=link_of(fields.get("thumbnail", "")),
        body=parts[1],
    )


def _title(written: str) -> str:
    """The title with its quotation marks: the dumps write _ for “ and for ”, since titles are file names there."""
    return _QUOTED.sub(r"“\1”", written) if written.count("_") % 2 == 0 else written


def _parts(text: str) -> tuple[str, str] | None:
    text = text.lstrip()
    first = _FENCE.match(text)
    second = _FENCE.search(text, first.end(), first.end() + _FIELDS_LIMIT) if first else None
    return (text[first.end() : second.start()], text[second.end() :].strip()) if first and second else None


def _fields(matter: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    """`key: value` lines, and the `- value` lines below a key that has none."""
    fields: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    key = ""
    for line in matter.splitlines():
        if key and (item := _ITEM.fullmatch(line)):
            lists.setdefault(key, []).append(_unquoted(item[1]))
        elif found := _FIELD.fullmatch(line.strip()):
            key = found[1].lower()
            fields.setdefault(key, _unquoted(found[2]))
        elif key and line.strip():
            fields[key] = f"{fields[key]} {line.strip()}".strip()  # a title broken over lines
    return fields, lists


def _unquoted(value: str) -> str:
    """A scalar without its quotes; only a doubled quote inside is an escape, a lone one is a letter of the dump."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"')
    return value


def _list(fields: dict[str, str], lists: dict[str, list[str]], *names: str) -> tuple[str, ...]:
    for name in names:
        values = lists.get(name) or fields.get(name, "").strip("[]").split(",")
        if cleaned := tuple(filter(None, (clean(_unquoted(value), 100) for value in values))):
            return cleaned[:20]
    return ()
