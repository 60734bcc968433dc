"""Values of the front matter, which JSON has too: a change of all texts in one."""

from collections.abc import Callable
from typing import Any


def map_texts(value: Any, change: Callable[[str], str], most: int | None = None) -> Any:
    """The value with each text changed, names excepted, and lists with at most `most` parts."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: map_texts(part, change, most) for name, part in value.items()}
    return [map_texts(part, change, most) for part in value[:most]] if isinstance(value, list | tuple) else value
