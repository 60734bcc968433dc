"""Whether an entry of a source is an article that the archive has. Pure.

A common name raises this question but does not answer it. A source may use one GUID for its newest article, whichever
that is. Many flashes may lead to one address. A parameter may count visits at one host and name pages at another.
Three tests decide, in this order:

1. The names that the source itself gives: different names mean different articles, unless everything else is equal.
2. The kind of the common name: a docid or the exact address is enough, a short GUID is not.
3. Title, time and text, if the name is not enough.
"""

import re
from collections.abc import Set as AbstractSet
from datetime import datetime, time
from itertools import pairwise

from msgspec import Struct

from feeds.identity.names import keys_of
from feeds.identity.urls import canonical_url, exact_url, is_root
from feeds.model import BEIJING, Article, Entry

_LOOK = 4000  # characters of a text; only these are compared
_WIDTH = 4  # characters of a shingle
_ALIKE = 0.5  # Jaccard similarity; from here on one text is a later version of the other
_RESEMBLING = 0.3  # share of the shorter title's pairs of letters that the other must have
_LEAST = 6  # letters that a title needs to be the short form of a longer one
_MOST_OF = 0.6  # share of the longer title that the short form needs
_SLUG = 16  # letters of a name without a figure; so long a name is not given twice by chance

_TAG = re.compile(r"<[^<>]{0,2000}>")
_MARKS = re.compile(r"[\W_]+")
_FIGURES = re.compile(r"\d+|[〇零一二三四五六七八九十百千]+")


class ItemFacts(Struct, frozen=True, kw_only=True):
    """The data of an item for the comparison with an article of the archive; "" or None if it is not known."""

    source: str
    keys: tuple[str, ...]
    title: str
    url: str
    guid: str
    published: datetime | None
    summary: str
    text: str


def facts_of_entry(entry: Entry) -> ItemFacts:
    """The data of an entry."""
    from html import unescape  # import late: the dashboard starts without its table of entities

    return ItemFacts(
        source=entry.source,
        keys=keys_of(entry),
        title=entry.title,
        url=entry.url,
        guid=entry.guid,
        published=entry.published,
        summary=entry.summary,
        text=unescape(_TAG.sub(" ", (entry.body or "")[: 2 * _LOOK])),
    )


def facts_of_article(article: Article) -> ItemFacts:
    """The data of an article that is not yet stored."""
    return ItemFacts(
        source=article.sources[0] if article.sources else "",
        keys=article.keys,
        title=article.title,
        url=article.url,
        guid=article.guid,
        published=article.published if article.dated else None,
        summary=article.summary,
        text=_text_of(article),
    )


def is_same(new: ItemFacts, old: Article) -> bool:
    """Whether an item is this article of the archive, in the same or another version."""
    shared = [key for key in new.keys if key in old.keys]
    if not shared:
        return False
    own, known = _own_name(new), _own_names(old, new.source)
    if own and known:
        return _keeps_its_name(own, new, old) if own in known else is_repeat(new, old)
    docids, others = _docids(new.keys), _docids(old.keys)
    if docids and others and not docids & others:
        return is_repeat(new, old)
    return any(_proves(key, new, old) for key in shared)


def is_repeat(new: ItemFacts, old: Article) -> bool:
    """Whether an item is equal to this article, although its source gives it another name."""
    if not has_same_title(new.title, old.title):
        return False
    if _same_moment(new, old) and canonical_url(new.url) and canonical_url(new.url) == canonical_url(old.url):
        return True
    likeness = _text_likeness(new, old)
    return _same_date(new, old) and likeness in (None, 1.0)


def has_same_title(one: str, other: str) -> bool:
    """Whether two titles are equal without punctuation, or one is most of the other."""
    fewer, more = sorted((_letters(one), _letters(other)), key=len)
    return fewer == more or (len(fewer) >= max(_LEAST, _MOST_OF * len(more)) and fewer in more)


# -- the names that a source gives


def _own_name(new: ItemFacts) -> str:
    """The name that the source gives an item, or "" if it gives none."""
    for kind in ("file", "guid"):
        prefix = f"{kind}:{new.source}:"
        if found := next((key for key in new.keys if key.startswith(prefix)), ""):
            return found
    address = exact_url(new.guid) if new.guid else ""
    return address if address in new.keys or canonical_url(address) in new.keys else ""


