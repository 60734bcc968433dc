"""One process of the crew: `python -m feeds.crew.worker`. Tasks come in, answers go out, a JSON line each.

It ends with its stdin, and by itself when one task takes longer than PATIENCE.
"""

import faulthandler
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import msgspec
from msgspec import structs

from feeds.addresses import needs_page
from feeds.answers.walls import digest_of_stray, instead_of
from feeds.assembly import article_of
from feeds.bugs import fault_of_bug
from feeds.crew.tasks import READY, Answer, Feed, Posts, Task, Text
from feeds.errors import ParseError
from feeds.identity import file_key, keys_of
from feeds.model import Block, Entry, Fault, Page, Reading
from feeds.parse import entries_of, newest_of, posts_of, reading_of_body, reading_of_page

PATIENCE = 30.0  # seconds; a reading takes milliseconds
_GIVEN_WAY = 5  # the dashboard and the writer come first
_MARKUP = 200_000  # bytes of a page that are looked through for what a wall is built of
_SWEEP = 25  # tasks after which memory is looked through
_encode = msgspec.json.Encoder().encode


def answer_of(task: Task) -> Answer:
    """Read a task; an error that is expected is the answer."""
    if isinstance(task, Text):
        return _text(task)
    try:
        if isinstance(task, Feed):
            return _feed(task)
        entries = _posts(os.fsdecode(task.path), task.source)
        if isinstance(task, Posts):
            return Answer(entries=tuple(entries))
        entry = next(entries)
        return Answer(article_of(entry, reading_of_body(entry.body or ""), task.seen))
    except ParseError as error:
        return Answer(fault=error.fault, deadly=error.costly)


def line_of(task: Task) -> bytes:
    """The answer as a line of JSON, also where a bug is met: it costs this task and no other."""
    try:
        answer = answer_of(task)
        try:
            return _encode(answer) + b"\n"
        except UnicodeEncodeError:
            return _encode(_without_halves(answer)) + b"\n"
    except Exception as bug:  # noqa: BLE001 -- whatever one text does to us, the others are read
        return _encode(_answer_to_bug(task, fault_of_bug(bug))) + b"\n"


def _answer_to_bug(task: Task, fault: Fault) -> Answer:
    """The article as its feed tells it, where at least that can be made."""
    if isinstance(task, Text):
        try:
            return Answer(article_of(task.entry, Reading(), task.seen, task.filed), fault=fault)
        except Exception as bug:  # noqa: BLE001 -- then it is set aside
            fault_of_bug(bug)
    return Answer(fault=fault)


def _without_halves(answer: Answer) -> Answer:
    """The answer with half a surrogate pair, as a JSON escape may leave it in a body, replaced: no file can hold it."""
    entries = (
        structs.replace(entry, body=entry.body.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        if entry.body
        else entry
        for entry in answer.entries
    )
    return structs.replace(answer, entries=tuple(entries))


def _feed(task: Feed) -> Answer:
    failed: list[Exception] = []
    listed = entries_of(task.page, task.source, failed.append)
    entries = tuple(newest_of(listed))
    fault = next((error.fault for error in failed if isinstance(error, ParseError)), None)
    bugs = [error for error in failed if not isinstance(error, ParseError)]
    if bugs:
        values: dict[str, str | int | Fault] = {"count": len(bugs), "reason": fault_of_bug(bugs[0])}
        fault = Fault("left out {count} of its entries: {reason}", values)
    elif fault is None and len(listed) > len(entries):
        values = {"count": len(listed), "kept": len(entries)}
        fault = Fault("{count} entries are listed; the newest {kept} are kept, the others left out", values)
    return Answer(entries=entries, unread=fault)


def _posts(path: str, source: str) -> Iterator[Entry]:
    """The posts in a file or a folder; the one of a file is known by it too."""
    for entry in posts_of(Path(path), source):
        yield structs.replace(entry, keys=(*keys_of(entry), file_key(path, source)))


def _text(task: Text) -> Answer:
    """The article, as its feed tells it where its page cannot be read."""
    reading, fault = Reading(), None
    try:
        reading = _reading_of(task)
    except ParseError as error:
        fault = error.fault
    article = article_of(task.entry, reading, task.seen, task.filed)
    return Answer(article, fault=fault, stray=digest_of_stray(article) if task.page else "")


def _reading_of(task: Text) -> Reading:
    entry = task.entry
    if task.page:
        return _reading_of_page(entry, task.page)
    if task.instead:
        return Reading(instead=task.instead)
    if entry.body:
        return reading_of_body(entry.body)
    # Where no page is to be had the summary is the text.
    return Reading(blocks=(Block(entry.summary),)) if entry.summary and not needs_page(entry) else Reading()


def _reading_of_page(entry: Entry, page: Page) -> Reading:
    """What the page says of the article; of a wall nothing but that it is one."""
    reading = reading_of_page(page)
    instead = instead_of(entry, reading.blocks, page.body[:_MARKUP].decode("latin-1"))
    if instead is None:
        return reading
    if reading.blocks:
        return Reading(instead=instead)
    return structs.replace(reading, instead=instead)  # a page without text may know when it was published


def _hear(lines: "SimpleQueue[bytes]") -> None:
    """Take what is asked as it comes, so that nobody waits to ask while we wait to answer."""
    for line in sys.stdin.buffer:
        lines.put(line)
    lines.put(b"")


def main(patience: float = PATIENCE) -> None:
    """Answer until stdin ends."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asks us to hear
    if hasattr(os, "nice"):
        os.nice(_GIVEN_WAY)
    decode = msgspec.json.Decoder(Task).decode
    lines: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_hear, args=(lines,), daemon=True).start()
    out = sys.stdout.buffer
    gc.freeze()
    gc.disable()  # a sixth of the time goes into looking for circles while trees are built; we look now and then
    try:
        out.write(READY)
        out.flush()
        for number, line in enumerate(iter(lines.get, b""), 1):
            faulthandler.dump_traceback_later(patience, exit=True)
            out.write(line_of(decode(line)))
            out.flush()  # whoever asked knows by the last answer what we died of
            faulthandler.cancel_dump_traceback_later()
            if not number % _SWEEP:
                gc.collect()
    except BrokenPipeError:
        os._exit(0)  # nobody reads any more; the interpreter's own end would try to flush


if __name__ == "__main__":
    main()
