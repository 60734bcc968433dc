"""Text on a terminal: width in cells, clipping, line breaking with kinsoku, and relative times. Pure.

List, reader and plan tree all use it, so that they have the same widths. Widths come from the table that Textual itself
uses (`rich.cells`). “ ” … — are "ambiguous" in Unicode (UAX #11): one cell in most terminals, two in some Chinese ones;
each function has this width as `ambiguous`. Offsets are code points; the end is excluded.

Line breaking follows kinsoku 禁则 (GB/T 15834, JIS X 4051). If a character may not begin a line, the character
before it moves to that line too. If a character may not end a line, it moves to the next line.
"""

import re
import unicodedata
from datetime import datetime, tzinfo
from functools import cache

from rich.cells import cell_len, get_character_cell_size

from feeds.model import BEIJING
from tui.words import _, ngettext

ELLIPSIS = "…"
NOTED = "注"
"""The sign before a note in the text."""

_JOINER = "\u200d"
_EMOJI = "\ufe0f"
_MOST_WIDTHS = 20_000

_CJK = (
    # The most frequent first, because a class is searched in this order.
    "\u4e00-\ua48c\u3000-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3131-\u3163\u3165-\u318e\u3250-\u4dbf"
    "\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6"
)
_AMBIGUOUS = "\u2014\u2018\u2019\u201c\u201d\u2026\u00b7\u00d7\u2460-\u2473\u2264\u2265"

_NO_START = frozenset("，。、；：？！）》〉」』】〕］｝”’…％‰℃～·,.;:?!)]}%°~")
_NO_END = frozenset("（《〈「『【〔［｛“‘([{￥$#＃№")
_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-@&/:'~=?#_") | frozenset(
    chr(code) for code in range(0xC0, 0x250) if chr(code).isalpha()
)
_DIGIT = frozenset("0123456789")
_UNIT = frozenset("年月日时分秒个项条万亿元吨米倍度号家")
_SCALE = frozenset("万亿")
_SPECIAL = _NO_START | _NO_END | _WORD | _UNIT | frozenset(" —第")
_SENTENCE_ENDS = "。！？!?；;"
_BLANK = frozenset(" \u3000")


class _Widths(dict[str, int]):
    """The width of each character that was looked up. Hostile text must not fill the memory."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self._ambiguous = ambiguous

    def __missing__(self, char: str) -> int:
        width = 2 if self._ambiguous == 2 and is_ambiguous(char) else get_character_cell_size(char)
        if len(self) < _MOST_WIDTHS:
            self[char] = width
        return width


def is_ambiguous(char: str) -> bool:
    """Whether terminals disagree about the width. Lines and blocks (U+2500–259F) of the screen always have one cell."""
    wide = unicodedata.east_asian_width(char) == "A" and not "\u2500" <= char <= "\u259f"
    return wide and get_character_cell_size(char) == 1


_WIDTHS = {1: _Widths(1), 2: _Widths(2)}


def cells(text: str, ambiguous: int = 1) -> int:
    """The width of the text in cells."""
    if text.isascii():
        return len(text)
    if _JOINER in text or _EMOJI in text:
        if ambiguous == 1:
            return cell_len(text)
        # A character of two cells replaces it, which no selector changes.
        return cell_len("".join("一" if is_ambiguous(char) else char for char in text))
    return sum(map(_WIDTHS[ambiguous].__getitem__, text))


@cache
def runs(ambiguous: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns for runs of characters of two cells, and of one. They are made when needed, in a millisecond each."""
    if ambiguous == 2:
        return re.compile(f"[{_CJK}{_AMBIGUOUS}]*"), re.compile("[ -~]*")
    return re.compile(f"[{_CJK}]*"), re.compile(f"[ -~\u00a0-\u00ac\u00ae-\u02ff{_AMBIGUOUS}]*")


def reach(text: str, start: int, budget: int, ambiguous: int = 1) -> int:
    """The last offset within `budget` cells from `start`; never inside a grapheme."""
    wide, narrow = runs(ambiguous)
    widths = _WIDTHS[ambiguous]
    position, size, budget = start, len(text), max(budget, 0)
    while position < size:
        # The patterns always match, because each matches an empty run too.
        end = wide.match(text, position, position + (budget >> 1)).end()  # type: ignore[union-attr]
        budget -= 2 * (end - position)
        position = end
        if budget > 0:
            end = narrow.match(text, position, position + budget).end()  # type: ignore[union-attr]
            budget -= end - position
            position = end
        if position == size:
            break
        char = text[position]
        width = widths[char]
        if char == _JOINER:
            position = min(position + 2, size)
        elif char == _EMOJI and position > start:
            # The selector may make its narrow character wide. Without room, both move to the next line.
            extra = cell_len(text[position - 1 : position + 1]) - cell_len(text[position - 1])
            if extra > budget:
                return position - 1
            budget -= extra
            position += 1
        elif width > budget:
            break
        else:
            position += 1
            budget -= width
    return position


