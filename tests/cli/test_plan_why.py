"""`zhengwen plan --why` on the line: the whole, one sentence, and a sentence that is not there."""

import pytest
from click.testing import CliRunner, Result

from tui.cli import zhengwen

POST = """---
title: '商务部印发集市规划'
date: Sun, 20 Mar 2022 09:00:00 +0800
---
商务部近日印发《集市振兴规划》（以下简称《规划》）。

《规划》提出，到2025年，集市布局更加合理。夜市活力显著提升。
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(zhengwen, ["plan", *words, "-"], input=POST)


@pytest.mark.parametrize(
    ("options", "sentences"), [(["--why"], 3), (["--why", "--sentence", "2"], 1), (["--at", "夜市"], 1)]
)
def test_each_sentence_has_its_decisions(options: list[str], sentences: int) -> None:
    result = run(*options)
    assert result.exit_code == 0
    assert sum(line.startswith("[") for line in result.stdout.splitlines()) == sentences


@pytest.mark.parametrize("options", [["--sentence", "9"], ["--at", "没有的话"]])
def test_a_sentence_that_is_not_there_is_one_line(options: list[str]) -> None:
    result = run(*options)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
