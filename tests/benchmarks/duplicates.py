"""How well duplicates are found: precision and recall over thresholds, on posts and changed copies of them.

    python -m tests.benchmarks.duplicates FOLDER [--copies 6]

FOLDER holds front-matter posts. Each post, whole and cut to shorter lengths, is copied as other houses print it; the
strangers are the other posts, the same post with other figures (a daily bulletin), posts of two halves, and invented
articles made from one template. Nothing of the posts is printed or kept. Run by hand.
"""

import argparse
import itertools
import random
import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from feeds import folding
from feeds.archive.duplicates import similarity
from feeds.archive.duplicates.signatures import AGREEING, signature_of
from feeds.archive.duplicates.similarity import ComparedText
from feeds.assembly import article_of
from feeds.folding import folded_text
from feeds.parse import posts_of, reading_of_body
from tests.archive import corpus

NOW = datetime(2026, 11, 23, tzinfo=UTC)
WIDTHS = (4, 6, 8, 12)
BOUNDS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
LENGTHS = (30, 60, 120, 240, 480)
Lines = list[str]
Pair = tuple[str, ComparedText, ComparedText]


def texts_of(folder: Path) -> list[Lines]:
    """Each post's paragraphs as the archive would have them."""
    articles = [article_of(entry, reading_of_body(entry.body or ""), NOW) for entry in posts_of(folder)]
    return [article.paragraphs for article in articles if article.blocks]


def body_of(lines: Sequence[str]) -> ComparedText:
    """The paragraphs as the index would compare them."""
    return ComparedText(folded_text("\n".join(lines)))


# -- copies: what other houses do to a text


def with_source_line(lines: Lines, dice: random.Random) -> Lines:
    return [dice.choice(("2022-01-12 09:41 来源：某某日报", "来源：某某网 作者：本报记者")), *lines]


def with_agency_line(lines: Lines, dice: random.Random) -> Lines:
    house = dice.choice(("新华社", "中新社", "某某网"))
    head = ComparedText(lines[0]).dateline
    if head:  # another house's name before the same date
        return [re.sub(r"^[^。，；\d]{2,12}?(?=\d{1,2}月?)", house + "北京", lines[0]), *lines[1:]]
    return [f"{house}北京1月12日电（记者 某某 某某某）{lines[0]}", *lines[1:]]


def with_tail(lines: Lines, dice: random.Random) -> Lines:
    tails = ("（完）", "责任编辑：某某", "本文转载自某某日报，转载请注明出处。", "更多精彩内容，请下载某某新闻客户端。")
    return [*lines, *dice.sample(tails, 2)]


def without_a_paragraph(lines: Lines, dice: random.Random) -> Lines:
    """One of at least four paragraphs is gone, not the longest."""
    if len(lines) < 4:
        return lines
    longest = max(range(len(lines)), key=lambda at: len(lines[at]))
    gone = dice.choice([at for at in range(len(lines)) if at != longest])
    return lines[:gone] + lines[gone + 1 :]


def with_other_punctuation(lines: Lines, dice: random.Random) -> Lines:
    """Half width for full, straight quotes for curved, figures in full width, a comma lost now and then."""
    table = str.maketrans("，。：；（）“”0123456789%", ',.:;()""０１２３４５６７８９％')
    return [re.sub("、", lambda _: dice.choice("、，"), line).translate(table) for line in lines]


def with_other_paragraphs(lines: Lines, dice: random.Random) -> Lines:
    """Paragraphs set anew: one split in two, two joined."""
    lines = list(lines)
    at = dice.randrange(len(lines))
    head, stop, tail = lines[at].partition("。")
    lines[at : at + 1] = [head + stop, tail] if tail else [head + stop]
    if len(lines) > 2:
        at = dice.randrange(len(lines) - 1)
        lines[at : at + 2] = ["".join(lines[at : at + 2])]
    return lines


