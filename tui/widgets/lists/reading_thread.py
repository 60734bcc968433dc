"""A thread that reads rows, so that neither a frame nor a key waits for the disk."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

R = TypeVar("R")


class ReadingThread:
    """Runs one task after the other in one thread, which starts with the first task: the first frame needs none."""

    def __init__(self) -> None:
        self._executor: ThreadPoolExecutor | None = None
        self._last: Future[object] | None = None

    def submit(self, read: Callable[[], R]) -> "Future[R]":
        """Have `read` called in the thread; the future gets what it returns or raises."""
        if self._executor is None:
            from concurrent.futures import ThreadPoolExecutor

            self._executor = ThreadPoolExecutor(1, thread_name_prefix="rows")
        future = self._executor.submit(read)
        self._last = future  # type: ignore[assignment]  # of which nothing is asked but whether it is done
        return future

    def close(self, seconds: float) -> None:
        """End the thread after the task at hand, and wait for that, but no longer than `seconds`."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            if self._last is not None:
                wait([self._last], seconds)
            self._executor = None
