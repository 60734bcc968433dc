"""A worker: `python -m feeds.workers.worker`. It reads tasks from stdin and prints answers, one JSON line each.

The tasks that wait together are read step by step: first all texts, then all plans, then all rows for the archive. A
processor has little room for the program, and each step is a large part of it. That takes a sixth less time than one
task after the other (median of 9 pairs on busy cores: 0.82). The answers to such a row are printed together.

It ends when its stdin ends, and when one step of a task takes longer than PATIENCE.
"""

import faulthandler
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue

import msgspec
from msgspec import structs

from feeds.answers.walls import digest_of_stray, instead_of
from feeds.archive.preparation.articles import ready_article
from feeds.assembly import article_of, article_of_post
from feeds.bugs import fault_of_bug
from feeds.errors import ParseError
from feeds.identity import file_key, keys_of
from feeds.kinds import entries_of
from feeds.model import Block, Entry, Fault, Flags, Page, Reading
from feeds.pages import needs_page
from feeds.parse import newest_of, post_in, posts_of, reading_of_body, reading_of_page
from feeds.workers.tasks import READY, FeedTask, PostsTask, PostTask, Task, TextTask, WorkerAnswer

PATIENCE = 30.0  # seconds; a normal task takes milliseconds
_NICENESS = 5  # the dashboard and the writer have priority
_MARKUP_SEARCHED = 200_000  # bytes of a page that are searched for the markup of a wall
_TASKS_PER_COLLECTION = 25  # tasks between two runs of the garbage collector over what they made
_COLLECTIONS_PER_FULL = 20  # such runs between two over everything
_SLACK = 20  # the watchdog's time may begin this part of PATIENCE before its task
_ROW, _ROW_BYTES = 25, 1_000_000  # tasks, and bytes of tasks, that are read step by step together
_encode = msgspec.json.Encoder().encode

Steps = Generator[None, None, WorkerAnswer]
"""The reading of a task. It stops between two steps and returns the answer."""


def steps_of(task: Task) -> Steps:
    """The steps to the answer to a task. An expected error is an answer too."""
    if isinstance(task, TextTask):
        return (yield from _steps_of_text(task))
    try:
        if isinstance(task, FeedTask):
            return _answer_of_feed(task)
        if isinstance(task, PostsTask):
            return WorkerAnswer(entries=tuple(_entries_of_posts(os.fsdecode(task.path), task.source)))
        return (yield from _steps_of_post(task))
    except ParseError as error:
        return WorkerAnswer(fault=error.fault, deadly=error.costly)


def answer_of(task: Task) -> WorkerAnswer:
    """The answer to a task, after all its steps."""
    steps = steps_of(task)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            answer: WorkerAnswer = end.value
            return answer


class _TaskRun:
    """A task that is being read. `line` is its answer as a line of JSON, b"" before the last step."""

    def __init__(self, task: Task) -> None:
        self.line = b""
        self._task = task
        self._steps: Steps | None = None

    def step(self) -> None:
        """Do the next step. A bug costs this task alone: the answer is then its fault."""
        try:
            self._steps = self._steps or steps_of(self._task)
            try:
                next(self._steps)
            except StopIteration as end:
                self.line = _line_of_answer(end.value)
        except Exception as bug:  # noqa: BLE001 -- a bug in one text must not stop the others
            self.line = _encode(_answer_to_bug(self._task, fault_of_bug(bug))) + b"\n"


def lines_of(tasks: Sequence[Task], watch: Callable[[], None] = lambda: None) -> list[bytes]:
    """The answers to these tasks as lines of JSON. Call `watch` before each step."""
    runs = [_TaskRun(task) for task in tasks]
    rest = runs
    while rest:
        for run in rest:
            watch()
            run.step()
        rest = [run for run in rest if not run.line]
    return [run.line for run in runs]


def _line_of_answer(answer: WorkerAnswer) -> bytes:
    try:
        return _encode(answer) + b"\n"
    except UnicodeEncodeError:
        return _encode(_without_surrogates(answer)) + b"\n"


def _answer_to_bug(task: Task, fault: Fault) -> WorkerAnswer:
    """The article as its feed describes it, if at least that can be made."""
    if isinstance(task, TextTask):
        try:
            return WorkerAnswer(article_of(task.entry, Reading(), task.seen, task.filed), fault=fault)
        except Exception as bug:  # noqa: BLE001 -- the poller then sets the article aside
            fault_of_bug(bug)
    return WorkerAnswer(fault=fault)


