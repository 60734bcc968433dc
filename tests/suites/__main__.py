"""Foreign test suites: `python -m tests.suites FOLDER`, run by hand. The suites are not part of the project.

Below FOLDER each of feedparser, feedvalidator, html5lib-tests, JSONTestSuite, the big list of naughty strings and
toml-test is found by what it holds, whatever its folder is called. Their cases go through the project as a reader's
texts do (see ways.py), in processes of their own. A line a suite says how many cases there are, and how many of them
crash, hang for more than 10 seconds, let a control byte through, or lose an entry without a word. All must be 0.

Exit codes: 0 no fault · 1 a fault · 2 FOLDER holds none of the suites.
"""

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.suites import (
    feedparser_tests,
    feedvalidator_tests,
    html5lib_tests,
    json_test_suite,
    naughty_strings,
    toml_tests,
)
from tests.suites.cases import FAULTS, Case, Suite
from tests.suites.ways import faults_of
from tests.suites.workers import LIMIT, run

SUITES: tuple[Suite, ...] = (
    feedparser_tests, feedvalidator_tests, html5lib_tests, json_test_suite, naughty_strings, toml_tests,
)  # fmt: skip


def found_below(folder: Path) -> dict[str, list[Path]]:
    """The folders of each suite; one that is a suite's is not looked into for another."""
    found: dict[str, list[Path]] = defaultdict(list)
    for place, folders, files in os.walk(folder, followlinks=True):
        folders.sort()
        if suite := next((suite for suite in SUITES if suite.holds(set(folders), set(files))), None):
            found[suite.NAME].append(Path(place))
            folders.clear()
    return found


def cases_of(suite: Suite, folders: Sequence[Path]) -> Iterator[Case]:
    """The cases of a suite, each once where a case stands in two folders."""
    met = set()
    for folder in folders:
        for case in suite.cases(folder):
            said = (case.way, case.body, case.content_type, case.entries)
            if said not in met:
                met.add(said)
                yield case


def main(words: Sequence[str] | None = None) -> int:
    """Run the suites that are in the folder; 0 when nothing went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.suites", description="Cases of foreign test suites.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the suites, unpacked, anywhere below it")
    parser.add_argument("--only", metavar="NAME", help="one suite; its name as the table has it")
    parser.add_argument("--limit", type=float, default=LIMIT, metavar="SECONDS", help="after which a case hangs")
    parser.add_argument("--most", type=int, default=5, metavar="N", help="faults of a kind that are named")
    asked = parser.parse_args(words)
    found = found_below(asked.folder)
    wanted = [suite for suite in SUITES if suite.NAME in found and asked.only in (None, suite.NAME)]
    if not wanted:
        print(f"{asked.folder} holds none of {', '.join(suite.NAME for suite in SUITES)}", file=sys.stderr)
        return 2
    print(f"{'suite':18}{'cases':>8}" + "".join(f"{kind:>15}" for kind in FAULTS))
    sums: Counter[str] = Counter()
    for suite in wanted:
        cases = list(cases_of(suite, found[suite.NAME]))
        counts, named = _count(cases, asked.limit, asked.most)
        _say(suite.NAME, len(cases), counts)
        print("".join(f"    {line}\n" for line in named), end="", flush=True)
        sums.update(counts, cases=len(cases))
    _say("all", sums["cases"], sums)
    for suite in SUITES:
        if suite.NAME not in found:
            print(f"not in {asked.folder}: {suite.NAME}")
    return 1 if any(sums[kind] for kind in FAULTS) else 0


def _count(cases: Sequence[Case], limit: float, most: int) -> tuple[Counter[str], list[str]]:
    """How many cases have a fault of each kind, and the first of them by name."""
    counts: Counter[str] = Counter()
    named: list[tuple[str, str]] = []
    for case, faults in run(cases, faults_of, limit):
        for kind, words in {fault.kind: fault.words for fault in faults}.items():
            counts[kind] += 1
            if counts[kind] <= most:
                named.append((kind, f"{kind}: {case.name!a} as {case.way}: {words!a}"))
    return counts, [line for _, line in sorted(named)]


def _say(name: str, cases: int, counts: Counter[str]) -> None:
    print(f"{name:18}{cases:>8}" + "".join(f"{counts[kind]:>15}" for kind in FAULTS), flush=True)


if __name__ == "__main__":
    sys.exit(main())
