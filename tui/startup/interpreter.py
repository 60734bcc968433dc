"""The interpreter's settings from the first line of the program to the first frame.

They are the streams, garbage collection, threads and the frame rate. The program calls these in order: `hold_streams`
and `begin_imports` before anything large is imported, then `begin_command` for a command that prints, or
`begin_frames` for the dashboard. Imports that a command does not need are inside its functions. Worker processes have
settings of their own in feeds.workers.worker.
"""

import gc
import os
import sys

_PATIENCE = 0.0005  # seconds that the threads for keys and frames wait for a busy loop; Python's default is 0.005
_FRAMES = "120"  # a second: a frame waits for the next tick, 8 ms and not the 17 ms of Textual


def hold_streams() -> None:
    """Open closed standard streams on /dev/null, so that no other file gets their numbers and writing works."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 -- held to the end
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- held to the end
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 -- held to the end


def begin_imports() -> None:
    """Switch off garbage collection, because imports make no garbage. Set Textual's frame rate before its import."""
    os.environ.setdefault("TEXTUAL_FPS", _FRAMES)
    gc.disable()


def begin_command() -> None:
    """Switch garbage collection on again for a command that prints."""
    gc.enable()


def begin_frames() -> None:
    """Prepare for the dashboard's frames.

    The objects of the imports stay for ever, so garbage collection skips them while the first frame is drawn.
    """
    gc.enable()
    gc.freeze()
    sys.setswitchinterval(_PATIENCE)
