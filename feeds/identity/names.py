"""The names of an entry: its docid, address, GUID or file. An entry without any of these is named by its title.

A name counts only if it is unique. So the entries of one answer are named together: a name that two of them share
names neither of them. A name that entries of a source shared before is not used again.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct, structs

from feeds.identity.urls import canonical_url, docid_of, exact_url, is_root
from feeds.model import Entry

# What programs write if they have no name. Even if only one entry of an answer has it, it is not a name.
_PLACEHOLDER = re.compile(
    r"\s*(?:n\s*/?\s*a|none|null|nil|nan|undefined|unknown|empty|false|true|guid|id|无|空|未知|暂无|[\W_0]*)\s*",
    re.IGNORECASE,
)


class NamedEntries(Struct, frozen=True):
    """The entries of an answer without repeats, each with its `keys`. `shared` has the names of several entries."""

    entries: tuple[Entry, ...]
    shared: frozenset[str]


def name_entries(entries: Iterable[Entry], shared: Collection[str] = ()) -> NamedEntries:
    """The entries of one answer with their keys. `shared` are names that several entries of this source had before.

    No two entries of the answer have a common key. An entry that is equal to another in everything is a repeat of it.
    """
    once = _without_repeats(entries)
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
    """The names of this entry, the most lasting first. There is always at least one.

    If the entry was named among the others of its answer, these are its keys. If not, these are all its own names.
    """
    return entry.keys or names_of(entry) or _nameless_keys(entry)


def names_of(entry: Entry) -> tuple[str, ...]:
    """Every name of an entry, even if other entries have the same name."""
    names = [docid_of(entry.docid, entry.url), *_addresses(entry.url)]
    if entry.guid and entry.guid != names[0] and not _PLACEHOLDER.fullmatch(entry.guid):
        # A GUID is unique within its feed only (RSS 2.0 <guid>), unless it is an address.
        names += _addresses(entry.guid) if canonical_url(entry.guid) else [f"guid:{entry.source}:{entry.guid}"]
    return tuple(dict.fromkeys(filter(None, names)))


def _addresses(url: str) -> Sequence[str]:
    """The names that an address gives. A home page gives none, because it belongs to no single article."""
    exact = exact_url(url)
    return () if is_root(exact) else (canonical_url(url), exact)


def _nameless_keys(entry: Entry) -> tuple[str, str]:
    """The keys of an entry without a name: its title and time; after it a digest of all its data."""
    data = (entry.title, _when(entry), entry.guid, exact_url(entry.url), entry.body or entry.summary)
    return _title_key(entry), f"text:{_digest(*data)}"


def file_key(path: str, source: str) -> str:
    """The name of a post: its file, among the files of its source."""
    return f"file:{source}:{_digest(path)}"


def _title_key(entry: Entry) -> str:
    return f"title:{entry.title}:{_when(entry)}"


def _when(entry: Entry) -> str:
    return entry.published.isoformat() if entry.published else ""


def _digest(*data: str) -> str:
    # A body is as the feed sent it. It may contain half a surrogate pair from a JSON escape.
    return hashlib.blake2b("\0".join(data).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def _without_repeats(entries: Iterable[Entry]) -> Sequence[Entry]:
    """The entries without repeats. The repeat with the plainest address stays, so that names do not depend on order.

    If the addresses are equally plain, the first stays.
    """
    found: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        kept = found.setdefault(_distinguishing_data(entry), entry)
        if kept.url != entry.url and _plainness(entry.url) < _plainness(kept.url):
            found[_distinguishing_data(entry)] = entry
    return list(found.values())


def _plainness(url: str) -> tuple[int, str]:
    """A sort key for spellings of one address, the plainest first: the shortest, by the alphabet where equally long."""
    exact = exact_url(url)
    return len(exact), exact


def _distinguishing_data(entry: Entry) -> tuple[str, ...]:
    """The data that distinguishes an entry from the others of its answer."""
    if entry.docid and entry.guid == entry.docid:
        # A row of Sina's roll may appear twice while the channel moves, and its title may be corrected meanwhile.
        return entry.docid, exact_url(entry.url)
    text = entry.body or entry.summary
    url = canonical_url(entry.url) if text and entry.published else exact_url(entry.url)
    return url, entry.docid, entry.guid, entry.title, _when(entry), text


def id_of(key: str) -> str:
    """The id for a key: twelve characters of base 32 (60 bits), short enough to type."""
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    number = int.from_bytes(digest)
    return "".join(alphabet[(number >> shift) & 31] for shift in range(55, -1, -5))
