"""Become the command of a telling: claim the telling's file, then run the command in this same process.

    python -I -S launcher.py JOB.json PROGRAM ARGUMENT…

The claim is a rename from `JOB.json` to `JOB.told`, which succeeds in one process only. The next step is exec, so no
kill of the poller or of the dashboard comes between. The command reads the file as its standard input. If it cannot be
started, the claim is taken back and the exit code is 127. This file imports nothing of the project, to start fast.
"""

import os
import signal
import sys
from collections.abc import Sequence

NOT_STARTED, CLAIMED_BEFORE = 127, 0


def main(words: Sequence[str]) -> int:
    """Claim the file and run the command. It returns only if it does not become the command."""
    job, *command = words
    told = job.removesuffix(".json") + ".told"
    try:
        source = os.open(job, os.O_RDONLY)
        os.dup2(source, 0)
        if hasattr(signal, "SIGPIPE"):
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and a command would inherit that
        os.rename(job, told)  # noqa: PTH104 -- pathlib takes long to import
    except FileNotFoundError:
        return CLAIMED_BEFORE
    try:
        os.execvp(command[0], command)  # noqa: S606 -- words of config.toml
    except (OSError, ValueError) as error:
        os.rename(told, job)  # noqa: PTH104
        sys.stderr.write(f"the command of [notify] cannot be started: {error}\n")
        return NOT_STARTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
