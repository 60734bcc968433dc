"""The status line: what the poller and each source are doing, in words, and where in the list the reader is.

It says all it can in the room it has: every source with its times; where that is too wide, names and marks; where that
is too wide as well, a summary and the first failure. The whole always stands on the sources screen.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.polling.reasons import HELP, failure_of_all, keys_with_labels
from tui.polling.status import PollingStatus, SourceStatus
from tui.text import cells, clip, when
from tui.words import _, ngettext, sentence_of

TICK = 5.0  # seconds; relative times are told in minutes, the last minute in seconds

Part = tuple[str, str]


class StatusLine(Widget):
    """One line. `status`, `position` (from 1, 0 for none), `total`, `exact` and `unread` are set from above."""

    status: reactive[PollingStatus] = reactive(PollingStatus())
    position: reactive[int] = reactive(0)
    total: reactive[int] = reactive(0)
    exact: reactive[bool] = reactive(default=True)
    unread: reactive[int] = reactive(0)

    class StatusPressed(Message):
        """The line was clicked: its reader wants to know more."""

    def __init__(self, now: Callable[[], datetime], *, ambiguous: int = 1, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._now = now
        self._ambiguous = ambiguous

    def on_mount(self) -> None:
        """Let relative times grow old."""
        self.set_interval(TICK, self.refresh)

    def render(self) -> Content:
        """Sources on the left, the place in the list on the right."""
        return line_of(
            self.status,
            place_of(self.position, self.total, self.unread, exact=self.exact),
            self.size.width,
            self._now(),
            self._ambiguous,
        )

    def on_click(self, event: events.Click) -> None:
        """Ask for the sources screen."""
        event.stop()
        self.post_message(self.StatusPressed())


def place_of(position: int, total: int, unread: int, *, exact: bool = True) -> str:
    """The reader's place in the list (`1/2000+` while it is being counted), and how much is unread in the archive."""
    parts = [ngettext("{n} unread", "{n} unread", unread)] if unread else []
    parts.append(f"{position}/{total}{'' if exact else '+'}")
    return "  ".join(parts)


def line_of(status: PollingStatus, place: str, width: int, now: datetime, ambiguous: int = 1) -> Content:
    """The whole line in `width` cells."""
    room = width - cells(place, ambiguous) - 4
    if room < 0:
        return Content.styled(clip(f" {place}", width, ambiguous), "$quiet")
    state = _state_of(status, now)
    # Between names and a summary, a failure must be told in words: names alone do not.
    for form in (
        (_summary,)
        if failure_of_all(status, now)
        else (_full, _summary)
        if status.failing
        else (_full, _short, _summary)
    ):
        parts = [*state, *form(status, now)]
        if cells(_plain(parts), ambiguous) <= room:
            break
    parts = _parts_in_room(parts, room, ambiguous)
    gap = " " * (room - cells(_plain(parts), ambiguous) + 2)
    return Content.assemble(" ", *parts, gap, (place, "$quiet"), " ")


def due_in(due: datetime | None, now: datetime) -> str:
    """How long until a turn."""
    if due is None:
        return ""
    seconds = int((due - now).total_seconds())
    if seconds <= 0:
        return _("now")
    if seconds < 60:
        return ngettext("in {n} s", "in {n} s", seconds)
    if seconds < 7200:
        return ngettext("in {n} min", "in {n} min", seconds // 60)
    return ngettext("in {n} h", "in {n} h", seconds // 3600)


def state_words(status: PollingStatus, now: datetime) -> str:
    """The state of the poller's process in words; empty while it simply runs."""
    fault = sentence_of(status.fault) if status.fault else ""
    match status.state:
        case "off":
            return _("not polling")
        case "starting":
            return _("poller starts")
        case "waiting":
            return _("poller restarts {when}: {reason}").format(when=due_in(status.retry, now), reason=fault)
        case "reading-only":
            words = _("another zhengwen polls this archive")
            return f"{words} ({status.holder})" if status.holder else words
        case "stopped":
            return _("poller stopped")
        case "running":
            return ""


def who_polls(status: PollingStatus, now: datetime) -> str:
    """Why this dashboard's poller cannot be told to ask a source."""
    if status.state == "reading-only":
        words = _("Another zhengwen polls this archive and asks its sources; this one looks again now.")
        more = _("Reading, search and marks work here.")
        return f"{words} {more}" + (f" ({status.holder})" if status.holder else "")
    return _("No source can be asked: {reason}").format(reason=state_words(status, now) or _("not polling"))


def mark_of(source: SourceStatus) -> Part:
    """One sign and its colour: failing, being asked, well, not asked yet."""
    if source.asking:
        return "↻", "$accent"
    if source.fault:
        return "✗", "bold $error"
    return ("✓", "$success") if source.answered or source.newest else ("-", "$quiet")


def _state_of(status: PollingStatus, now: datetime) -> list[Part]:
    parts: list[Part] = []
    if words := state_words(status, now):
        parts.append((words + "  ", "$quiet" if status.state in {"starting", "off", "stopped"} else "$warning"))
    if status.aside:
        parts.append((ngettext("{n} set aside", "{n} set aside", len(status.aside)) + "  ", "$warning"))
    return parts


def _full(status: PollingStatus, now: datetime) -> Iterable[Part]:
    for source in status.sources:
        yield mark_of(source)
        yield f" {source.name} ", "$foreground"
        if source.fault:
            yield sentence_of(source.fault) + " ", "$error"
        elif source.newest:
            yield when(source.newest, now) + " ", "$quiet"
        if source.due and status.state == "running":
            yield f"↻{due_in(source.due, now)} ", "$quiet"
        yield " ", ""


def _short(status: PollingStatus, now: datetime) -> Iterable[Part]:
    for source in status.sources:
        yield mark_of(source)
        newest = f" {when(source.newest, now)}" if source.newest and not source.fault else ""
        yield f" {source.name}{newest}  ", "$quiet"


def _summary(status: PollingStatus, now: datetime) -> Iterable[Part]:
    if failure := failure_of_all(status, now):
        yield "✗ ", "bold $error"
        yield f"{failure}  ", "$error"
        yield keys_with_labels(*HELP), "$quiet"
        return
    for source in status.failing[:1]:
        yield mark_of(source)
        yield f" {source.name}: {sentence_of(source.fault)}  " if source.fault else "", "$error"
    if len(status.failing) > 1:
        yield ngettext("and {n} more", "and {n} more", len(status.failing) - 1) + "  ", "$error"
    well = len(status.sources) - len(status.failing)
    if status.sources:
        yield ("↻ ", "$accent") if status.asking else ("✓ ", "$success")
        yield ngettext("{n} source", "{n} sources", well) + "  ", "$quiet"
    if newest := max((source.newest for source in status.sources if source.newest), default=None):
        yield when(newest, now) + "  ", "$quiet"
    if status.state == "running" and status.next_due:
        yield f"↻{due_in(status.next_due, now)}", "$quiet"


def _plain(parts: Iterable[Part]) -> str:
    return "".join(text for text, _style in parts)


def _parts_in_room(parts: Iterable[Part], room: int, ambiguous: int) -> list[Part]:
    kept: list[Part] = []
    for text, style in parts:
        cut = clip(text, room, ambiguous)
        kept.append((cut, style))
        room -= cells(cut, ambiguous)
        if cut != text:
            break
    return kept
