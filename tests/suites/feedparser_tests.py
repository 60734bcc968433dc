"""feedparser's own tests: feeds, well formed and not, with the headers that they came with in a comment."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.suites.cases import Case, files_below

NAME = "feedparser"
_CONTENT_TYPE = re.compile(rb"Header:\s*Content-type:\s*([^\r\n]{1,200})", re.IGNORECASE)


def holds(folders: set[str], files: set[str]) -> bool:
    return {"wellformed", "illformed"} <= folders


def cases(folder: Path) -> Iterator[Case]:
    for file in files_below(folder, ".xml", ".rdf", ".rss", ".atom", ".json", ".z", ".gz", ".txt"):
        body = file.read_bytes()
        header = _CONTENT_TYPE.search(body[:4000])
        content_type = header[1].decode("latin-1").strip() if header else ""
        yield Case(str(file.relative_to(folder)), "feed", body, content_type)
