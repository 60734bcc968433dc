"""Which watches match which articles: the articles that were stored, and the targets that fall due."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from hashlib import blake2s
from typing import TYPE_CHECKING

from msgspec import Struct

from feeds.archive import Engine
from feeds.archive.sqlite.watches import WatchMatch
from feeds.config import View
from feeds.folding import folded_text
from feeds.model import Target
from feeds.query import Query, parse
from feeds.query.terms import And, Due, Edited, Is, Node, Not, Or

if TYPE_CHECKING:  # a poller without such watches starts without them
    from feeds.targets import TargetRow

_DUE_AT_ONCE = 500  # rows that are read at a time


class Watch(Struct, frozen=True):
    """A watch in force. `since` is when it began, in seconds since 1970. `follows_edits`: its filter asks for edits."""

    name: str
    query: Query
    since: float
    articles: bool
    days: int
    follows_edits: bool


def watch_of(view: View, since: float, today: date) -> Watch:
    """The watch that a view of config.toml is."""
    query = parse(view.query, today)
    return Watch(view.name, query, since, view.notify, view.notify_due, _asks_for_edits(query.root))


def _asks_for_edits(node: Node) -> bool:
    match node:
        case And(nodes=nodes) | Or(nodes=nodes):
            return any(map(_asks_for_edits, nodes))
        case Not():
            return False
        case _:
            return isinstance(node, Edited) or node == Is("changed")


def matches_of_stored(
    archive: Engine, watch: Watch, names: Sequence[str], new: Collection[str], now: float
) -> list[WatchMatch]:
    """The matches of a watch among articles that were stored: `new` ones, changed ones, and ones of unknown outcome.

    An article counts if it came into the archive after the watch began, and an edit if it was made after that.
    """
    if not (watch.articles and names):
        return []
    found = archive.listing().among(names, watch.query)
    since = int(watch.since)
    if watch.follows_edits:
        return [
            WatchMatch(watch.name, one.id, f"changed {one.changed}", now)
            for one in found
            if one.changed and one.changed >= since
        ]
    return [WatchMatch(watch.name, one.id, "", now) for one in found if one.id in new or one.seen >= since]


def matches_of_due(archive: Engine, watch: Watch, today: date, now: float) -> list[WatchMatch]:
    """The targets and goals of a watch's articles that fall due in its number of days. Raises ArchiveError."""
    if not watch.days:
        return []
    soon = Due("", today, today + timedelta(days=watch.days))
    listing = archive.targets(Query(And((*watch.query.root.nodes, soon)), today))
    found: list[WatchMatch] = []
    while rows := listing.window(len(found), _DUE_AT_ONCE):
        found += [
            WatchMatch(watch.name, row.latest.article, f"due {_digest_of(row)}", now, _words_of(row)) for row in rows
        ]
    return found


def _digest_of(row: "TargetRow") -> str:
    """A name of what falls due that stays the same when other articles repeat it."""
    part = row.latest.part
    words = f"{part.indicator} {row.latest.figure}" if isinstance(part, Target) else part.text
    return blake2s(f"{part.deadline}\n{folded_text(words)}".encode(errors="replace"), digest_size=12).hexdigest()


def _words_of(row: "TargetRow") -> str:
    return f"{row.latest.part.deadline} {row.latest.text}"


def parsed_watches(views: Mapping[str, View], since: Mapping[str, float], today: date) -> list[Watch]:
    """The watches of these views, each since when it began."""
    return [watch_of(view, since[name], today) for name, view in views.items() if name in since]
