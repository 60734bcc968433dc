"""Addresses as names: which spellings of an address name the same article, and the docid in addresses of Sina.

Sina gives one article many addresses: `doc-i<id>.shtml` on the desktop, `detail-i<id>.d.html` on the phone, with http
or https and with tracking parameters; rows and pages carry `comos:<id>`. The id is the same in all of them.
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

_COMOS = re.compile(r"(?:comos[:\-])([a-z]{4,}\d{4,})")
_DOC_PATH = re.compile(r"/(?:doc|detail)-i([a-z]{4,}\d{4,})\.(?:s?html|d\.html)$")
_PATH_SAFE = "/%:@!$&'()*+,;=~"  # what a path may contain as it is (RFC 3986 §3.3), and the % of escapes
_TRACKING = re.compile(
    r"(?:utm_\w+|spm|from|wm|cre|mod|loc|r|rfunc|tj|tr|vt|pos|_|fbclid|gclid|msclkid|yclid|igshid|mc_[ce]id|bd_vid)"
)
# The id of a visit as PHP, Java, ASP, ColdFusion and Discuz write it. It differs at each visit.
_VISIT = r"phpsessid|jsessionid|aspsessionid\w*|asp\.net_sessionid|session_?id|cfid|cftoken"
_CAMPAIGN = re.compile(rf"(?:utm_\w+|spm|(?i:{_VISIT}))")  # no host names a page with these
_VISIT_IN_PATH = re.compile(rf";(?:{_VISIT})=[^/;]*", re.IGNORECASE)
_TOKEN = re.compile(r"(?=[0-9A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[0-9A-Za-z]{16,64}")
# WeChat names an article by these fields, or by its path. Other fields say where the reader comes from.
_WECHAT, _WECHAT_FIELDS = "mp.weixin.qq.com", frozenset({"__biz", "mid", "idx", "sn"})


@lru_cache(1024)  # entry, keys and docid of an article all use its address
def canonical_url(url: str) -> str:
    """The address in one spelling: https, lower-case host, no default port, fragment, tracking parameter or blank.

    The result is "" if `url` is not an http(s) address with a host.
    """
    return _spelling(url, _TRACKING, fragment=False)


@lru_cache(1024)
def exact_url(url: str) -> str:
    """The same with its fragment and all parameters except those of campaigns. Some hosts distinguish pages by them."""
    if "?" not in url and "#" not in url:
        return canonical_url(url)
    return _spelling(url, _CAMPAIGN, fragment=True)


def is_root(url: str) -> bool:
    """Whether an address is the home page of a host, which is not the name of an article."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query and not parts.fragment


def _spelling(url: str, dropped: re.Pattern[str], *, fragment: bool) -> str:
    try:
        parts = urlsplit(url.strip())
        netloc = _netloc(parts)
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not netloc:
        return ""
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_dropped(k, v, dropped)]
    if netloc == _WECHAT and (parts.path.startswith("/s/") or any(k in _WECHAT_FIELDS for k, _ in kept)):
        kept, fragment = [(k, v) for k, v in kept if k in _WECHAT_FIELDS], False
    path = quote(_VISIT_IN_PATH.sub("", parts.path) or "/", safe=_PATH_SAFE, errors="replace")
    behind = quote(parts.fragment, safe=_PATH_SAFE + "?#", errors="replace") if fragment else ""
    return urlunsplit(("https", netloc, path, urlencode(kept, errors="replace"), behind))


def _is_dropped(name: str, value: str, dropped: re.Pattern[str]) -> bool:
    """Whether a field of an address does not name a page. `sid` is the id of a visit if its value looks like one."""
    if dropped.fullmatch(name) or _CAMPAIGN.fullmatch(name):
        return True
    return name == "sid" and _TOKEN.fullmatch(value) is not None


def _netloc(parts: SplitResult) -> str:
    host, port = parts.hostname, parts.port
    if not host:
        return ""
    netloc = f"[{host}]" if ":" in host else host
    return f"{netloc}:{port}" if port and port not in (80, 443) else netloc


def docid_of(docid: str, url: str) -> str:
    """`comos:<id>` from the docid of a row or from a Sina address, or "" if neither contains it."""
    if found := _COMOS.search(docid):
        return f"comos:{found[1]}"
    parts = urlsplit(canonical_url(url))
    if found := _DOC_PATH.search(parts.path):
        return f"comos:{found[1]}"
    return ""
