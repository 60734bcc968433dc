"""How processes end: the signals that ask one to end, and the killing of a child. Handlers stay until the process ends.

asyncio removes its own handlers with the loop. Then a signal that comes while the interpreter ends kills the process,
and its exit code reports this although all work is finished.
"""

import signal
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the program imports this module before it knows its command
    import subprocess


def on_end(stop: Callable[[], object]) -> None:
    """Make SIGTERM, SIGHUP and SIGINT call `stop` in the running loop. On Windows nothing is changed."""
    if not hasattr(signal, "SIGHUP"):
        return
    import asyncio  # 20 ms, and the program imports this module before it knows its command

    loop = asyncio.get_running_loop()

    def call_stop(_number: int, _frame: object) -> None:
        with suppress(RuntimeError):  # the loop is closed: the process ends already
            loop.call_soon_threadsafe(stop)

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, call_stop)


def ignore_ends() -> None:
    """Ignore the signals from now on, because the process is about to end by itself."""
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)


def kill_child(process: "subprocess.Popen[bytes]") -> None:
    """Kill a child process that only reads, so that nothing is lost. Wait for its end, and close its pipes."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):  # bytes for the dead process are still in the buffer
                pipe.close()
