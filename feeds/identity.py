"""What an article is known by. Beside the model, because parse, poller and archive must agree on it.

Sina gives one article many addresses: `doc-i<id>.shtml` on the desktop, `detail-i<id>.d.html` on the phone, with http
or https and with tracking parameters; rows and pages carry `comos:<id>`. The id is the same in all of them.
"""

import hashlib
import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from feeds.model import Entry

_COMOS = re.compile(r"(?:comos[:\-])([a-z]{4,}\d{4,})")
_DOC_PATH = re.compile(r"/(?:doc|detail)-i([a-z]{4,}\d{4,})\.(?:s?html|d\.html)$")
_PATH_SAFE = "/%:@!$&'()*+,;=~"  # what may stand in a path as it is (RFC 3986 §3.3), and % of what is escaped already
_TRACKING = re.compile(r"^(?:utm_\w+|spm|from|wm|cre|mod|loc|r|rfunc|tj|tr|vt|pos|_)$")


@lru_cache(256)  # an article's address is asked for by its entry, its keys and its docid
def canonical_url(url: str) -> str:
    """The address with one spelling: https, lower-case host, no default port, fragment, tracking parameter or blank.

    Returns "" for what is no http(s) address with a host.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    netloc = f"[{host}]" if ":" in host else host
    if port and port not in (80, 443):
        netloc = f"{netloc}:{port}"
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    path = quote(parts.path or "/", safe=_PATH_SAFE, errors="replace")
    return urlunsplit(("https", netloc, path, urlencode(kept, errors="replace"), ""))


def docid_of(docid: str, url: str) -> str:
    """`comos:<id>` from a row's docid or from a Sina address, "" where neither tells."""
    if found := _COMOS.search(docid):
        return f"comos:{found[1]}"
    parts = urlsplit(canonical_url(url))
    if found := _DOC_PATH.search(parts.path):
        return f"comos:{found[1]}"
    return ""


def keys_of(entry: Entry) -> tuple[str, ...]:
    """Every name of this entry, the most lasting first; never empty.

    A post has neither address nor GUID: its title and time are its name, so that a changed text is a revision.
    """
    keys = []
    if docid := docid_of(entry.docid, entry.url):
        keys.append(docid)
    if url := canonical_url(entry.url):
        keys.append(url)
    if entry.guid and canonical_url(entry.guid) not in keys:
        # A GUID is unique within its feed only (RSS 2.0 <guid>), unless it is an address.
        keys.append(canonical_url(entry.guid) or f"guid:{entry.source}:{entry.guid}")
    if not keys:
        when = entry.published.isoformat() if entry.published else ""
        keys.append(f"title:{entry.title}:{when}")
    return tuple(keys)


def id_of(key: str) -> str:
    """Twelve characters of base 32 from a key: short enough to type, 60 bits wide."""
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    number = int.from_bytes(digest)
    return "".join(alphabet[(number >> shift) & 31] for shift in range(55, -1, -5))
