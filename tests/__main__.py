"""The one gate: `python -m tests` runs every check that must pass before a change lands, and stops at the first fault.

The tests of the screens wait most of their time, so they run beside the others. Words after `tests` go to pytest, which
is then one process.
"""

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(sys.executable).parent
CHECKS = (
    ("ruff, lint", [sys.executable, "-m", "ruff", "check", "."]),
    ("ruff, format", [sys.executable, "-m", "ruff", "format", "--check", "."]),
    ("mypy, strict", [sys.executable, "-m", "mypy"]),
    ("import contracts", [str(HERE / "lint-imports"), "--no-cache"]),
)
PYTEST = [sys.executable, "-m", "pytest"]
PARTS = (["tests/tui"], ["--ignore=tests/tui"])  # together they are all tests


def main() -> int:
    """Exit code of the first check that fails, else 0."""
    for name, command in CHECKS:
        print(f"── {name}", flush=True)
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            return code
    print("── pytest", flush=True)
    return run_tests([sys.argv[1:]] if sys.argv[1:] else PARTS)


def run_tests(parts: Sequence[Sequence[str]]) -> int:
    """Run a pytest for each part at the same time, and print what each said. The first code that is not 0, else 0."""

    def run(part: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
        output = None if len(parts) == 1 else subprocess.PIPE  # of one alone it is seen at once
        return subprocess.run(
            [*PYTEST, *part], cwd=ROOT, check=False, stdout=output, stderr=output and subprocess.STDOUT
        )

    codes = []
    with ThreadPoolExecutor() as pool:
        for done in pool.map(run, parts):
            sys.stdout.buffer.write(done.stdout or b"")
            sys.stdout.flush()
            codes.append(done.returncode)
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
