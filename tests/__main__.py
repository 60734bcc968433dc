"""The one gate: `python -m tests` runs every check that must pass before a change lands, and stops at the first fault.

Words after `tests` go to pytest.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(sys.executable).parent
CHECKS = (
    ("ruff, lint", [sys.executable, "-m", "ruff", "check", "."]),
    ("ruff, format", [sys.executable, "-m", "ruff", "format", "--check", "."]),
    ("mypy, strict", [sys.executable, "-m", "mypy"]),
    ("import contracts", [str(HERE / "lint-imports"), "--no-cache"]),
    ("pytest", [sys.executable, "-m", "pytest", *sys.argv[1:]]),
)


def main() -> int:
    """Exit code of the first check that fails, else 0."""
    for name, command in CHECKS:
        print(f"── {name}", flush=True)
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
