"""The big list of naughty strings: each as a title, a text, a tag, a query, a name in config.toml, front matter."""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.suites.cases import Case, bytes_of, json_of, json_with, markup_cases, rss_with

NAME = "naughty strings"
_MATTER = "title: {}\nauthor: {}\ndate: {}\ntags:\n  - {}\ncategories: [{}]\n"


def holds(folders: set[str], files: set[str]) -> bool:
    return "blns.json" in files


def cases(folder: Path) -> Iterator[Case]:
    for number, text in enumerate(json.loads((folder / "blns.json").read_bytes()), 1):
        name, data = f"#{number}", bytes_of(text)
        yield from markup_cases(name, text)
        yield Case(f"{name} in every field", "feed", rss_with(text, everywhere=True), entries=3)
        for way, answer in json_with(json_of(text)):
            yield Case(name, way, answer, "application/json", entries=3)
        for way in ("query", "tag"):
            yield Case(name, way, data)
        quoted = json_of(text)
        yield Case(name, "config", b'[[source]]\nname = %b\nkind = "posts"\nurl = %b\n' % (quoted, quoted))
        yield Case(name, "config", b'[[source]]\nname = "%b"\nkind = "posts"\nurl = "."\n' % data)
        for written in (text, json.dumps(text), "'" + text.replace("'", "''") + "'"):
            yield Case(f"{name} in front matter", "post", bytes_of(f"---\n{_matter(written)}---\n\n{text}\n"))


def _matter(written: str) -> str:
    return _MATTER.replace("{}", written)