def grapheme_end(text: str, start: int) -> int:
    """The offset behind the grapheme that begins at `start`: a character with all that is drawn upon it."""
    end = min(start + 1, len(text))
    while end < len(text) and (text[end - 1] == _JOINER or not _WIDTHS[1][text[end]]):
        end += 1
    return end


def grapheme_start(text: str, end: int) -> int:
    """The offset at which the last grapheme before `end` begins."""
    start = max(end - 1, 0)
    while start > 0 and (text[start - 1] == _JOINER or not _WIDTHS[1][text[start]]):
        start -= 1
    return start


def clip(text: str, width: int, ambiguous: int = 1) -> str:
    """The text if it fits, else its beginning and `…`, in at most `width` cells."""
    # A text with more than two code points for a cell does not fit, so it need not be measured.
    if len(text) <= 2 * max(width, 0) + 8 and cells(text, ambiguous) <= width:
        return text
    end = reach(text, 0, max(width, 0), ambiguous)
    if end == len(text):
        return text
    room = width - _WIDTHS[ambiguous][ELLIPSIS]
    return text[: reach(text, 0, room, ambiguous)] + ELLIPSIS if room >= 0 else ""


def pad(text: str, width: int, ambiguous: int = 1, *, right: bool = False) -> str:
    """The text in exactly `width` cells: clipped, or filled with spaces, which come first if `right`."""
    # A joiner at the end would join the spaces.
    text = clip(text, width, ambiguous).rstrip(_JOINER)
    space = " " * (width - cells(text, ambiguous))
    return space + text if right else text + space


def wrap(text: str, width: int, *, first_indent: int = 0, ambiguous: int = 1) -> list[tuple[int, int]]:
    """The lines of the text as (start, end), at least one. Blanks at the ends of a line are left out.

    The time is linear. A character wider than `width` gets a line of its own; a longer word or row of marks is cut.
    """
    lines: list[tuple[int, int]] = []
    start, size = _skip(text, 0, _BLANK), len(text)
    budget = max(width - first_indent, 1)
    while start < size:
        end = reach(text, start, budget, ambiguous)
        if end >= size:
            lines.append((start, _rstrip(text, start, size)))
            break
        end = _break_before(text, start, end, ambiguous)
        lines.append((start, _rstrip(text, start, end)))
        start = _skip(text, end, _BLANK)
        budget = max(width, 1)
    return lines or [(start, start)]


def _break_before(text: str, start: int, furthest: int, ambiguous: int) -> int:
    """The last position up to `furthest` where the line may end, or `furthest` if there is no such position."""
    position = furthest
    while position > start and _must_stay_together(text, position, ambiguous):
        position -= 1
    if position > start:
        return position
    # A run without a break that is longer than a line is cut there. A character wider than a line overflows.
    return furthest if furthest > start else reach(text, start, 2, ambiguous)


def _must_stay_together(text: str, position: int, ambiguous: int) -> bool:
    """Whether the characters before and after `position` belong on one line."""
    left, right = text[position - 1], text[position]
    if left not in _SPECIAL and right not in _SPECIAL:
        return right > "\u02ff" and (_WIDTHS[ambiguous][right] == 0 or left == _JOINER)
    if right in _NO_START or left in _NO_END:
        return True
    if right in _WORD:
        return left in _WORD or left == "第" or (left == "," and right in _DIGIT)
    if right in _UNIT:
        return left in _DIGIT or (left in _SCALE and position > 1 and text[position - 2] in _DIGIT | _SCALE)
    return left == right == "—" or _WIDTHS[ambiguous][right] == 0


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences, as (start, end), in which the part of the text from `start` to `end` stands."""
    before = max(text.rfind(mark, 0, start) for mark in _SENTENCE_ENDS) + 1
    ends = [found for mark in _SENTENCE_ENDS if (found := text.find(mark, max(end - 1, start))) >= 0]
    after = min(ends) + 1 if ends else len(text)
    return _skip(text, before, _BLANK), max(_rstrip(text, before, after), end)


def _skip(text: str, position: int, chars: frozenset[str]) -> int:
    while position < len(text) and text[position] in chars:
        position += 1
    return position


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return end


def minute_of(moment: datetime) -> str:
    """The minute of a moment in Beijing: 2021-12-28 14:05."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def when(moment: datetime, now: datetime, *, zone: tzinfo = BEIJING) -> str:
    """A time relative to `now`: just now, minutes ago, 14:05, yesterday 09:30, 11-20, 2021-12-28."""
    here, today = moment.astimezone(zone), now.astimezone(zone)
    seconds = (today - here).total_seconds()
    days = (today.date() - here.date()).days
    if 0 <= seconds < 60:
        return _("just now")
    if 0 <= seconds < 3600:
        return ngettext("{n} min ago", "{n} min ago", int(seconds) // 60)
    if days == 0:
        return f"{here:%H:%M}"
    if days == 1:
        return _("yest. {time}").format(time=f"{here:%H:%M}")
    return f"{here:%m-%d}" if here.year == today.year else f"{here:%Y-%m-%d}"
