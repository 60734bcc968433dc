"""The full-text lists that could lead a list: those of the words that must be in every article of it."""

import json

from feeds.archive.sqlite import grams
from feeds.archive.sqlite.conditions.clauses import Clauses
from feeds.archive.sqlite.conditions.condition import Clause, LeadingTable, all_of
from feeds.archive.sqlite.conditions.leaders import Leader
from feeds.archive.sqlite.conditions.lookup import Lookup
from feeds.folding import folded_text
from feeds.query.terms import And, Node, Or, TextTerm, TitleTerm

LEAST = 400  # rows found by words: so many texts are read whole sooner than the lists are gone through again
_SAMPLE = 100  # of the newest texts, by which a character or a pair is called rare or common


def leader_by_words(nodes: tuple[Node, ...], lookup: Lookup) -> Leader | None:
    """The full-text lists of all words that must be there; None without words, or if reading texts is faster."""
    worded = [(node, match) for node in nodes if (match := _match_of(node))] if lookup.whole else []
    pairs = [node for node, match in worded if "*" not in match]
    every = [node for node, _match in worded]
    if not worded or (not pairs and _is_common(every, lookup)):
        return None
    match = _rare_match(pairs, lookup) if pairs else _match_of(And(tuple(every)))
    held = tuple(
        node for node in pairs or every if isinstance(node, TextTerm) and grams.is_exact(folded_text(node.value))
    )
    limit = lookup.few + 1
    found = lookup.connection.execute("SELECT rowid FROM gram WHERE gram MATCH ? LIMIT ?", (match, limit))
    rows = [row[0] for row in found.fetchall()]
    if len(rows) <= LEAST:  # found once, not again for every page
        listed = LeadingTable("(SELECT value AS at FROM json_each(?)) d", "d.at", (json.dumps(rows),), unordered=True)
        return Leader(len(rows), listed, answered=held)
    return Leader(len(rows), LeadingTable("gram", "gram.rowid"), Clause("gram MATCH ?", (match,)), held)


def _rare_match(nodes: list[Node], lookup: Lookup) -> str:
    """The expression of all these without pairs that every second text has: their lists are long and part little.

    A word of one pair keeps it, so that no text need be read; and one pair stays, the rarest.
    """
    matches = [_match_of(node) for node in nodes if isinstance(node, Or | And)]
    needles = [folded_text(node.value) for node in nodes if isinstance(node, TextTerm | TitleTerm)]
    kept = [pair for needle in needles if grams.is_exact(needle) for pair in grams.pairs_of(needle)]
    others = {pair for needle in needles for pair in grams.pairs_of(needle)} - set(kept)
    if len(others) + len(kept) > 1 and others:
        packed = lookup.connection.execute("SELECT text FROM body ORDER BY at DESC LIMIT ?", (_SAMPLE,)).fetchall()
        texts = [grams.unpack(row[0]) for row in packed]
        often = {pair: sum(pair in text for text in texts) for pair in others}
        rare = [pair for pair in sorted(others) if often[pair] * 2 < len(texts)]
        others = set(rare or ([] if kept else [min(sorted(others), key=often.__getitem__)]))
    return " AND ".join(dict.fromkeys([f'"{pair}"' for pair in [*kept, *sorted(others)]] + matches))


def _is_common(nodes: list[Node], lookup: Lookup) -> bool:
    """Whether the newest texts show that a page of these is found soon by reading texts."""
    asked = all_of(map(Clauses(lookup).of, nodes))
    found = lookup.connection.execute(
        f"SELECT TOTAL({asked.sql}) FROM (SELECT * FROM article ORDER BY at DESC LIMIT {_SAMPLE}) a",  # noqa: S608 -- our own words only
        asked.values,
    )
    return int(found.fetchone()[0]) * 50 >= _SAMPLE


def _match_of(node: Node) -> str:
    """The full-text expression of what must be in every article in which a node holds, "" if nothing must."""
    match node:
        case TextTerm(value=value) | TitleTerm(value=value):
            return grams.match_of(folded_text(value))
        case And(nodes=nodes):
            return " AND ".join(dict.fromkeys(match for inner in nodes if (match := _match_of(inner))))
        case Or(nodes=nodes):
            matches = [_match_of(inner) for inner in nodes]
            return "(" + " OR ".join(f"({match})" for match in matches) + ")" if all(matches) else ""
    return ""
