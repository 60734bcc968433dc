"""toml-test: documents that are TOML and documents that are not, as config.toml and as the front matter of a post."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.suites.cases import Case, files_below

NAME = "toml-test"


def holds(folders: set[str], files: set[str]) -> bool:
    return {"valid", "invalid"} <= folders


def cases(folder: Path) -> Iterator[Case]:
    for file in files_below(folder, ".toml", ".multi"):
        name, body = str(file.relative_to(folder)), file.read_bytes()
        yield Case(name, "config", body)
        yield Case(f"{name} below a source", "config", b'[[source]]\nname = "n"\nkind = "posts"\nurl = "."\n' + body)
        title = "" if "title" in _keys_of(body) else 'title = "标题"\n'
        yield Case(
            name, "post", b"+++\n%b%b\n+++\n\n<p>\xe6\xad\xa3\xe6\x96\x87\xe3\x80\x82</p>\n" % (title.encode(), body)
        )


def _keys_of(body: bytes) -> set[str]:
    try:
        return set(tomllib.loads(body.decode()))
    except (ValueError, RecursionError):
        return set()
