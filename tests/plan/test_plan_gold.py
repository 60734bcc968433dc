"""The hand-labelled posts, where they stand beside the checkout: what is reached there, and that nothing is copied."""

import importlib.util
import json
import re
from email.utils import parsedate_to_datetime
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from feeds.agencies import agency_rows, province_rows
from feeds.export.plans import plan_json
from feeds.model import BEIJING, Article, Block
from feeds.plan import plan_of

ROOM = Path(__file__).resolve().parents[2] / "feeds" / "plan"
LEAST = {
    "nodes": 0.95,
    "groups": 0.92,
    "targets": 0.95,
    "targets_exact": 0.90,
    "goals": 0.95,
    "documents": 0.97,
    "issuers": 0.96,
    "grounded": 1.0,
}


def _yardstick(gold: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", gold / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _blocks(gold: Path, name: str) -> list[str]:
    lines = (gold / "blocks" / f"{name}.txt").read_text("utf-8").rstrip("\n").split("\n")
    return [line.split("\t", 1)[1] if "\t" in line else "" for line in lines]


def _article(gold: Path, name: str, label: dict[str, Any], blocks: list[str]) -> Article:
    """The post as the parser should give it: its body paragraphs, its title, its time."""
    post = (gold / "posts" / f"{name}.md").read_text("utf-8")
    title = re.search(r"^title: '(.*)'$", post, re.MULTILINE)
    date = re.search(r"^date: (.*)$", post, re.MULTILINE)
    assert title is not None
    assert date is not None
    when = parsedate_to_datetime(date[1]).astimezone(BEIJING)
    body = tuple(Block(blocks[i]) for i in label["blocks"]["body"])
    return Article(id=name, keys=(name,), title=title[1], published=when, seen=when, blocks=body)


def test_the_labelled_posts_read_as_a_second_reader_reads_them(gold: Path) -> None:
    score = _yardstick(gold)
    table = score.aliases(gold)
    tally = score.Tally()
    for path in sorted((gold / "labels").glob("*.json")):
        label = json.loads(path.read_text("utf-8"))
        blocks = _blocks(gold, path.stem)
        article = _article(gold, path.stem, label, blocks)
        score.score_one(plan_json(article, plan_of(article)), label, blocks, table, tally)
    reached = score.report(tally)
    assert {key: reached[key] for key, least in LEAST.items() if reached[key] < least} == {}
    assert reached["noise_per_none"] == 0


_LEAST = 6
"""Characters in a row, without marks and digits, that make a copy."""
_WRITTEN = re.compile(rf"[\u4e00-\u9fff]{{{_LEAST},}}")
LABELLED = Path(__file__).resolve().parents[1] / "labelled"
COMMON = Path(__file__).with_name("common.txt")


def _common() -> list[str]:
    """Names of bodies and places, and what every official text says, the longest first."""
    names = {name for row in (*agency_rows(), *province_rows()) for name in row}
    said = {line for line in COMMON.read_text("utf-8").splitlines() if line and not line.startswith("#")}
    return sorted(names | said, key=len, reverse=True)


@pytest.mark.parametrize("folder", [ROOM, Path(__file__).parent, LABELLED], ids=["code", "tests", "labelled"])
def test_no_sentence_of_a_labelled_post_stands_in_the_room(gold: Path, folder: Path) -> None:
    sets = [kept for kept in (gold, gold.with_name("gold-tv")) if kept.exists()]
    named = [(kept, path.stem) for kept in sets for path in (kept / "labels").glob("*.json")]
    posts = "\n".join(chain.from_iterable(_blocks(kept, name) for kept, name in named))
    common = re.compile("|".join(_common()))
    official = (ROOM.parent / "agencies" / "agencies.tsv").read_text("utf-8")
    copied = set()
    for path in folder.rglob("*"):
        if path.suffix not in (".py", ".tsv", ".txt", ".toml") or path == COMMON:
            continue
        for run in _WRITTEN.findall(common.sub("|", path.read_text("utf-8"))):
            stretches = (run[i : i + _LEAST] for i in range(len(run) - _LEAST + 1))
            copied |= {(path.name, each) for each in stretches if each in posts and each not in official}
    assert copied == set()


def test_common_language_is_short() -> None:
    said = [line for line in COMMON.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert said == sorted(set(said))
    assert [line for line in said if len(line) > 12 or not line.isalpha()] == []
