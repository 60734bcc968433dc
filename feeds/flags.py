"""The difference between two values of a reader's flags, field by field. Pure.

No flag is named here. Undo, the pending flags in flags.sqlite, the index and the day files follow from the fields of
`feeds.model.Flags`, so a new field there is a new mark everywhere (docs/adding/mark.md). A field is a yes or no (bool),
a text (str) or several words (tuple of str).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct, structs

from feeds.controls import drop_controls
from feeds.model import Flags

FlagValue = bool | str | tuple[str, ...]

DEFAULTS: dict[str, FlagValue] = {field.name: field.default for field in structs.fields(Flags)}
"""The default of each flag, in the order of the fields. Its type is the flag's type."""

PASSING = ("read", "apart", "hidden")
"""Flags that do not keep an article when an archive is pruned. Every other one is the reader's own work."""


class Words(Struct, frozen=True):
    """A change of a flag of several words: which are added, which are removed."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


Change = Mapping[str, FlagValue | Words]
"""New values of some flags, by name. The other flags stay as they are."""


def difference(old: Flags, new: Flags) -> Change:
    """The change that makes `new` of `old`. It has only the words that were added or removed."""
    return {
        name: _words_between(getattr(old, name), value) if isinstance(value, tuple) else value
        for name, value in new_values(old, new).items()
    }


def _words_between(old: tuple[str, ...], new: tuple[str, ...]) -> Words:
    return Words(tuple(word for word in new if word not in old), tuple(word for word in old if word not in new))


def new_values(old: Flags, new: Flags) -> dict[str, FlagValue]:
    """The whole values of the flags in which `new` differs from `old`."""
    return {name: value for name in DEFAULTS if (value := getattr(new, name)) != getattr(old, name)}


def apply_change(change: Change, flags: Flags) -> Flags:
    """The flags after a change."""
    return structs.replace(flags, **{name: _value_after(getattr(flags, name), value) for name, value in change.items()})


def _value_after(old: Any, change: FlagValue | Words) -> FlagValue:
    if not isinstance(change, Words):
        return change
    return tuple(dict.fromkeys([*(word for word in old if word not in change.removed), *change.added]))


def is_kept(flags: Flags) -> bool:
    """Whether pruning leaves an article with these flags in the archive."""
    return any(name not in PASSING for name in new_values(Flags(), flags))


def joined_flags(members: Sequence[Flags]) -> Flags:
    """The flags of a group of duplicates: what is true of any member, the words and the texts of all."""
    values = {name: _join([getattr(flags, name) for flags in members]) for name in DEFAULTS}
    return structs.replace(Flags(), **values)


def _join(values: Sequence[Any]) -> FlagValue:
    if isinstance(values[0], bool):
        return any(values)
    if isinstance(values[0], str):
        return "\n\n".join(dict.fromkeys(filter(None, values)))
    return tuple(dict.fromkeys(word for words in values for word in words))


def clean_change(values: Mapping[str, object]) -> Change:
    """A change that a reader asks for, without control characters. None leaves a flag as it is.

    Raises TypeError for a name that no flag has and for a value of another type.
    """
    return {name: _clean(name, value) for name, value in values.items() if value is not None}


def flags_of_values(values: Mapping[str, object]) -> Flags:
    """The flags that values from outside name, cleaned; other names are ignored. Raises msgspec.ValidationError."""
    flags = msgspec.convert({name: value for name, value in values.items() if name in DEFAULTS}, Flags)
    told = {name: Words(value) if isinstance(value, tuple) else value for name, value in structs.asdict(flags).items()}
    return apply_change(clean_change(told), Flags())


def _clean(name: str, value: object) -> FlagValue | Words:
    kind = type(DEFAULTS.get(name))
    if isinstance(value, Words) and kind is tuple:
        # Removed words are not cleaned, so that any old one can be removed.
        return Words(_clean_words(value.added), tuple(filter(None, map(str.strip, value.removed))))
    if isinstance(value, str) and kind is str:
        return clean_text(value)
    if isinstance(value, bool) and kind is bool:
        return value
    raise TypeError(f"{value!r} is no value of the flag {name!r}")


def _clean_words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, (drop_controls(word).strip() for word in words)))


def clean_text(text: str) -> str:
    """A text of several lines without control characters and without blanks around it."""
    return "\n".join(drop_controls(line).rstrip() for line in text.splitlines()).strip()
