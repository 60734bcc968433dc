"""JSONTestSuite: texts that a JSON parser must, may or must not take. Each is an answer, and a value in one."""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.suites.cases import Case, files_below, json_with

NAME = "JSONTestSuite"
_WAYS = ("feed", "roll", "live")


def holds(folders: set[str], files: set[str]) -> bool:
    starts = {name[:2] for name in files if name.endswith(".json")}
    return "test_parsing" in folders or {"y_", "n_"} <= starts


def cases(folder: Path) -> Iterator[Case]:
    for file in files_below(folder, ".json"):
        name, body = str(file.relative_to(folder)), file.read_bytes()
        for way in _WAYS:
            yield Case(name, way, body, "application/json")
        for way, answer in json_with(body):
            yield Case(f"{name} in an entry", way, answer, "application/json", entries=3 if _is_json(body) else None)


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body.decode())
    except (ValueError, RecursionError):
        return False
    return True
