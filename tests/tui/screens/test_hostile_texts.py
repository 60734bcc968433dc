"""Hostile texts through every way in, on every screen: none of their control bytes reaches the terminal."""

import os
import re
import time
from pathlib import Path

import msgspec

from feeds.archive import Archive
from feeds.model import Plan
from tests.tui.sample import PLAN, made
from tests.tui.screens.test_signals import Terminal

HOSTILE = "[red]红[/red][@click=app.quit]点[/] \x1b]52;c;aGk=\x07\x1b]0;标题\x07\x1b[5;7m闪"
HOSTILE += "\x9b31m\x90q\x9c\u202e反\u2066\x07\b尾"

PROGRAM = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from datetime import UTC, datetime
from pathlib import Path
import msgspec
from feeds.config import View
from feeds.events import ArticleSetAside, PollerStarted, SourceAnswered
from feeds.model import Fault, Source
from tests.tui.sample import NOW, config_at
from tests.tui.screens.test_hostile_texts import HOSTILE
from tui.app import DashboardApp
from tui.polling import Polling
archive = Path(sys.argv[1])
fault = Fault("{reason}", {"reason": HOSTILE})
events = [
    PollerStarted(NOW, (HOSTILE,)),
    ArticleSetAside(NOW, HOSTILE, fault),
    SourceAnswered(NOW, HOSTILE, "failed", due=NOW, fault=fault),
]
lines = b"".join(msgspec.json.encode(event) + bytes([10]) for event in events)
child = "import os, sys; sys.stdout.buffer.write(bytes.fromhex(sys.argv[1])); sys.stdout.flush(); sys.stdin.read()"
polling = Polling(archive, archive, command=[sys.executable, "-c", child, lines.hex()])
config = config_at(
    archive,
    sources=(Source(name=HOSTILE, kind="roll", channel="1/1"),),
    views=(View(name=HOSTILE, query="is:unread"),),
)
app = DashboardApp(config, archive, polling)
app.run()
sys.exit(app.return_code or 0)
"""
PASTE = b"\x1b[200~" + HOSTILE.encode() + b"\x1b[201~"
KEYS = (
    b"j", b"\r", b"l", b"q", b"q", b"?", b"q", b"s", b"q", b"F", b"jjj", b"q", b"v", b"q", b":", b"v", b"\x1b", b"#",
    PASTE, b"\x1b", b"/", PASTE, b"\r", b"\x1b", b"yy", b"ys", b"yp", b"o", b"c",
)  # fmt: skip


def hostile_archive(path: Path) -> Path:
    with Archive.open(path, write=True) as archive:
        articles = [
            msgspec.structs.replace(
                made(number, HOSTILE + str(number), plan=plan, source=HOSTILE),
                categories=((HOSTILE, HOSTILE),),
                origin=HOSTILE,
                url="https://news.example.cn/" + HOSTILE,
                plan=msgspec.structs.replace(plan, agencies=(HOSTILE,)),
            )
            for number, plan in enumerate((PLAN, Plan(), PLAN))
        ]
        archive.store_many(articles)
        archive.set_flags([articles[0].id], tag=["标" + HOSTILE.replace(" ", "")])
    return path


def test_no_control_byte_of_a_text_reaches_the_terminal(tmp_path: Path) -> None:
    terminal = Terminal(hostile_archive(tmp_path / "archive"), PROGRAM)
    try:
        assert terminal.read("红".encode())
        for keys in KEYS:
            os.write(terminal.master, keys)
            time.sleep(0.4)
            terminal.read_on()
        os.write(terminal.master, b"\x1b")
        os.write(terminal.master, b"\x11")  # ^q
        terminal.read()
        assert terminal.process.wait(30) == 0
    finally:
        terminal.close()
    text = terminal.output.decode()
    assert "Traceback" not in text
    assert "[red]红" in text.replace("\x1b[0m", "")
    copied = re.findall(r"\x1b\]52;c;([^\x07]*)\x07", text)
    assert "aGk=" not in copied
    # What the dashboard itself says in OSC: `y` copies in base64, and the shape of the mouse.
    rest = re.sub(r"\x1b\](52;c;[^\x07]*|22;[a-z-]*)\x07", "", text)
    assert not re.findall(".{0,40}[\x07\x08\x80-\x9f\u202a-\u202e\u2066-\u2069].{0,9}", rest)
    assert "\x1b]" not in rest
    assert "\x1b[5;7m" not in rest
