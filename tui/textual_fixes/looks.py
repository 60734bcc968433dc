"""The looks of cells, and the shortest sequence from one look to another. Seen in Textual 8.2.8.

Textual writes all of a segment's colours before it and resets them behind it, some forty bytes in true colour, though
neighbours mostly share one of them. A blank shows its ground alone, so its other colour needs no sequence.
"""

from functools import lru_cache

from msgspec import Struct

# What switches an attribute off again; one code may switch off two of them.
_OFF = {
    "1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "6": "25", "7": "27", "8": "28", "9": "29", "21": "24",
    "51": "54", "52": "54", "53": "55",
}  # fmt: skip
_ON_BLANKS = frozenset(("4", "7", "9", "21", "51", "52", "53"))  # attributes that are seen on a blank
_USUAL, _USUAL_GROUND = "39", "49"


class Look(Struct, frozen=True, eq=False):
    """Attributes and two colours, as codes of SGR. Equal looks are one object as long as they are kept."""

    attributes: frozenset[str]
    colour: str
    ground: str
    on_blank: object
    """The part of it that is seen on a blank: the same value for looks that are seen alike."""


@lru_cache(4096)
def _look(attributes: frozenset[str], colour: str, ground: str) -> Look:
    seen = attributes & _ON_BLANKS
    return Look(attributes, colour, ground, (seen, colour, ground) if seen else ground)


USUAL = _look(frozenset(), _USUAL, _USUAL_GROUND)
"""The look after a reset."""


@lru_cache(4096)
def look_of(codes: str) -> Look:
    """The look of codes of SGR in the order in which Textual writes them: attributes, colour, ground."""
    attributes: set[str] = set()
    colours = {"colour": _USUAL, "ground": _USUAL_GROUND}
    rest = codes.split(";") if codes else []
    while rest:
        code = rest[0]
        length = {"2": 5, "5": 3}[rest[1]] if code in ("38", "48") else 1
        if code in _OFF:
            attributes.add(code)
        else:
            is_ground = code.startswith(("4", "10"))
            colours["ground" if is_ground else "colour"] = ";".join(rest[:length])
        rest = rest[length:]
    return _look(frozenset(attributes), **colours)


@lru_cache(4096)
def blank_look(pen: Look, look: Look) -> Look:
    """The look to write a blank of `look` with, as near to the pen's as may be."""
    if look.attributes & _ON_BLANKS:
        return look
    return pen if pen.on_blank == look.on_blank else _look(pen.attributes - _ON_BLANKS, pen.colour, look.ground)


@lru_cache(4096)
def change(pen: Look, look: Look) -> str:
    """The shortest sequence that turns the pen's look into another one."""
    off = {_OFF[code] for code in pen.attributes - look.attributes}
    on = {code for code in look.attributes if code not in pen.attributes or _OFF[code] in off}
    colours = [new for old, new in ((pen.colour, look.colour), (pen.ground, look.ground)) if old != new]
    codes = [*sorted(off), *sorted(on), *colours]
    usual = (_USUAL, _USUAL_GROUND)
    from_reset = [*sorted(look.attributes), *(code for code in (look.colour, look.ground) if code not in usual)]
    shortest = min(";".join(codes), ";".join(["0", *from_reset]), key=len)
    return f"\x1b[{shortest}m" if codes else ""
