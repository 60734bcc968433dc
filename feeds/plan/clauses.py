"""Paragraphs as the rules read them: one spelling of marks, quoted matter shielded, clauses with their offsets.

Every string here has the length of the printed paragraph, so that an offset found in any of them cuts the print. A text
inside 《》 “” （） must not be split (《关于A、B的意见》 is one title): `flat` blanks it once, and every later rule can
look for separators without counting brackets.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import accumulate
from typing import NamedTuple

from feeds.marks import BULLETS, DIGITS
from feeds.model import BEIJING, Article, Block
from feeds.plan.grammar.times import Time, times_in
from feeds.plan.lexicon import phrases

BLANK = "\ue000"
"""Stands in `flat` for every character inside a closed pair."""

_ONE_SPELLING = (
    {chr(ord("０") + i): str(i) for i in range(10)}
    | {chr(ord("Ａ") + i): chr(65 + i) for i in range(26)}
    | {
        "％": "%", "．": ".", ",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）",
        "﹔": "；", "︰": "：", "∶": "：", "､": "、", "－": "-", "–": "-", "‐": "-", "～": "~", "〜": "~",
        "\u3000": " ", "\xa0": " ", "\t": " ", "\r": " ", "‧": "·", "•": "·",
    }
)  # fmt: skip
# The mark first, then what stands beside it: a text is searched fast for one of many characters.
_OTHER_SPELLING = re.compile(
    rf"[，{re.escape(''.join(_ONE_SPELLING))}](?:(?<=\d[,，])(?P<grouped>(?=\d{{3}}(?!\d)))|(?<!，))"
)
"""A mark in another spelling, and a comma between the digits of a number (1，200), which parts nothing."""
_PAIRS = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "【": "】",
    "「": "」",
    "『": "』",
    "〔": "〕",
    "[": "]",
    '"': '"',
}
_MARKS = re.escape("".join(_PAIRS) + "".join(_PAIRS.values()))
_MARK = re.compile(f"[{_MARKS}]")
_STOPS = "。；！？"
_STOP = re.compile(f"[{_STOPS}]")
_SAID = 30
"""A quotation this long with a comma in it is said, not named."""
_SPEECH = frozenset('”’」』"')
_ORDINAL_PARENTHESIS = frozenset(f"{DIGITS}0123456789")


class Line:
    """One paragraph: `text` as printed, `plain` in one spelling, `flat` with the inside of closed pairs blanked."""

    __slots__ = ("_sentences", "_stop", "_titles", "block", "flat", "p", "plain", "text", "times")

    def __init__(self, p: int, block: Block, plain: str) -> None:
        self.p = p
        self.block = block
        self.text = block.text
        self.plain = plain
        self.flat = shield(plain)
        self._sentences: list[tuple[int, int]] | None = None
        self._stop: int | None = None
        self._titles: list[tuple[int, int]] | None = None
        self.times: list[Time] | None = None
        """Its dates, None until `Paper.times` has read them."""

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """(start, end) of each sentence, trimmed, without its final mark."""
        if self._sentences is None:
            self._sentences = list(stretches_between(self.flat, 0, len(self.flat), "。！？"))
        return self._sentences

    @property
    def first_stop(self) -> int:
        """Where the first 。；！？ stands, the length of the paragraph where none stands."""
        if self._stop is None:
            found = _STOP.search(self.flat)
            self._stop = found.start() if found else len(self.flat)
        return self._stop

    @property
    def titles(self) -> list[tuple[int, int]]:
        """The insides of the outermost 《》, in order."""
        if self._titles is None:
            self._titles = brackets(self.plain) if "《" in self.plain else []
        return self._titles

    def sentence_at(self, position: int) -> tuple[int, int]:
        """The sentence that holds `position`, the empty stretch there when none does."""
        i = bisect_left(self.sentences, (position + 1, 0)) - 1
        if i >= 0 and self.sentences[i][0] <= position < self.sentences[i][1]:
            return self.sentences[i]
        return position, position


class Note(NamedTuple):
    """A finding that a rule took, refused or displaced: the rule's name, the judged stretch, its verdict in short."""

    p: int
    start: int
    end: int
    rule: str
    verdict: str


