"""Two full texts side by side, clause by clause: what stays, what differs, what came, went, or stands elsewhere."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec.structs import replace

from feeds.compare.comparison import Comparison, FieldChange, Pairing, TextClause, in_order
from feeds.compare.matching import Pair, equal_pairs, grams_of, like_pairs, moved_of
from feeds.compare.wording import plain_of, wording_of
from feeds.model import Span

_END = re.compile(r"[，。；！？：…]+[”’」』）)]*|[,;!?](?=\s)|$")
_ORDINAL = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:是|、|,)|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[.、](?![0-9]))"
)
_MARKS = ",，.。;；!！?？:：…、"
_LIKE = 0.5  # likeness from which two clauses in one place are one clause with another wording
_SHORTEST_MOVED = 6  # characters of a clause that is looked for elsewhere: shorter ones stand everywhere
_MOST = 10_000  # product of two stretches' lengths up to which they are aligned without a clause that stands once


def compare_texts(before: Sequence[str], after: Sequence[str]) -> Comparison:
    """The paragraphs of two texts, clause by clause. Blanks, width and quotation marks make no difference."""
    if list(after) < list(before):
        return compare_texts(after, before).mirror()
    left, right = clauses_of(before), clauses_of(after)
    lefts, rights = [_key_of(clause) for clause in left], [_key_of(clause) for clause in right]
    same = _pairs_in_order(lefts, rights)
    pairs = dict(same)
    used = set(pairs.values())
    for first, second in _pairs_of_other_wording(lefts, rights, same):
        pairs[first] = second
        used.add(second)
    rest = [number for number in range(len(left)) if number not in pairs and len(lefts[number]) >= _SHORTEST_MOVED]
    others = [number for number in range(len(right)) if number not in used]
    for first, second in equal_pairs([lefts[number] for number in rest], [rights[number] for number in others]):
        pairs[rest[first]] = others[second]
    moved = moved_of(pairs.items())
    found = [
        replace(
            _pairing(left[place[0]], right[place[1]], place, same=lefts[place[0]] == rights[place[1]]),
            moved=place in moved,
        )
        for place in pairs.items()
    ]
    found += [
        Pairing(kind="clause", change="gone", before=clause, before_place=(number,))
        for number, clause in enumerate(left)
        if number not in pairs
    ]
    used = set(pairs.values())
    found += [
        Pairing(kind="clause", change="new", after=clause, after_place=(number,))
        for number, clause in enumerate(right)
        if number not in used
    ]
    return Comparison(in_order(found))


def clauses_of(paragraphs: Sequence[str]) -> list[TextClause]:
    """The clauses of a text, each with the mark that ends it; together they are the whole text but for blanks."""
    found: list[TextClause] = []
    for number, paragraph in enumerate(paragraphs):
        start = 0
        for mark in _END.finditer(paragraph):
            printed = paragraph[start : mark.end()]
            if text := printed.strip():
                begin = start + printed.index(text)
                found.append(TextClause(text, Span(number, begin, begin + len(text))))
            start = mark.end()
    return found


def _key_of(clause: TextClause) -> str:
    """The text by which a clause is compared: without its ordinal (二是) and without the mark that ends it."""
    plain = plain_of(clause.text)
    return _ORDINAL.sub("", plain, count=1).rstrip(_MARKS) or plain


def _pairing(before: TextClause, after: TextClause, places: Pair, *, same: bool) -> Pairing:
    fields: tuple[FieldChange, ...] = ()
    if not same:
        fields = (FieldChange("text", before.text, after.text, wording_of(before.text, after.text)),)
    return Pairing(
        kind="clause",
        change="changed" if fields else "same",
        before=before,
        after=after,
        before_place=(places[0],),
        after_place=(places[1],),
        fields=fields,
    )


def _pairs_in_order(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Equal clauses in one order on both sides: first those that stand once, then what lies between them."""
    found: list[Pair] = []
    waiting = [(0, len(left), 0, len(right))]
    while waiting:
        start, end, first, last = waiting.pop()
        while start < end and first < last and left[start] == right[first]:
            found.append((start, first))
            start, first = start + 1, first + 1
        while start < end and first < last and left[end - 1] == right[last - 1]:
            end, last = end - 1, last - 1
            found.append((end, last))
        if start == end or first == last:
            continue
        if anchors := _anchors(left[start:end], right[first:last]):
            bounds = [(start + a, first + b) for a, b in anchors]
            found += bounds
            edges = zip([(start - 1, first - 1), *bounds], [*bounds, (end, last)], strict=True)
            waiting += [(a + 1, c, b + 1, d) for (a, b), (c, d) in edges]
        elif (end - start) * (last - first) <= _MOST:
            matcher = SequenceMatcher(None, left[start:end], right[first:last], autojunk=False)
            for a, b, size in matcher.get_matching_blocks():
                found += [(start + a + step, first + b + step) for step in range(size)]
    return sorted(found)


def _anchors(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """Clauses that stand once on each side, as many as stand in one order."""
    lefts, rights = Counter(left), Counter(right)
    places = {text: number for number, text in enumerate(right) if rights[text] == 1}
    once = [(number, places[text]) for number, text in enumerate(left) if lefts[text] == 1 and text in places]
    return sorted(set(once) - moved_of(once))


def _pairs_of_other_wording(left: Sequence[str], right: Sequence[str], same: Sequence[Pair]) -> list[Pair]:
    """Clauses with another wording: alike, and between the same two clauses that stay."""
    found: list[Pair] = []
    edges = zip([(-1, -1), *same], [*same, (len(left), len(right))], strict=True)
    for (a, b), (c, d) in edges:
        if c - a > 1 and d - b > 1:
            pairs = like_pairs(
                [grams_of(text) for text in left[a + 1 : c]], [grams_of(text) for text in right[b + 1 : d]], _LIKE
            )
            crossing = moved_of(pairs)
            found += [(a + 1 + first, b + 1 + second) for first, second in pairs if (first, second) not in crossing]
    return found
