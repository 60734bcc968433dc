"""Messages between the app and its screens."""

from textual.message import Message

from feeds.events import PollEvent
from feeds.model import Span
from feeds.query import Query


class PollEventsArrived(Message, bubble=False):
    """The poller's process sent events."""

    def __init__(self, events: tuple[PollEvent, ...]) -> None:
        super().__init__()
        self.events = events


class ReloadWanted(Message):
    """The reader wants these sources polled now, or all if none is named."""

    def __init__(self, sources: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.sources = sources


class FetchWanted(Message):
    """The reader wants the text of this article (its id) fetched again."""

    def __init__(self, article: str) -> None:
        super().__init__()
        self.article = article


class TermWanted(Message):
    """The reader wants the list limited by one more term of the filter, such as `source:7x24`."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__()
        self.field = field
        self.value = value


class PlaceWanted(Message):
    """The reader wants to read an article (its id) at `span`. One step back leads to the screens that are open now."""

    def __init__(self, article: str, span: Span | None = None) -> None:
        super().__init__()
        self.article = article
        self.span = span


class ScreensWanted(Message):
    """The reader wants these lasting screens, each over the one before; with a `query`, the last one shows it.

    The last one also shows the `subject`: keys of documents, or ids of articles.
    """

    def __init__(self, names: tuple[str, ...], query: Query | None = None, subject: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.names = names
        self.query = query
        self.subject = subject


class FlagsMarked(Message):
    """The reader marked articles. The poller may write the marks into the archive's files."""
