"""Sequences for the terminal: its title, its bell and its notifications. Pure.

Titles of articles come from outside: they lose control characters and are cut, so that nothing ends a sequence early.
"""

from feeds.controls import drop_controls

PROGRAM = "政闻"
KEEP_TITLE, RESTORE_TITLE = "\x1b[22;2t", "\x1b]2;\x07\x1b[23;2t"
"""Put the title on the terminal's stack, and take it back. A terminal without a stack gets an empty title."""
BELL = "\x07"
_LONGEST = 200  # characters


def line_for_terminal(text: str) -> str:
    """A text as one short line without control characters. Half a surrogate pair, which nothing can write, is "?"."""
    line = drop_controls(text[: 10 * _LONGEST]).replace("\t", " ").strip()
    line = line.encode(errors="replace").decode()
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def title_sequence(count: int, watch: str) -> str:
    """The sequence for the title with a number of unread articles: `(3) 工信部指标 – 政闻`, without any `政闻`."""
    words = f"({count}) {line_for_terminal(watch)} – {PROGRAM}" if count else PROGRAM
    return f"\x1b]2;{words}\x07"


def notification_sequence(osc: str | int, title: str, body: str) -> str:
    """The sequence for a notification: OSC 9 has one text, OSC 777 title and body between semicolons. "" for off."""
    title, body = line_for_terminal(title), line_for_terminal(body)
    if osc == 9:
        text = f"{title}: {body}"
        # `9;4;…` is a progress bar in some terminals: a text never begins with a digit and a semicolon.
        return f"\x1b]9;{text.replace(';', '；')}\x07"
    if osc == 777:
        return f"\x1b]777;notify;{title.replace(';', '；')};{body.replace(';', '；')}\x07"
    return ""
