"""html5lib's tests: trees, tokens, encodings and entities. Each input is read as a page and as an item's text."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.suites.cases import Case, files_below, markup_cases

NAME = "html5lib"
_DATA = re.compile(rb"^#data\r?\n(.*?)\r?\n#(?:errors|encoding|document)", re.DOTALL | re.MULTILINE)
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def holds(folders: set[str], files: set[str]) -> bool:
    return (
        "tokenizer" in folders and "encoding" in folders and "wellformed" not in folders and not files & {"blns.json"}
    )


def cases(folder: Path) -> Iterator[Case]:
    for file in files_below(folder, ".dat"):
        name = str(file.relative_to(folder))
        for number, data in enumerate(_DATA.findall(file.read_bytes()), 1):
            if "encoding" in file.parts:
                yield Case(f"{name} #{number}", "page", data, "text/html")
                yield Case(f"{name} #{number}", "file", data)
            yield from markup_cases(f"{name} #{number}", data.decode("utf-8", "replace"))
    for file in files_below(folder, ".test"):
        name = str(file.relative_to(folder))
        for number, text in enumerate(_inputs(json.loads(file.read_bytes())), 1):
            yield from markup_cases(f"{name} #{number}", text)
    for file in files_below(folder, ".txt"):
        yield Case(str(file.relative_to(folder)), "page", file.read_bytes(), "text/html")


def _inputs(tests: dict[str, Any]) -> Iterator[str]:
    """What the tests of a file begin with: a tokenizer's input; of a serializer's what it should write."""
    for test in (test for found in tests.values() if isinstance(found, list) for test in found):
        written = test.get("input", "")
        for text in [written] if isinstance(written, str) else test.get("expected", ()):
            yield _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if test.get("doubleEscaped") else text
