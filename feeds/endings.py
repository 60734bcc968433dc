"""The signals that ask a process to end. They stay heard until it is over, so that none ends it in another way.

asyncio's own handlers go with their loop: a signal that comes while the interpreter ends would then kill the process,
and its exit code would say so although all its work is done.
"""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress


def on_end(stop: Callable[[], object]) -> None:
    """Have SIGTERM, SIGHUP and SIGINT call `stop` in the running loop. Windows keeps what Python does there."""
    if not hasattr(signal, "SIGHUP"):
        return
    loop = asyncio.get_running_loop()

    def hear(_number: int, _frame: object) -> None:
        with suppress(RuntimeError):  # the loop is closed: we end already
            loop.call_soon_threadsafe(stop)

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, hear)


def ignore_ends() -> None:
    """From here on the process ends by itself, whatever asks it to. What is ignored stays so to the very end."""
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)
