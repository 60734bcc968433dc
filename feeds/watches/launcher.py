"""Become the command of a telling: claim the telling's file, then run the command in this same process.

    python -I -S launcher.py JOB.json PROGRAM ARGUMENT…

The claim is a rename from `JOB.json` to `JOB.PID.told`, which succeeds in one process only. The next step is exec, so
no kill of the poller or of the dashboard comes between. The command reads the file as its standard input. If it cannot
be started, the claim is taken back and the exit code is 127.

A signal that ends this process takes the claim back too. SIGKILL cannot be caught: until exec the process has the name
`NAME`, so that a poller sees of a killed process that it has not become the command. This file imports nothing of the
project, to start fast.
"""

import os
import signal
import sys
from collections.abc import Sequence

NOT_STARTED, CLAIMED_BEFORE = 127, 0
NAME = "zhengwen-claims"  # 15 bytes, as long as Linux lets the name of a process be
_ENDING = ("SIGTERM", "SIGINT", "SIGHUP")


def main(words: Sequence[str]) -> int:
    """Claim the file and run the command. It returns only if it does not become the command."""
    job, *command = words
    told = f"{job.removesuffix('.json')}.{os.getpid()}.told"
    signals = _catch_signals()
    _take_name()
    try:
        source = os.open(job, os.O_RDONLY)
        os.dup2(source, 0)
        if hasattr(signal, "SIGPIPE"):
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and a command would inherit that
        os.rename(job, told)  # noqa: PTH104 -- pathlib takes long to import
    except FileNotFoundError:
        return CLAIMED_BEFORE
    if signals:
        os.rename(told, job)  # noqa: PTH104
        return 128 + signals[0]
    try:
        os.execvp(command[0], command)  # noqa: S606 -- words of config.toml
    except (OSError, ValueError) as error:
        os.rename(told, job)  # noqa: PTH104
        sys.stderr.write(f"the command of [notify] cannot be started: {error}\n")
        return NOT_STARTED


def _catch_signals() -> list[int]:
    """Catch the signals that end a process. Return the list to which they are added.

    The command does not inherit this: exec gives a caught signal its default again. An ignored signal stays ignored.
    """
    caught: list[int] = []
    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda came, _frame: caught.append(came))
    return caught


def _take_name() -> None:
    """Give this process its name, where the system has one to give."""
    try:
        with open("/proc/self/comm", "w") as name:  # noqa: PTH123 -- pathlib takes long to import
            name.write(NAME)
    except OSError:
        pass


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
