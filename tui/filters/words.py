"""The terms of a filter as they are shown over a list. Pure."""

from feeds.query import Field, chinese_value, field_named
from tui.words import N_, _, is_chinese

Part = tuple[str, str]
"""A text and its style."""

REMOVE = " ✕"
_STATES = {
    "is:unread": N_("unread"),
    "is:read": N_("read"),
    "is:starred": N_("starred"),
    "is:changed": N_("edited"),
    "is:plan": N_("with a plan"),
    "has:plan": N_("with a plan"),
    "has:targets": N_("with targets"),
    "has:goals": N_("with goals"),
    "has:groups": N_("with tasks"),
    "has:attachment": N_("with an attachment"),
    "date:today": N_("today"),
    "date:yesterday": N_("yesterday"),
    "date:week": N_("this week"),
    "date:month": N_("this month"),
    "order:rank": N_("best first"),
    "order:oldest": N_("oldest first"),
    "order:due": N_("by deadline"),
    "order:agency": N_("by agency"),
    "order:targets": N_("most targets first"),
}


def field_title(name: str) -> str:
    """A field's name in the reader's language."""
    field = field_named(name)
    return field.chinese[0] if field and is_chinese() else name


def term_words(term: str) -> list[Part]:
    """A term as it is shown, without its ✕: a word where it has one, else field and value."""
    if known := _STATES.get(term):
        return [(_(known), "bold $accent")]
    sign = "-" if term.startswith("-") and not term.startswith("-(") else ""
    name, colon, value = term.removeprefix(sign).partition(":")
    field = field_named(name) if colon else None
    if field is None:
        return [(_bare_value(term), "bold $accent")]
    return [(f"{sign}{field_title(name)} ", "$quiet"), (_shown_value(field, _bare_value(value)), "bold $accent")]


def plain_words(term: str) -> str:
    """A term as one text."""
    return "".join(text for text, _style in term_words(term))


def _bare_value(value: str) -> str:
    if len(value) > 2 and value[0] == value[-1] == '"':
        return value[1:-1].replace('""', '"')
    return value


def _shown_value(field: Field, value: str) -> str:
    """A value as people write it: an agency by its short name, a fixed value in the reader's language."""
    if field.name == "agency":
        from feeds.agencies import short_name  # its tables are read when a filter names an agency

        return short_name(value)
    return chinese_value(field, value) if is_chinese() else value
