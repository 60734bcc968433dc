"""Tables of figures: a head whose columns are dates or 目标值, and rows that name an indicator each.

A row's cells are parted by ` | ` (feeds.model.Block). Rows may have fewer cells than the head, where a cell to their
left goes over several rows; so columns are counted from the right.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from feeds.model import Direction, Span, Target
from feeds.plan.clauses import Line
from feeds.plan.grammar.quantities import POWER, comparator_of, quantities_in
from feeds.plan.grammar.times import Time
from feeds.plan.lexicon import phrases, words
from feeds.plan.rule import OUTRIGHT, Rule


class Table(NamedTuple):
    """Columns as they count from the right, from -1: the names, the units (0: none), and each date's figures."""

    names: int
    units: int
    aims: tuple[tuple[int, str], ...]


_BAR = " | "
_MOST = 40
"""Columns of a head; a row with more holds no indicators."""


def table_of(line: Line, times: list[Time], caption: Callable[[], str | None]) -> Table | None:
    """The table that the row heads; None for a row of figures, or one with no column of what is to be reached.

    A column is one by its year to come (2030年), by a year that is not over with 目标 (2026年目标), or by 目标值 alone
    when the line over the table has one date, which `caption` gives.
    """
    cells = _cells(line)
    if not 2 <= len(cells) <= _MOST or quantities_in(line.plain, 0, len(line.plain)):
        return None
    width = len(cells)
    aims = []
    names = units = None
    for i, (a, b) in enumerate(cells):
        text = line.plain[a:b]
        if phrases.UNIT_HEADS.fullmatch(text):
            units = i - width
            continue
        if names is None and phrases.NAME_HEADS.fullmatch(text):
            names = i - width
            continue
        deadline = _deadline(text, [t for t in times if a <= t.start < b], caption)
        if deadline is not None:
            aims.append((i - width, deadline))
    if names is None:
        free = [i - width for i, (a, b) in enumerate(cells) if not phrases.NO_NAMES.search(line.plain, a, b)]
        names = next((i for i in free if i not in {column for column, _ in aims}), None)
    if names is None or not aims or names > aims[0][0]:
        return None
    return Table(names, units or 0, tuple(aims))


def _deadline(text: str, times: list[Time], caption: Callable[[], str | None]) -> str | None:
    if phrases.TOLD_HEAD.search(text):
        return None
    aimed = phrases.AIM_HEAD.search(text) is not None
    if times:
        time = times[-1]
        return time.deadline if not time.past and (aimed or time.coming or time.firm) else None
    return caption() if phrases.AIM_HEAD.fullmatch(text) else None


def targets_of_row(line: Line, table: Table) -> list[Target]:
    """The targets that the row sets; none where its cells do not stand as the head's."""
    cells = _cells(line)
    if len(cells) < -table.names:
        return []
    name = cells[table.names]
    inner = phrases.NAME_UNIT.search(line.plain, *name)
    unit = inner["unit"] if inner else ""
    if inner is not None:
        name = (name[0], inner.start())
    if (number := phrases.CELL_NUMBER.match(line.plain, *name)) is not None:
        name = (number.end(), name[1])
    if table.units:
        unit = line.plain[slice(*cells[table.units])].strip("—-/无 ") or unit
    if name[1] - name[0] < 2:
        return []
    found = (_cell(line, name, cells[column], unit, deadline) for column, deadline in table.aims)
    return [target for target in found if target is not None]


_SIGNS = {"≥": "不低于", ">": "超过", "≤": "不超过", "<": "低于", "＞": "超过", "＜": "低于", "＝": "", "=": ""}


@cache
def _value_pattern() -> re.Pattern[str]:
    units = "|".join(re.escape(unit) for unit in words("units.txt"))
    return re.compile(
        r"[\[（]?(?:累计)?(?P<pre>(?:不低于|不少于|不高于|不超过|超过|达到|达|约|力争|控制在|高于|低于|[≥≤><＞＜])*)"
        r"(?:年均|累计|预期)?(?P<move>增长|增加|提高|提升|下降|降低|减少)?(?P<to>到|至)?"
        r"(?P<bound>(?:不低于|不少于|不高于|不超过|超过|约)?)"
        rf"(?P<value>{POWER}|"
        r"\d[\d,]*(?:\.\d+)?(?:%?[-~—至到]+\d[\d,]*(?:\.\d+)?)?)[\]）]?"
        rf"(?P<unit>(?:万亿|千亿|百亿|亿|千万|百万|万|千)?(?:{units})|万亿|亿|万)?"
        r"(?P<post>及以上|或以上|以上|以下|以内|之内|左右)?[\]）]?(?:（[^（）]{0,12}）)?"
    )


def _cell(line: Line, name: tuple[int, int], cell: tuple[int, int], unit: str, deadline: str) -> Target | None:
    match = _value_pattern().fullmatch(line.plain, *cell)
    if match is None:
        return None
    pre = "".join(_SIGNS.get(sign, sign) for sign in match["pre"]) + match["bound"]
    words_of_name = line.plain[slice(*name)]
    direction: Direction = "level"
    move = match["move"] if not match["to"] else None
    if move in ("下降", "降低", "减少") or (not match["to"] and phrases.NAME_FALLS.search(words_of_name)):
        direction = "down"
    elif move or phrases.NAME_RISES.search(words_of_name):
        direction = "up"
    a, b = match.span("value")
    return Target(
        line.text[slice(*name)],
        comparator_of(pre, match["post"]),
        direction,
        line.text[a:b],
        match["unit"] or unit,
        deadline,
        None,
        Span(line.p, min(name[0], a), max(name[1], b)),
    )


def _cells(line: Line) -> list[tuple[int, int]]:
    """The stretches of the cells, without the white space at their edges."""
    found = []
    at = 0
    for cell in line.plain.split(_BAR):
        lead = len(cell) - len(cell.lstrip())
        found.append((at + lead, at + lead + len(cell.strip())))
        at += len(cell) + len(_BAR)
    return found


ROW: Rule[Line, Table | None] = Rule("a row of a table", "target", lambda line: len(_cells(line)) > 1, None, OUTRIGHT)
