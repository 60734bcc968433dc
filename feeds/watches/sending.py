"""Send a telling to one address of Apprise, in a process of its own.

    python -m feeds.watches.sending CONFIG NUMBER JOB

Apprise (the extra `notify`) is imported here and nowhere else. Like the launcher of a command this process claims the
telling's file by renaming it; if nothing could be sent, it takes the claim back and ends with 1, and the poller tries
again later. An address is a secret: it is never printed, and Apprise's own log is switched off.
"""

import json
import logging
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from feeds import config
from feeds.config.values import Address
from feeds.errors import FeedError
from feeds.fetch.secrets import text_of_secret
from feeds.model import Secret

_SENT, _NOT_SENT, _NOT_STARTED = 0, 1, 127
_LISTED = 20  # articles of a digest that the message lists


def address_of(address: Address, home: Path) -> str:
    """The address itself, from config.toml, from a variable or from a file that only its owner may read.

    A path is relative to the folder of config.toml. Raises FetchError, which never has the address.
    """
    if isinstance(address, str):
        return address
    file = str(home / Path(address["file"]).expanduser()) if "file" in address else ""
    return text_of_secret(Secret(env=address.get("env", ""), file=file), "notify.apprise")


def message_of(telling: Mapping[str, Any]) -> tuple[str, str]:
    """Title and body of the message for a telling: a line for each article, its address below it."""
    watches = " · ".join(telling["watches"][:5])
    title = f"{watches} ({telling['count']})" if telling["count"] > 1 else watches
    lines: list[str] = []
    for row in telling["articles"][:_LISTED]:
        words = row.get("due") or row.get("title") or row["id"]
        lines += [words, *([row["url"]] if row.get("url") else [])]
    left = telling["count"] - _LISTED
    return title, "\n".join([*lines, *([f"… +{left}"] if left > 0 else [])])


def main(words: Sequence[str]) -> int:
    """Claim the file and send its message. Return the exit code."""
    settings_path, number, job = words
    told = Path(job).with_suffix(".told")
    try:
        settings = config.load(Path(settings_path)).notify
        address = address_of(settings.apprise[int(number) - 1], Path(settings_path).parent)
        import apprise
    except (FeedError, IndexError) as error:
        return _fail(str(error))
    except ImportError:
        return _fail("notify.apprise: Apprise is not installed: pip install 'zhengwen[notify]'")
    logging.disable(logging.CRITICAL)  # it writes addresses
    sender = apprise.Apprise()
    if not sender.add(address):
        return _NOT_SENT
    try:
        text = Path(job).read_text("utf-8")
        Path(job).rename(told)
    except FileNotFoundError:
        return _SENT  # another process has claimed it
    title, body = message_of(json.loads(text))
    if sender.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT):
        return _SENT
    told.rename(job)
    return _NOT_SENT


def _fail(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return _NOT_STARTED


def _report_kind(kind: type[BaseException], _bug: BaseException, _trace: TracebackType | None) -> None:
    """Write the kind of a bug alone: its message may have the address."""
    sys.stderr.write(f"notify.apprise: {kind.__name__}\n")


if __name__ == "__main__":
    sys.excepthook = _report_kind
    sys.exit(main(sys.argv[1:]))
