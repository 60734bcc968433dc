"""The table of fields in docs/query.md: `python -m tests.field_table` writes it from the fields themselves."""

import re
from pathlib import Path

from feeds.query import FIELDS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "query.md"
_PLACE = re.compile(r"(?<=<!-- fields -->\n).*(?=<!-- /fields -->)", re.DOTALL)


def table() -> str:
    """A row a field: its names, what it asks, its example, and what that means."""
    rows = ["| field | 中文 | asks | for example | which is |", "| --- | --- | --- | --- | --- |"]
    for field in FIELDS:
        which = "" if field.help == field.hint else field.help
        chinese = " ".join(f"`{name}：`" for name in field.chinese)
        rows.append(f"| `{field.name}:` | {chinese} | {field.hint} | `{field.example}` | {which} |")
    return "\n".join(rows) + "\n"


def page() -> str:
    """The whole page with the table as it is now."""
    return _PLACE.sub(lambda _found: table(), PAGE.read_text("utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
