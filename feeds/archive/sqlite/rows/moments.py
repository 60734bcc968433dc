"""The time of an article beside its row's seconds: kept only where the seconds do not give it."""

from datetime import UTC, datetime, timedelta

from feeds.model import BEIJING


def kept_moment(published: datetime) -> str | None:
    """The text to keep of a time, None where `moment_of` gives it from the seconds alone."""
    plain = published.utcoffset() == timedelta(hours=8) and not published.microsecond
    return None if plain else published.isoformat()


def moment_of(seconds: int, kept: str | None) -> datetime:
    """The time again. Raises ValueError for a text that is no time."""
    return datetime.fromisoformat(kept) if kept else datetime.fromtimestamp(seconds, UTC).astimezone(BEIJING)
