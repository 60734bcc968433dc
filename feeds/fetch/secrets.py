"""Secrets of config.toml when a request or a telling needs them: the text, or what a variable or a file has.

A secret stands in no message. A file that others on this machine can read is refused, as ssh refuses it.
"""

import os
import stat
from pathlib import Path

from feeds.controls import excerpt, printable
from feeds.errors import FetchError, reason_of
from feeds.model import Secret

_LONGEST = 8_000  # characters of a secret
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def text_of_secret(secret: Secret, key: str) -> str:
    """The text of the secret `key`. Raises FetchError, which says what is wrong with its variable or file."""
    if secret.env:
        return _check_text(os.environ.get(secret.env, "").strip(), key, secret.env)
    if secret.file:
        return _check_text(_text_in(Path(secret.file), key).strip(), key, printable(secret.file))
    return secret.text


def _text_in(path: Path, key: str) -> str:
    name = excerpt(printable(path))
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if os.name == "posix" and status.st_mode & _OTHERS:
                raise FetchError(
                    "{key}: {path} can be read by others; make it readable only by you (chmod 600)", key=key, path=name
                )
            return file.read(_LONGEST + 2).decode("utf-8")
    except UnicodeDecodeError:
        raise FetchError("{key}: {path} is no text in UTF-8", key=key, path=name) from None
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = reason_of(error)
        raise FetchError("{key}: {path} cannot be read ({reason})", key=key, path=name, reason=reason) from None


def _check_text(text: str, key: str, place: str) -> str:
    if not text:
        raise FetchError("{key}: {place} is not set or empty", key=key, place=place)
    if len(text) > _LONGEST or not text.isprintable():
        raise FetchError("{key}: {place} is too long, or has a control character", key=key, place=place)
    return text
