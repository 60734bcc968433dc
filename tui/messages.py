"""Messages that cross screens: what the app tells whatever screen is up."""

from textual.message import Message

from feeds.model import PollEvent


class PollEventArrived(Message, bubble=False):
    """The poller process told something."""

    def __init__(self, event: PollEvent) -> None:
        super().__init__()
        self.event = event
