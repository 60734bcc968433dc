"""The labels of an article for its indicators, units and documents, in the form in which they are compared.

Such labels are many. So a filter finds them by SQL, without reading each of them; see `form_of`.
"""

from collections.abc import Callable, Iterator

from feeds.compare.wording import plain_of
from feeds.documents import title_key
from feeds.model import Plan
from feeds.quantities.amounts import quantity_of

_FORMS: dict[str, Callable[[str], str]] = {
    "indicator": plain_of,
    "unit": plain_of,
    "document": lambda title: title_key(title).key,
}


def plan_labels(plan: Plan) -> Iterator[tuple[str, str]]:
    """(kind, value) of each label."""
    for document in plan.documents:
        yield "document", title_key(document.title).key
    for target in plan.targets:
        quantity = quantity_of(target)
        units = (target.unit, quantity["unit"] if quantity else "")
        yield from (("unit", plain_of(unit)) for unit in dict.fromkeys(units) if unit)
        if target.indicator:
            yield "indicator", plain_of(target.indicator)


def form_of(kind: str, value: str) -> str:
    """The form in which a label of this kind is kept."""
    return _FORMS[kind](value)
