"""Which archived article each entry of an answer is.

Two entries of one answer are two articles. If both match the same archived article, that article was made of several
because of a key that is not unique. It is then split.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, structs

from feeds.archive import Part, WritingEngine
from feeds.identity import ItemFacts, facts_of_entry, has_same_title, is_repeat, is_same, keys_of, names_of
from feeds.model import Article, Entry


class Match(Struct, frozen=True):
    """An entry and its archived article, or None if the archive does not have it."""

    entry: Entry
    article: Article | None


def matches_of(entries: Sequence[Entry], listed: Iterable[Entry], archive: WritingEngine) -> list[Match]:
    """The entries with their articles. `listed` is the whole answer to which they belong.

    This also splits archived articles that several entries match.
    """
    owners = {key: entry for entry in listed for key in keys_of(entry)}
    found = [_match_of(entry, archive) for entry in entries]
    claims: dict[str, dict[tuple[str, ...], Match]] = {}
    for match in found:
        if match.article:
            claims.setdefault(match.article.id, {})[keys_of(match.entry)] = match
    unmatched: set[tuple[str, ...]] = set()
    for claim in claims.values():
        article = next(iter(claim.values())).article
        if article and len(rivals := _rivals(article, claim, owners)) > 1:
            unmatched |= _split_article(article, rivals, archive)
    return [
        Match(entry, None) if keys_of(match.entry) in unmatched else match
        for entry, match in zip(entries, found, strict=True)
    ]


def _match_of(entry: Entry, archive: WritingEngine) -> Match:
    """The article that has a key of the entry. Otherwise one that has a shared key and is the same in all else."""
    facts = facts_of_entry(entry)
    if article := next((article for article in archive.owners(facts.keys) if is_same(facts, article)), None):
        return Match(entry, article)
    common = [name for name in names_of(entry) if name not in facts.keys]
    article = (
        next((article for article in archive.owners(common) if _is_same_item(facts, article)), None) if common else None
    )
    if article is None:
        return Match(entry, None)
    known = tuple(name for name in common if name in article.keys)
    return Match(structs.replace(entry, keys=(*facts.keys, *known)), article)


def _is_same_item(facts: ItemFacts, article: Article) -> bool:
    """Whether an article with a key that is shared now is this item, stored when the key was its own."""
    return is_repeat(facts, article) and facts.guid == article.guid


def _rivals(article: Article, claim: Mapping[tuple[str, ...], Match], owners: Mapping[str, Entry]) -> list[Entry]:
    """The entries that claim an article: the entries that match it, and others that have one of its keys."""
    others = [owners[key] for key in article.keys if key in owners]
    found = {keys: match.entry for keys, match in claim.items()}
    for entry in others:
        if not any({*keys_of(entry)} & {*keys} for keys in found) and is_same(facts_of_entry(entry), article):
            found[keys_of(entry)] = entry
    return list(found.values())


def _split_article(article: Article, rivals: Sequence[Entry], archive: WritingEngine) -> set[tuple[str, ...]]:
    """Leave the article to the rival that fits it best. Return the keys of the others."""
    best = max(rivals, key=lambda entry: _fit(entry, article))
    others = [entry for entry in rivals if entry is not best]
    taken = {*keys_of(best)}
    parts = [_part_of(entry) for entry in others]
    own = [tuple(key for key in part.keys if key not in taken) for part in parts]
    parts = [structs.replace(part, keys=keys) for part, keys in zip(parts, own, strict=True)]
    archive.split_article(article.id, _part_of(best), parts)
    return {keys_of(entry) for entry in others}


def _fit(entry: Entry, article: Article) -> tuple[bool, bool, int]:
    facts = facts_of_entry(entry)
    return (
        has_same_title(facts.title, article.title),
        facts.published == article.published,
        len({*facts.keys} & {*article.keys}),
    )


def _part_of(entry: Entry) -> Part:
    return Part(keys=keys_of(entry), title=entry.title, url=entry.url, guid=entry.guid, published=entry.published)
