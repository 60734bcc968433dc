"""The names of an entry: docid, address, what its source calls it, its file; where there is none, its title.

A name holds only where it is unique. So the entries of one answer are named together: a name that two of them share
names neither, and one that a source has shared before stays none.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct, structs

from feeds.identity.urls import canonical_url, docid_of, exact_url, is_root
from feeds.model import Entry

# What programs write where they have no name. It may come alone in an answer and still names nothing.
_PLACEHOLDER = re.compile(
    r"\s*(?:n\s*/?\s*a|none|null|nil|nan|undefined|unknown|empty|false|true|guid|id|无|空|未知|暂无|[\W_0]*)\s*",
    re.IGNORECASE,
)


class NamedEntries(Struct, frozen=True):
    """The entries of an answer, each once and with its `keys`; and the names that several of them `shared`."""

    entries: tuple[Entry, ...]
    shared: frozenset[str]


def name_entries(entries: Iterable[Entry], shared: Collection[str] = ()) -> NamedEntries:
    """Name the entries of one answer. `shared` are names that are known to be none in this source.

    No two of the answer share a key. An entry that says in everything what another says is that one.
    """
    once = _once(entries)
    names = [names_of(entry) for entry in once]
    counts = Counter(name for found in names for name in found)
    common = {name for name, count in counts.items() if count > 1 or name in shared}
    left = [tuple(name for name in found if name not in common) if common else found for found in names]
    titles = Counter(_title_key(entry) for entry, keys in zip(once, left, strict=True) if not keys)
    common |= {title for title, count in titles.items() if count > 1 or title in shared}
    return NamedEntries(
        tuple(
            structs.replace(entry, keys=keys or tuple(key for key in _nameless_keys(entry) if key not in common))
            for entry, keys in zip(once, left, strict=True)
        ),
        frozenset(common),
    )


def keys_of(entry: Entry) -> tuple[str, ...]:
    """The names of this entry, the most lasting first; never empty.

    Those that its answer left it; where nobody asked the answer, all that it has by itself.
    """
    return entry.keys or names_of(entry) or _nameless_keys(entry)


def names_of(entry: Entry) -> tuple[str, ...]:
    """Every name that an entry has by itself, whoever else has it too."""
    names = [docid_of(entry.docid, entry.url), *_addresses(entry.url)]
    if entry.guid and entry.guid != names[0] and not _PLACEHOLDER.fullmatch(entry.guid):
        # A GUID is unique within its feed only (RSS 2.0 <guid>), unless it is an address.
        names += _addresses(entry.guid) if canonical_url(entry.guid) else [f"guid:{entry.source}:{entry.guid}"]
    return tuple(dict.fromkeys(filter(None, names)))


def _addresses(url: str) -> Sequence[str]:
    """The names that an address is; a home page is everybody's."""
    exact = exact_url(url)
    return () if is_root(exact) else (canonical_url(url), exact)


def _nameless_keys(entry: Entry) -> tuple[str, str]:
    """What names an entry that has no name: its title and time, and behind them all that it says."""
    said = (entry.title, _when(entry), entry.guid, exact_url(entry.url), entry.body or entry.summary)
    return _title_key(entry), f"text:{_digest(*said)}"


def file_key(path: str, source: str) -> str:
    """What names a post: the file it stands in, among the files of its source."""
    return f"file:{source}:{_digest(path)}"


def _title_key(entry: Entry) -> str:
    return f"title:{entry.title}:{_when(entry)}"


def _when(entry: Entry) -> str:
    return entry.published.isoformat() if entry.published else ""


def _digest(*said: str) -> str:
    # A body is as the feed sent it, half a surrogate pair from a JSON escape included.
    return hashlib.blake2b("\0".join(said).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def _once(entries: Iterable[Entry]) -> Sequence[Entry]:
    """The entries without repeats. Of each, the one with the plainest address stays: names must not depend on order.

    Where the addresses are as plain as each other, the first stays.
    """
    found: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        kept = found.setdefault(_said(entry), entry)
        if kept.url != entry.url and _plainness(entry.url) < _plainness(kept.url):
            found[_said(entry)] = entry
    return list(found.values())


def _plainness(url: str) -> tuple[int, str]:
    """A sort key for spellings of one address, the plainest first: the shortest, by the alphabet where equally long."""
    exact = exact_url(url)
    return len(exact), exact


def _said(entry: Entry) -> tuple[str, ...]:
    """All by which two entries of one answer can be told apart."""
    if entry.docid and entry.guid == entry.docid:
        # A row of Sina's roll may stand twice while the channel moves, and its title be mended meanwhile.
        return entry.docid, exact_url(entry.url)
    text = entry.body or entry.summary
    url = canonical_url(entry.url) if text and entry.published else exact_url(entry.url)
    return url, entry.docid, entry.guid, entry.title, _when(entry), text


def id_of(key: str) -> str:
    """Twelve characters of base 32 from a key: short enough to type, 60 bits wide."""
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    number = int.from_bytes(digest)
    return "".join(alphabet[(number >> shift) & 31] for shift in range(55, -1, -5))
