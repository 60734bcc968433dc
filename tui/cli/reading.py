"""Reads an archive for a command, whatever its state is. A line reports problems."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from feeds.archive import Archive, Engine
from feeds.errors import IndexDamaged, NoSuchArticle
from feeds.model import Article
from tui.cli.output import say
from tui.cli.setting import Setting
from tui.words import _, sentence_of

T = TypeVar("T")
_WEB = ("http://", "https://")


def read(path: Path, work: Callable[[Engine], T]) -> T:
    """Return the result of `work`. If the index proves damaged, rebuild it and repeat the work.

    Raises FeedError.
    """
    try:
        return _read(path, work)
    except IndexDamaged:
        found = _read(path, work)
        say("zhengwen: " + _("The archive's index was damaged and was made anew; no article is lost."), err=True)
        return found


def _read(path: Path, work: Callable[[Engine], T]) -> T:
    with Archive.open(path) as archive:
        found = work(archive)
        report_problems(archive)
        return found


def report_problems(archive: Engine, *, days: bool = True) -> None:
    """Print on standard error how the archive was opened and, with `days`, which days it could not read."""
    notice = archive.view.notice if archive.view else None
    for fault in [*([notice] if notice else []), *(archive.set_aside if days else ())]:
        say(f"zhengwen: {sentence_of(fault)}", err=True)


def article_named(setting: Setting, name: str, now: datetime) -> Article:
    """The article of a word of the command line: `-` (standard input), an address, a file, or an id of the archive.

    Raises FeedError; NoSuchArticle if the name is not a file either.
    """
    if not (name == "-" or name.startswith(_WEB) or Path(name).is_file()):
        try:
            return read(setting.archive, lambda archive: archive.get(archive.resolve(name)))
        except NoSuchArticle:
            raise NoSuchArticle("{name} is neither a file nor an address nor an archived article", name=name) from None
    from feeds.intake import article as intake  # with the fetcher and the parser, which no archived article needs

    if name.startswith(_WEB):
        return intake.article_of_address(name, setting.config.fetch, now)
    return intake.article_of_bytes(sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes(), name, now)
