"""The feed validator's test cases: feeds of every kind, most of them with one fault, and some pages."""

from collections.abc import Iterator
from pathlib import Path

from tests.suites.cases import Case, files_below

NAME = "feedvalidator"


def holds(folders: set[str], files: set[str]) -> bool:
    return {"atom", "rss20", "opml"} <= folders


def cases(folder: Path) -> Iterator[Case]:
    for file in files_below(folder, ".xml", ".opml"):
        yield Case(str(file.relative_to(folder)), "feed", file.read_bytes())
    for file in files_below(folder, ".html"):
        name, body = str(file.relative_to(folder)), file.read_bytes()
        yield Case(name, "page", body, "text/html")
        yield Case(name, "feed", body, "text/html")
