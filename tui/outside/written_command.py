"""A command as a reader wrote it: its arguments as a shell would split them, and why it cannot be started."""

import shlex

from feeds.errors import FeedError, reason_of


def arguments_of(written: str, refusal: str) -> list[str]:
    """The arguments of a command. If a quotation mark is open, raises FeedError with `refusal` and its `reason`."""
    try:
        return shlex.split(written)
    except ValueError as error:
        raise FeedError(refusal, reason=str(error)) from error


def start_failure(program: str, error: OSError) -> FeedError:
    """The failure of a program that the system does not start."""
    return FeedError("{program} cannot be started: {reason}", program=program, reason=reason_of(error))