def with_changed_characters(lines: Lines, dice: random.Random) -> Lines:
    """About one character in 150 is another, or gone."""
    text = list("\n".join(lines))
    for at in dice.sample(range(len(text)), max(1, len(text) // 150)):
        if "\u4e00" <= text[at] <= "\u9fff":
            text[at] = dice.choice(("", "的", "和", "将"))
    return "".join(text).split("\n")


def _traditional() -> dict[int, str]:
    """A traditional character for each simplified one that has one, by the table that folds them."""
    table: dict[int, str] = {}
    for line in Path(folding.__file__).with_name("traditional.txt").read_text("utf-8").splitlines():
        old, *new = line.split()
        if old != "#":
            table.setdefault(ord(new[0]), old)
    return table


def traditional(lines: Lines, dice: random.Random) -> Lines:
    del dice
    return [line.translate(_traditional()) for line in lines]


COPIES: dict[str, Callable[[Lines, random.Random], Lines]] = {
    "source line": with_source_line,
    "wire's head": with_agency_line,
    "tail": with_tail,
    "paragraph cut": without_a_paragraph,
    "punctuation": with_other_punctuation,
    "paragraphs": with_other_paragraphs,
    "characters": with_changed_characters,
    "traditional": traditional,
}


def copies_of(lines: Lines, count: int, dice: random.Random) -> Iterator[tuple[str, Lines]]:
    """Each disturbance alone, and `count` times three to five of them together."""
    for name, change in COPIES.items():
        yield name, change(lines, dice)
    for _ in range(count):
        changed = lines
        for change in dice.sample(list(COPIES.values()), dice.randint(3, 5)):
            changed = change(changed, dice)
        yield "several", changed


# -- strangers: what must stay apart


def have_different_figures(lines: Lines, dice: random.Random, share: float) -> Lines:
    """The next day's bulletin: a share of the figures, at least one, has another last digit."""
    spots = [(p, found.end() - 1) for p, line in enumerate(lines) for found in re.finditer(r"\d+", line)]
    changed = [list(line) for line in lines]
    for p, at in dice.sample(spots, min(len(spots), max(1, round(len(spots) * share)))):
        changed[p][at] = str((int(changed[p][at]) + dice.randint(1, 9)) % 10)
    return ["".join(line) for line in changed] if spots else []


def other_name(lines: Lines) -> Lines:
    """The same notice of another body: its commonest word of three characters is another throughout."""
    text = "\n".join(lines)
    words = Counter(re.findall(r"(?=([\u4e00-\u9fff]{3}))", text))
    return text.replace(words.most_common(1)[0][0], "某乙丙").split("\n") if words else []


def strangers_of(texts: Sequence[Lines], dice: random.Random) -> Iterator[tuple[str, Lines, Lines]]:
    """Pairs that are two pieces."""
    for one, other in itertools.combinations(texts, 2):
        yield "other post", one, other
    for lines in texts:
        for name, share in (("every figure other", 1.0), ("a third other", 0.34), ("one other", 0.0)):
            if bulletin := have_different_figures(lines, dice, share):
                yield name, lines, bulletin
        if renamed := other_name(lines):
            yield "another name", lines, renamed
        other = dice.choice([text for text in texts if text is not lines])
        yield "two halves", lines, lines[: len(lines) // 2] + other[len(other) // 2 :]
    made = [article.paragraphs for article in corpus.articles(120)]
    for one, other in itertools.combinations(made, 2):
        yield "one template", one, other


def cut_to(lines: Lines, length: int) -> Lines:
    """The text's beginning, about so long and to the end of a sentence where one is near."""
    text = "\n".join(lines)
    stop = text.find("。", length)
    return text[: stop + 1 if 0 <= stop < length * 1.5 else length].split("\n")


def pairs_of(found: Iterator[tuple[str, Lines, Lines]]) -> list[Pair]:
    return [(name, body_of(one), body_of(other)) for name, one, other in found]


def separate_pairs(one: ComparedText, other: ComparedText) -> bool:
    """Whether figures or names say that they are two."""
    return similarity.have_different_figures(one, other) or similarity.have_different_names(one, other)


def _alike(one: ComparedText, other: ComparedText) -> float:
    """Their similarity at the width in force: a body keeps its shingles."""
    return similarity.similarity(ComparedText(one.text), ComparedText(other.text))


def table_of(twins: list[Pair], strangers: list[Pair]) -> Iterator[str]:
    """Precision and recall by shingle width and threshold, without and with figures and names asked."""
    yield f"{len(twins)} pairs of twins, {len(strangers)} of strangers"
    yield "precision/recall, then with figures and names asked"
    yield "width " + "".join(f"{bound:>24}" for bound in BOUNDS)
    told = {id(pair): separate_pairs(pair[1], pair[2]) for pair in (*twins, *strangers)}
    kept = similarity.WIDTH
    for width in WIDTHS:
        similarity.WIDTH = width
        close, far = ([(_alike(*pair[1:]), told[id(pair)]) for pair in pairs] for pairs in (twins, strangers))
        cells = []
        for bound in BOUNDS:
            marks = []
            for asked in (False, True):
                right = sum(alike >= bound and not (asked and two) for alike, two in close)
                wrong = sum(alike >= bound and not (asked and two) for alike, two in far)
                marks.append(f"{right / ((right + wrong) or 1):.3f}/{right / len(close):.3f}")
            cells.append(f"{' '.join(marks):>24}")
        yield f"{width:5} " + "".join(cells)
    similarity.WIDTH = kept


def found_pairs(one: ComparedText, other: ComparedText) -> bool:
    """Whether the index would compare them at all."""
    first, second = signature_of(one.features), signature_of(other.features)
    if first is None or second is None:
        return False
    return not {*first.bands}.isdisjoint(second.bands) and first.agreeing(second.numbers) >= AGREEING


def by_kind(pairs: list[Pair]) -> Iterator[str]:
    """For each kind: its similarities, how often figures tell it apart, and how often it is taken for one piece."""
    for name in dict.fromkeys(name for name, _, _ in pairs):
        of_kind = [(one, other) for kind, one, other in pairs if kind == name]
        alike = sorted(similarity.similarity(*pair) for pair in of_kind)
        told = sum(separate_pairs(*pair) for pair in of_kind)
        taken = sum(similarity.is_same_text(*pair, 0) for pair in of_kind)
        found = sum(found_pairs(*pair) for pair in of_kind)
        spread = f"{alike[0]:.2f} {statistics.median(alike):.2f} {alike[-1]:.2f}"
        words = f"told apart {told:5}  met {found:5}  one {taken:5}"
        yield f"  {name:20} {len(alike):6} pairs  alike {spread}  {words}"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=6, help="copies of each post disturbed in several ways")
    options = parser.parse_args()
    dice = random.Random(1)  # noqa: S311 -- the same copies each time
    texts = texts_of(options.folder)
    twins = pairs_of((name, lines, copy) for lines in texts for name, copy in copies_of(lines, options.copies, dice))
    strangers = pairs_of(strangers_of(texts, dice))
    print(f"{len(texts)} posts, whole")
    print("\n".join(table_of(twins, strangers)))
    print("\n".join((*by_kind(twins), *by_kind(strangers))))
    for length in LENGTHS:
        cut = [cut_to(lines, length) for lines in texts]
        twins = pairs_of((name, lines, copy) for lines in cut for name, copy in copies_of(lines, options.copies, dice))
        strangers = pairs_of(kind for kind in strangers_of(cut, dice) if kind[0] != "one template")
        print(f"\ncut to about {length} characters")
        print("\n".join(table_of(twins, strangers)))
        print("\n".join((*by_kind(twins), *by_kind(strangers))))


if __name__ == "__main__":
    main()
