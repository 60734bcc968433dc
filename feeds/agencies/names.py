"""Which names mean one public body: 工信部 and 工业和信息化部, 广东省发改委 and 广东省发展改革委.

The plan room writes a body's official name into a plan; the filter language asks by any of its names. Both read the
lists here, so that what is stored is found. The lists are data: somebody who knows the language can mend them.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from feeds.folding import folded_text

LOCAL_SHORT_FORMS = (
    ("发改委", "发展改革委"),
    ("经信委", "经济和信息化委"),
    ("住建", "住房城乡建设"),
    ("卫健委", "卫生健康委"),
    ("工信厅", "工业和信息化厅"),
    ("工信局", "工业和信息化局"),
    ("经信厅", "经济和信息化厅"),
    ("经信局", "经济和信息化局"),
    ("卫健局", "卫生健康局"),
    ("市监局", "市场监管局"),
    ("人社", "人力资源社会保障"),
    ("文旅", "文化和旅游"),
)
"""Parts of the names of provincial, city and county bodies: the short form and the official one."""

_GOVERNMENT, _FULL_GOVERNMENT = "政府", "人民政府"
_REMEMBERED = 8192
"""BodyNames whose bodies are remembered; an archive of years names a few thousand."""


def _rows(name: str) -> tuple[tuple[str, ...], ...]:
    text = Path(__file__).with_name(name).read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(tuple(cell for cell in line.split("\t") if cell) for line in lines)


@cache
def agency_rows() -> tuple[tuple[str, ...], ...]:
    """National bodies, a row each: the official name, then every other name. A row of 、 names several bodies."""
    return _rows("agencies.tsv")


@cache
def province_rows() -> tuple[tuple[str, ...], ...]:
    """Provincial units, a row each: the name with its rank, then the bare name."""
    return _rows("provinces.tsv")


class BodyNames(NamedTuple):
    """One body: its official name, and every name it goes by, the official one first."""

    official: str
    every: tuple[str, ...]


@cache
def _national() -> dict[str, BodyNames]:
    """National bodies by each of their names, folded. A row of several bodies names none of them."""
    table: dict[str, BodyNames] = {}
    for row in agency_rows():
        if "、" not in row[0]:
            table.update(dict.fromkeys(map(folded_text, row), BodyNames(row[0], row)))
    return table


@cache
def _provinces() -> dict[str, str]:
    """Each name of a provincial unit with its full name."""
    return {name: row[0] for row in province_rows() for name in row}


@lru_cache(maxsize=_REMEMBERED)
def _names(name: str) -> BodyNames:
    """The names of the body that `name` means. A filter asks for every agency of an archive, so it is remembered."""
    return _national().get(folded_text(name).strip()) or _local(name.strip())


def official_name(name: str) -> str:
    """The official name of the body that `name` means, in any width and characters; an unknown name as it is."""
    return _names(name).official


def names_of(agency: str) -> tuple[str, ...]:
    """Every name of a body, given any of them; a plan of an earlier version may hold one that is not official."""
    return tuple(dict.fromkeys((agency, *_names(agency).every)))


@lru_cache(maxsize=_REMEMBERED)
def short_name(agency: str) -> str:
    """The shortest name of a body, of at least two characters: 工信部 for 工业和信息化部."""
    # The table by official names is ready in a tenth of the time of the one by folded names.
    names = _by_official_name().get(agency) or names_of(agency)
    return min((name for name in names if len(name) > 1), key=len, default=agency)


@cache
def _by_official_name() -> dict[str, tuple[str, ...]]:
    """The names of each national body, and of each provincial one that stands for itself, by the official name."""
    return {row[0]: row for row in agency_rows() if "、" not in row[0]}


def _local(name: str) -> BodyNames:
    """A provincial, city or county body: 江苏省政府 is 江苏省人民政府 everywhere."""
    place, organ = _place_and_organ(name)
    if not place:
        return BodyNames(name, (name,))
    if organ.startswith(_GOVERNMENT):
        organ = organ.replace(_GOVERNMENT, _FULL_GOVERNMENT, 1)
    for short, full in LOCAL_SHORT_FORMS:
        organ = organ.replace(short, full)
    official = place + organ
    shortened = official.replace(_FULL_GOVERNMENT, _GOVERNMENT)
    for short, full in LOCAL_SHORT_FORMS:
        shortened = shortened.replace(full, short)
    return BodyNames(official, tuple(dict.fromkeys((official, shortened))))


def _place_and_organ(name: str) -> tuple[str, str]:
    """A local body's place, a province by its full name, and its organ; a place of "" where none is named."""
    for length in _PLACE_LENGTHS:
        province = _provinces().get(name[:length])
        if province is not None:
            return (province, name[length:]) if len(name) > length else ("", name)
    place, city, organ = name.partition("市")
    return (place + city, organ) if place and organ else ("", name)


_PLACE_LENGTHS = range(8, 1, -1)
"""Characters of a provincial unit's name, the longest first (新疆维吾尔自治区, 北京)."""
