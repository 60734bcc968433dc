"""The value of `value:`: an amount with its unit, a comparison with one, or a span of two."""

import math
import re

from feeds.errors import QueryError
from feeds.model import Span, Target
from feeds.query.terms import Amount

_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)([^\d.,<>=~]{0,20})", re.ASCII)
_COMPARED = re.compile(r"(>=|<=|>|<|=)?(.+)", re.DOTALL)
_EXACTNESS = 1e-9


def value_of(typed: str, position: int) -> Amount:
    """`>=1万亿元`, `50%`, `10%..20%`. Raises QueryError."""
    low, dots, high = typed.partition("..")
    if dots:
        return _between(low, high, typed, position)
    compared = _COMPARED.fullmatch(typed)
    sign, rest = (compared[1] or "=", compared[2]) if compared else ("=", typed)
    amount, unit = _amount(rest, typed, position)
    below, above = amount * (1 - _EXACTNESS), amount * (1 + _EXACTNESS)
    bounds = {
        ">=": (below, None),
        "<=": (None, above),
        ">": (math.nextafter(above, math.inf), None),
        "<": (None, math.nextafter(below, -math.inf)),
        "=": (below, above),
    }
    return Amount(typed, *bounds[sign], unit)


def _between(low: str, high: str, typed: str, position: int) -> Amount:
    """A span. One end may be missing, and the lower end may leave its unit to the higher one."""
    if not (low or high):
        raise _refusal(typed, position)
    least = most = None
    unit = ""
    if high:
        most, unit = _amount(high, typed, position)
    if low:
        bare = _AMOUNT.fullmatch(low)
        shared = _AMOUNT.fullmatch(high)
        least, own = _amount(low + shared[2] if bare and shared and not bare[2] else low, typed, position)
        if high and own != unit:
            raise _refusal(typed, position)
        unit = own
    return Amount(
        typed,
        None if least is None else least * (1 - _EXACTNESS),
        None if most is None else most * (1 + _EXACTNESS),
        unit,
    )


def _amount(text: str, typed: str, position: int) -> tuple[float, str]:
    """The amount and its unit without a multiplier, as the archive has them."""
    from feeds.quantities.amounts import quantity_of  # few filters need it

    found = _AMOUNT.fullmatch("".join(text.split()))
    target = found and Target("", "eq", "level", found[1], found[2], "", None, Span(0, 0, 0))
    quantity = quantity_of(target) if target else None
    if quantity is None:
        raise _refusal(typed, position)
    return float(quantity["number"] * quantity["scale"]), str(quantity["unit"])


def _refusal(typed: str, position: int) -> QueryError:
    return QueryError(
        "expected a value such as 50%, >=1万亿元 or 10%..20%, not “{given}”", position=position, given=typed
    )