def _own_names(old: Article, source: str) -> AbstractSet[str]:
    """The names that a source gives an article of the archive."""
    prefixes = (f"file:{source}:", f"guid:{source}:")
    found = {key for key in old.keys if key.startswith(prefixes)}
    if not found and old.guid and old.sources == (source,) and (address := exact_url(old.guid)):
        found.add(address)
    return found


def _docids(keys: tuple[str, ...]) -> AbstractSet[str]:
    return {key for key in keys if key.startswith("comos:")}


def _keeps_its_name(own: str, new: ItemFacts, old: Article) -> bool:
    """Whether an article of the same name and source is the same article, and not a later one with that name."""
    if canonical_url(new.url) and canonical_url(new.url) == canonical_url(old.url):
        return True
    if has_same_title(new.title, old.title) or _same_moment(new, old):
        return True
    if not _is_distinctive(own):
        return False
    # The text alone is not enough: a wall or a footer is in all articles of a source.
    return _is_similar_title(new.title, old.title) or (_same_date(new, old) and _alike_text(new, old))


def _is_distinctive(name: str) -> bool:
    """Whether nobody gives this name twice by chance."""
    bare = name.split(":", 2)[-1]
    return any(letter.isdigit() for letter in bare) or (len(bare) >= _SLUG and len({*bare}) >= _SLUG // 2)


# -- what a common name proves


def _proves(key: str, new: ItemFacts, old: Article) -> bool:
    if key.startswith("title:"):
        return _text_likeness(new, old) is None or _alike_text(new, old)
    if not key.startswith("https://"):
        return True
    if _is_exact_address(key, new, old) and not is_root(key):
        return True
    if has_same_title(new.title, old.title):
        return True
    if is_root(key):
        return False
    alike = _same_date(new, old) or _alike_text(new, old)
    return _same_moment(new, old) or (alike and _is_similar_title(new.title, old.title))


def _is_exact_address(key: str, new: ItemFacts, old: Article) -> bool:
    """Whether both have exactly this address, and not one that differs in a tracking parameter."""
    if key not in (exact_url(new.url), exact_url(new.guid)):
        return False
    return canonical_url(old.url) != canonical_url(key) or exact_url(old.url) == key


def _is_similar_title(one: str, other: str) -> bool:
    """Whether two titles have much in common, and no figure distinguishes them."""
    figures, others = set(_FIGURES.findall(one)), set(_FIGURES.findall(other))
    if figures - others and others - figures:
        return False
    pairs, theirs = ({*pairwise(_letters(title))} for title in (one, other))
    fewer = min(len(pairs), len(theirs))
    return bool(fewer) and len(pairs & theirs) >= _RESEMBLING * fewer


def _same_moment(new: ItemFacts, old: Article) -> bool:
    """Whether both have the same time, and the time is not only a date."""
    if new.published is None or not old.dated:
        return False
    return new.published == old.published and new.published.astimezone(BEIJING).time() != time()


def _same_date(new: ItemFacts, old: Article) -> bool:
    """Whether their times do not distinguish them."""
    return new.published is None or not old.dated or new.published == old.published


def _alike_text(new: ItemFacts, old: Article) -> bool:
    likeness = _text_likeness(new, old)
    return likeness is not None and likeness >= _ALIKE


def _text_likeness(new: ItemFacts, old: Article) -> float | None:
    """How similar their texts are, or their summaries, from 0 to 1; None if there is nothing to compare."""
    for one, other in ((new.text, _text_of(old)), (new.summary, old.summary)):
        ours, theirs = _letters(one[:_LOOK]), _letters(other[:_LOOK])
        if ours and theirs:
            return _jaccard(ours, theirs)
    return None


def _jaccard(one: str, other: str) -> float:
    if one == other:
        return 1.0
    shingles, others = (
        {text[start : start + _WIDTH] for start in range(max(1, len(text) - _WIDTH + 1))} for text in (one, other)
    )
    shared = len(shingles & others)
    return min(shared / (len(shingles) + len(others) - shared), 0.999)


def _text_of(article: Article) -> str:
    return "".join(block.text for block in article.blocks)[: 2 * _LOOK]


def _letters(text: str) -> str:
    return _MARKS.sub("", text).lower()