class Paper:
    """An article made ready for the rules. `notes`: where they write down what they decide, None when nobody asks."""

    __slots__ = ("body", "dated", "lines", "notes", "published", "span", "starts", "title", "turns")

    def __init__(self, article: Article, notes: "list[Note] | None" = None) -> None:
        self.notes = notes
        self.title = in_one_spelling((article.title,))
        self.published: datetime = article.published.astimezone(BEIJING)
        self.dated = article.dated
        self.body = in_one_spelling(block.text for block in article.blocks)
        plain = self.body.split("\n")
        self.lines = [Line(p, block, plain[p]) for p, block in enumerate(article.blocks)]
        self.starts = list(accumulate((len(text) + 1 for text in plain), initial=1))
        """Where each paragraph begins in the body, behind a line break before the first."""
        years = _SPAN.search(self.body)
        self.span = (int(years[1]), int(years[2])) if years else None
        self.turns: list[int] | None = None
        """The paragraphs in which the report goes on, None until somebody asks."""

    def places(self, said: re.Pattern[str], *, flat: bool = False) -> dict[int, list[int]]:
        """Where the pattern ends in each paragraph that has it. The article is searched once: few paragraphs have it.

        A paragraph begins behind a line break, which the pattern may name.
        """
        text = "\n" + ("\n".join([line.flat for line in self.lines]) if flat else self.body)
        found: dict[int, list[int]] = {}
        for match in said.finditer(text):
            at = match.end()
            p = bisect_right(self.starts, at) - 1
            found.setdefault(p, []).append(at - self.starts[p])
        return found

    def times(self, line: Line) -> list[Time]:
        """The time expressions of a paragraph, in order; they are read once for all rules."""
        if line.times is None:
            said = phrases.CHEAP.search(line.plain) is not None
            line.times = times_in(line.plain, self.published, dated=self.dated) if said else []
        return line.times

    def note(self, p: int, start: int, end: int, rule: str, verdict: str) -> None:
        """Write down what a rule decided, if somebody asks."""
        if self.notes is not None:
            self.notes.append(Note(p, start, end, rule, verdict))


_SPAN = re.compile(r"（(20\d\d)(?:年)?[-—~至到]{1,2}(20\d\d)年）(?=[^《》]{0,8}》)")
"""行动计划（2021—2025年）》: the years that a document's title names."""


def in_one_spelling(texts: Iterable[str]) -> str:
    """The texts, a line each, with every mark in one spelling, character for character; few have any other."""
    return _OTHER_SPELLING.sub(_spelling_of, "\n".join([text.replace("\n", " ") for text in texts]))


def _spelling_of(match: re.Match[str]) -> str:
    return "," if match["grouped"] is not None else _ONE_SPELLING[match[0]]


def shield(plain: str) -> str:
    """`plain` with everything inside closed pairs blanked; one pass, a stack for nesting.

    Speech is left open (“我们要做两件事。一是…”): a stretch in quotation marks that holds whole sentences is text
    like any other. So is （一）, which is an ordinal and no remark. A mark that never closes shields nothing.
    """
    stack: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}
    inner: list[tuple[int, int]] = []
    for mark in _MARK.finditer(plain):
        sign, at = mark[0], mark.start()
        close = _PAIRS.get(sign)
        if close is not None and not (close == sign and waiting.get(sign)):
            stack.append((close, at))
            waiting[close] = waiting.get(close, 0) + 1
        elif waiting.get(sign):
            top = ""
            while top != sign:
                top, start = stack.pop()
                waiting[top] -= 1
            if not _is_open(plain, sign, start + 1, at):
                while inner and inner[-1][0] > start:
                    inner.pop()
                inner.append((start + 1, at))
    if not inner:
        return plain
    parts: list[str] = []
    done = 0
    for a, b in inner:
        parts += (plain[done:a], BLANK * (b - a))
        done = b
    return "".join(parts) + plain[done:]


def _is_open(plain: str, sign: str, start: int, end: int) -> bool:
    """Whether what stands between the marks is text like any other."""
    if sign == "）":
        return end - start <= 4 and _ORDINAL_PARENTHESIS.issuperset(plain[start:end])
    if sign in _SPEECH:
        if end - start >= _SAID and 0 <= plain.find("，", start, start + _SAID) < end:
            return True
        return _STOP.search(plain, start, end) is not None
    return False


_SPACE = re.compile(rf"[\s—\-”’」』\"，、；：{BULLETS}]*")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space, bullets and leftover marks at its edges."""
    if start < end and not text[start].isalnum():  # what opens with a word has no mark to lose
        head = _SPACE.match(text, start, end)
        start = head.end() if head else start
    while end > start and text[end - 1] in " ，、；：\u3000。\ufeff":
        end -= 1
    return start, end


def stretches_between(text: str, start: int, end: int, signs: str) -> Iterator[tuple[int, int]]:
    """The stretches of `text` between the separators in `signs`, trimmed, empty ones left out."""
    first, parted = signs[0], text[start:end]
    for sign in signs[1:]:
        parted = parted.replace(sign, first)  # four times as fast as a pattern
    for part in parted.split(first):
        a, b = trim(text, start, start + len(part))
        if a < b:
            yield a, b
        start += len(part) + 1


def brackets(plain: str) -> list[tuple[int, int]]:
    """The insides of the outermost 《》, in order."""
    found = []
    depth = start = 0
    for match in _BOOK.finditer(plain):
        if match[0] == "《":
            if depth == 0:
                start = match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((start, match.start()))
    return found


_BOOK = re.compile("[《》]")
