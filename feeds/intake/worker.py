"""A process that reads posts: `python -m feeds.intake.worker`. Tasks come in, an answer a file goes out, JSON lines.

Parsers in C may crash and a text may keep one busy for ever, so posts are read where that ends no import. It ends with
its stdin, and by itself when one file takes longer than PATIENCE.
"""

import faulthandler
import gc
import os
import signal
import sys
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from feeds.assembly import article_of
from feeds.errors import ParseError
from feeds.model import Article, Fault
from feeds.parse.page import reading_of_body
from feeds.parse.post import posts_of

READY = b"ready\n"  # its first line
PATIENCE = 30.0  # seconds; a reading takes milliseconds
_GIVEN_WAY = 5  # the dashboard and the writer come first


class Task(Struct, frozen=True):
    """Files to be read, whose articles come by `source` and are `seen` now."""

    source: str
    seen: datetime
    files: tuple[str, ...]


class Answer(Struct, frozen=True, omit_defaults=True):
    """What is in one file: an article, or why there is none."""

    article: Article | None = None
    fault: Fault | None = None


def answer_of(path: str, source: str, seen: datetime) -> Answer:
    """The article in a post."""
    try:
        entry = next(iter(posts_of(Path(path), source)))
    except ParseError as error:
        return Answer(fault=error.fault)
    return Answer(article_of(entry, reading_of_body(entry.body or ""), seen))


def main(patience: float = PATIENCE) -> None:
    """Answer until stdin ends."""
    if hasattr(signal, "SIGINT"):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the import's to hear, not ours
    if hasattr(os, "nice"):
        os.nice(_GIVEN_WAY)
    decode, encode = msgspec.json.Decoder(Task).decode, msgspec.json.Encoder().encode
    out = sys.stdout.buffer
    gc.freeze()
    gc.disable()  # a sixth of the time goes into looking for circles while trees are built; we look between tasks
    try:
        out.write(READY)
        out.flush()
        for line in sys.stdin.buffer:
            task = decode(line)
            for path in task.files:
                faulthandler.dump_traceback_later(patience, exit=True)
                out.write(encode(answer_of(path, task.source, task.seen)) + b"\n")
            faulthandler.cancel_dump_traceback_later()
            out.flush()
            gc.collect()
    except BrokenPipeError:
        os._exit(0)  # nobody reads any more; the interpreter's own end would try to flush


if __name__ == "__main__":
    main()