def _without_surrogates(answer: WorkerAnswer) -> WorkerAnswer:
    """The answer with each lone surrogate replaced. A JSON escape may leave one in a body; no file can have it."""
    entries = (
        structs.replace(entry, body=entry.body.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        if entry.body
        else entry
        for entry in answer.entries
    )
    return structs.replace(answer, entries=tuple(entries))


def _answer_of_feed(task: FeedTask) -> WorkerAnswer:
    errors: list[Exception] = []
    listed = entries_of(task.page, task.source, errors.append)
    entries = tuple(newest_of(listed))
    fault = next((error.fault for error in errors if isinstance(error, ParseError)), None)
    bugs = [error for error in errors if not isinstance(error, ParseError)]
    if bugs:
        values: dict[str, str | int | Fault] = {"count": len(bugs), "reason": fault_of_bug(bugs[0])}
        fault = Fault("left out {count} of its entries: {reason}", values)
    elif fault is None and len(listed) > len(entries):
        values = {"count": len(listed), "kept": len(entries)}
        fault = Fault("{count} entries are listed; the newest {kept} are kept, the others left out", values)
    return WorkerAnswer(entries=entries, unread=fault)


def _steps_of_post(task: PostTask) -> Steps:
    path = os.fsdecode(task.path)
    post = post_in(Path(path), task.source)
    if isinstance(post, Entry):
        reading = reading_of_body(post.body or "", post.url)
        yield
        article, flags = article_of(_with_file_key(post, path), reading, task.seen), Flags()
    else:
        yield
        article, flags = article_of_post(post, task.seen, task.source), post.flags
    yield
    return WorkerAnswer(article, ready_article(article), flags=flags)


def _entries_of_posts(path: str, source: str) -> Iterator[Entry]:
    """The posts in a file or a folder. Each has the file's key too."""
    for entry in posts_of(Path(path), source):
        yield _with_file_key(entry, path)


def _with_file_key(entry: Entry, path: str) -> Entry:
    return structs.replace(entry, keys=(*keys_of(entry), file_key(path, entry.source)))


def _steps_of_text(task: TextTask) -> Steps:
    """The steps to the article. If its page cannot be read, it is as its feed describes it."""
    reading, fault = Reading(), None
    try:
        reading = _reading_of(task)
    except ParseError as error:
        fault = error.fault
    yield
    article = article_of(task.entry, reading, task.seen, task.filed)
    yield
    stray = digest_of_stray(article) if task.page else ""
    return WorkerAnswer(article, ready_article(article), fault=fault, stray=stray)


def _reading_of(task: TextTask) -> Reading:
    entry = task.entry
    reading = Reading(instead=task.instead)
    if task.page:
        reading = _reading_of_page(entry, task.page)
    if entry.body and not reading.blocks:
        return reading_of_body(entry.body, entry.url)
    if task.page or task.instead or not entry.summary or needs_page(entry, page=task.has_page):
        return reading
    return Reading(blocks=(Block(entry.summary),))  # an entry that has no page has its summary as text


def _reading_of_page(entry: Entry, page: Page) -> Reading:
    """The reading of the article's page. If the page is a wall, the reading has only the kind of wall."""
    reading = reading_of_page(page)
    instead = instead_of(entry, reading.blocks, page.body[:_MARKUP_SEARCHED].decode("latin-1"), reading.title)
    if instead is None:
        return reading
    if reading.blocks:
        return Reading(instead=instead)
    return structs.replace(reading, instead=instead)  # a page without text may have a date of publication


def _rows_in(lines: "SimpleQueue[bytes]") -> Iterator[list[bytes]]:
    """The lines in rows: those that wait together, up to a number and a size. A line of b"" is the end."""
    while line := lines.get():
        row, size = [line], len(line)
        while len(row) < _ROW and size < _ROW_BYTES and not lines.empty():
            line = lines.get()
            if not line:
                yield row
                return
            row.append(line)
            size += len(line)
        yield row


def _queue_stdin(lines: "SimpleQueue[bytes]") -> None:
    """Put each line of stdin into the queue at once, so that the writer of tasks never waits for an answer."""
    for line in sys.stdin.buffer:
        lines.put(line)
    lines.put(b"")


class _Watchdog:
    """Ends the process when a task takes longer than `patience` seconds.

    Setting it starts a thread, which takes as long as a tenth of a task. So it is set again only after a while.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._until = 0.0

    def watch(self) -> None:
        """Watch the task that begins."""
        now = time.monotonic()
        if now >= self._until:
            faulthandler.dump_traceback_later(self._patience, exit=True)
            self._until = now + self._patience / _SLACK

    def rest(self) -> None:
        """Watch nothing until the next task."""
        faulthandler.cancel_dump_traceback_later()
        self._until = 0.0


def main(patience: float = PATIENCE) -> None:
    """Answer until stdin ends."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that sends the tasks handles Ctrl-C
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    decode = msgspec.json.Decoder(Task).decode
    lines: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_queue_stdin, args=(lines,), daemon=True).start()
    out = sys.stdout.buffer
    watchdog = _Watchdog(patience)
    gc.freeze()
    gc.disable()  # collecting while trees are built takes a sixth of the time; we collect between tasks
    try:
        out.write(READY)
        out.flush()
        done = collections = 0
        for row in _rows_in(lines):
            out.writelines(lines_of([decode(line) for line in row], watchdog.watch))
            out.flush()
            if lines.empty():
                watchdog.rest()
            done += len(row)
            if done >= _TASKS_PER_COLLECTION * (collections + 1):
                collections += 1
                gc.collect(0 if collections % _COLLECTIONS_PER_FULL else 2)
    except BrokenPipeError:
        os._exit(0)  # nobody reads the answers any more; a normal exit would try to flush stdout


if __name__ == "__main__":
    main()
