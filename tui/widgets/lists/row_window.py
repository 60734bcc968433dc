"""The rows of a source around the view. They are read ahead in a thread, in chunks; drawing only takes what is here."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from time import monotonic
from typing import Generic, TypeVar

from tui.widgets.lists.reading_thread import ReadingThread
from tui.widgets.lists.row_source import Fetched, RowSource
from tui.widgets.lists.table import RowTable

T = TypeVar("T")

CHUNK = 64
_MOST_CHUNKS = 6


class RowWindow(Generic[T]):
    """At most 384 rows of a source, fetched in chunks of 64 by a thread, which calls `rows_came` after each chunk.

    `table` learns from the rows of each chunk which columns to show.
    """

    def __init__(
        self,
        source: RowSource[T] | None = None,
        thread: ReadingThread | None = None,
        rows_came: Callable[[], object] = lambda: None,
        table: RowTable[T] | None = None,
    ) -> None:
        self.source = source
        self.total = source.total if source else 0
        self._thread = thread
        self._rows_came = rows_came
        self.table = table
        self._chunks: OrderedDict[int, Sequence[T]] = OrderedDict()
        self._reads: dict[int, Future[Fetched[T]]] = {}

    def __getitem__(self, index: int) -> T | None:
        """The row at `index`; None outside the list, and while the row is not here yet. Asks the source nothing."""
        number, place = divmod(index, CHUNK)
        if not 0 <= index < self.total or (chunk := self._chunks.get(number)) is None:
            return None
        return chunk[place] if place < len(chunk) else None

    def read(self, first: int, last: int, *, patience: float = 0.0) -> None:
        """Have the rows from `first` to `last` fetched; wait for those not asked for yet for `patience` seconds.

        Raises what the source raises.
        """
        numbers = range(max(first, 0) // CHUNK, min(last, self.total - 1) // CHUNK + 1)
        for number in numbers:
            if number in self._chunks:
                self._chunks.move_to_end(number)
        new = [number for number in numbers if number not in self._chunks and number not in self._reads]
        for number in new:
            self._fetch(number)
        if patience and new:
            end = monotonic() + patience
            for number in new:
                self._wait(number, end - monotonic())
            self.take()

    def read_now(self, first: int, last: int) -> None:
        """Read these rows in the thread of the event loop, where they are not here. Raises what the source raises."""
        if self.source is None:
            return
        for number in range(max(first, 0) // CHUNK, min(last, self.total - 1) // CHUNK + 1):
            if number not in self._chunks:
                start = number * CHUNK
                self._keep(number, self.source.window(start, min(CHUNK, self.total - start)))

    def take(self) -> bool:
        """Keep what has been fetched and still holds; return whether anything came. Raises what the source raised."""
        finished = [number for number, read in self._reads.items() if read.done()]
        for number in finished:
            fetched = self._reads.pop(number).result()
            if self.source is not None and fetched.version == self.source.version:
                self._keep(number, fetched.rows)
        return bool(finished)

    def grow(self) -> bool:
        """Let the source count on; False when it has been counted already."""
        if self.source is None or not self.source.count_on():
            return False
        self._forget(self.total // CHUNK)  # this chunk may have been cut short where the count then ended
        self.total = self.source.total
        return True

    def steady(self) -> AbstractContextManager[object]:
        """Around what must be asked of one moment: a position, and the row that stands there."""
        return self.source.steady() if self.source else nullcontext()

    def renew(self) -> None:
        """Let the source take in what has changed. No row is here afterwards."""
        self.close()
        if self.source is not None:
            self.source.refresh()
            self.total = self.source.total

    def close(self) -> None:
        """Forget every row, and those that are on their way."""
        for number in [*self._reads, *self._chunks]:
            self._forget(number)

    def _forget(self, number: int) -> None:
        self._chunks.pop(number, None)
        if read := self._reads.pop(number, None):
            read.cancel()

    def _fetch(self, number: int) -> None:
        if self.source is None or self._thread is None:
            return
        start = number * CHUNK
        read = self._thread.submit(partial(self.source.fetch, start, min(start + CHUNK, self.total)))
        self._reads[number] = read
        read.add_done_callback(lambda finished: None if finished.cancelled() else self._rows_came())

    def _wait(self, number: int, seconds: float) -> None:
        """Wait for a chunk; what its reading raised is raised by `take`."""
        with suppress(TimeoutError):
            self._reads[number].exception(max(seconds, 0.0))

    def _keep(self, number: int, rows: Sequence[T]) -> None:
        self._chunks[number] = rows
        self._chunks.move_to_end(number)
        if len(self._chunks) > _MOST_CHUNKS:
            self._chunks.popitem(last=False)
        if self.table is not None:
            self.table = self.table.for_rows(rows)
