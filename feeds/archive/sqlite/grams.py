"""Text as the search sees it: folded, and cut into pairs of neighbouring characters.

SQLite's trigram tokenizer finds no word of two characters, and a Chinese word mostly has two. So the full-text index
holds each text's set of bigrams, without positions (`detail=none`): a document that has all bigrams of a needle is a
candidate, and whether it holds the needle is then asked of its stored text. A pair is only taken inside a run of
letters and digits; the last character of each run stands alone too, so that a needle of one character is a prefix.
"""

import itertools
import re
import zlib
from array import array

from feeds.folding import folded_text
from feeds.model import Article

_RUN = re.compile(r"[^\W_]+")


def text_of(article: Article) -> str:
    """All that a search looks into: title and paragraphs, a line each, folded."""
    return folded_text("\n".join((article.title, *article.paragraphs)))


def grams_of(text: str) -> str:
    """The bigrams of a folded text, parted by spaces. A bigram that the text has twice may stand twice.

    Each place of the text has three characters here: a pair and a space. They are laid as numbers into an array, which
    takes a fifth of the time of cutting the pairs one by one. The pair of a run's last character is it and a space. A
    pair that would begin with a space, before a run, becomes spaces.
    """
    runs = _RUN.findall(text)
    firsts = " ".join(runs)
    laid = _numbers_of(" " * (3 * len(firsts)))
    laid[0::3] = _numbers_of(firsts)
    laid[1::3] = _numbers_of("  ".join([run[1:] for run in runs]) + " " if runs else "")
    return laid.tobytes().decode("utf-32-le", "surrogatepass")


def _numbers_of(text: str) -> "array[int]":
    """Each character's number."""
    return array("I", text.encode("utf-32-le", "surrogatepass"))


def pairs_of(needle: str) -> list[str]:
    """The bigrams of a folded needle."""
    return [first + second for run in _RUN.findall(needle) for first, second in itertools.pairwise(run)]


def match_of(needle: str) -> str:
    """The FTS5 expression of what must be in a document that holds the folded needle, "" if nothing must.

    It is made of letters and digits in double quotes only, so nothing in a needle can be an operator. A character
    that stands alone is a prefix, whose many lists are merged at each question: where there is a pair, that is asked.
    """
    terms = [f'"{pair}"' for pair in pairs_of(needle)] or [f'"{run}" *' for run in _RUN.findall(needle)]
    return " AND ".join(dict.fromkeys(terms))


def is_short(needle: str) -> bool:
    """Whether the grams of a needle are prefixes only: single characters, whose lists must be merged to be read."""
    return all(len(run) == 1 for run in _RUN.findall(needle))


def is_exact(needle: str) -> bool:
    """Whether having the needle's grams is the same as holding it: one pair, or one character."""
    return len(needle) <= 2 and _RUN.fullmatch(needle) is not None


def pack(text: str) -> bytes:
    """A text as the index keeps it to check candidates against."""
    return zlib.compress(text.encode(), 6)


def unpack(data: bytes) -> str:
    """The text again."""
    return zlib.decompress(data).decode()


def holds(data: bytes | None, needle: str) -> bool:
    """Whether a packed text holds a folded needle. SQLite calls this."""
    return data is not None and needle in unpack(data)


def mentions(text: str, needle: str) -> bool:
    """Whether a plain text holds a folded needle. SQLite calls this."""
    return needle in folded_text(text)
