"""A process that prepares day files: it reads their paths from stdin, one a line, and writes their parts to stdout.

A path is written in hexadecimal digits. A part is its length in eight bytes and its msgpack. The process ends when its
stdin ends. A bug ends it too; then the process that started it reads the day itself, and meets the bug.
"""

import gc
import os
import sys
from pathlib import Path

import msgspec

from feeds.archive.preparation.days import parts_of_day

_NICENESS = 5  # the dashboard and the writer have priority
LENGTH = 8  # bytes


def main() -> None:
    """Prepare days until stdin ends."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    encode = msgspec.msgpack.Encoder().encode
    out = sys.stdout.buffer
    gc.freeze()
    gc.disable()  # collecting while articles are prepared takes a tenth of the time; we collect between days
    try:
        for line in sys.stdin.buffer:
            for part in parts_of_day(Path(os.fsdecode(bytes.fromhex(line.decode())))):
                data = encode(part)
                out.write(len(data).to_bytes(LENGTH))
                out.write(data)
                out.flush()
            gc.collect()
    except BrokenPipeError:
        os._exit(0)  # nobody reads the parts any more; a normal exit would try to flush stdout


if __name__ == "__main__":
    main()
