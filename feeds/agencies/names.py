"""Which names mean one public body: 工信部 and 工业和信息化部, 广东省发改委 and 广东省发展改革委.

The plan room writes a body's official name into a plan; the filter language asks by any of its names. Both read the
lists here, so that what is stored is found. The lists are data: somebody who knows the language can mend them.
"""

from functools import cache
from pathlib import Path

from feeds.folding import folded_text

LOCAL_SHORT_FORMS = (
    ("发改委", "发展改革委"),
    ("经信委", "经济和信息化委"),
    ("住建", "住房城乡建设"),
    ("卫健委", "卫生健康委"),
    ("工信厅", "工业和信息化厅"),
    ("工信局", "工业和信息化局"),
    ("人社", "人力资源社会保障"),
    ("文旅", "文化和旅游"),
)
"""Parts of the names of provincial, city and county bodies: the short form and the official one."""

_GOVERNMENT, _FULL_GOVERNMENT = "政府", "人民政府"


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


@cache
def _official_names() -> dict[str, str]:
    """Each folded name of a national body with its official name. A name of several bodies is none of one."""
    return {folded_text(name): row[0] for row in agency_rows() if "、" not in row[0] for name in row}


@cache
def _other_names() -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in agency_rows()}


def official_name(name: str) -> str:
    """The official name of the body that `name` means, with any width and characters; an unknown name as it is."""
    wanted = folded_text(name).strip()
    return _official_names().get(wanted) or _official_local_name(name.strip())


def other_names(official: str) -> tuple[str, ...]:
    """The other names of a body, given its official name."""
    if found := _other_names().get(official):
        return found
    short = official.replace(_FULL_GOVERNMENT, _GOVERNMENT)
    for abbreviated, full in LOCAL_SHORT_FORMS:
        short = short.replace(full, abbreviated)
    return (short,) if short != official else ()


def names_of(agency: str) -> tuple[str, ...]:
    """Every name of a body, given any of them; a plan of an earlier version may hold one that is not official."""
    official = official_name(agency)
    return tuple(dict.fromkeys((agency, official, *other_names(official))))


def _official_local_name(name: str) -> str:
    """A provincial, city or county body by its official name: 江苏省政府 is 江苏省人民政府 everywhere."""
    place, organ = _split_name(name)
    if not place:
        return name
    if organ.startswith(_GOVERNMENT):
        organ = organ.replace(_GOVERNMENT, _FULL_GOVERNMENT, 1)
    for short, full in LOCAL_SHORT_FORMS:
        organ = organ.replace(short, full)
    return place + organ


def _split_name(name: str) -> tuple[str, str]:
    """A local body's place, a province by its full name, and its organ; a place of "" where none is named."""
    for row in province_rows():
        for known in row:
            if name.startswith(known) and len(name) > len(known):
                return row[0], name.removeprefix(known)
    place, city, organ = name.partition("市")
    return (place + city, organ) if place and organ else ("", name)
