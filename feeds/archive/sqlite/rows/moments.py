"""The time of an article beside its row's seconds: kept only where the seconds do not give it."""

from datetime import UTC, datetime

from feeds.model import BEIJING


def kept_moment(published: datetime) -> str | None:
    """The text to keep of a time, None where `moment_of` gives it from the seconds alone.

    The day files have Beijing time. So an article has the same rows when it is stored and when it is read again.
    """
    return published.astimezone(BEIJING).isoformat() if published.microsecond else None


def moment_of(seconds: int, kept: str | None) -> datetime:
    """The time again. Raises ValueError for a text that is no time."""
    return datetime.fromisoformat(kept) if kept else datetime.fromtimestamp(seconds, UTC).astimezone(BEIJING)
