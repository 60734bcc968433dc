"""The tables of fields in docs/query.md and query.zh.md: `python -m tests.field_table` writes them from the fields."""

import re
from collections.abc import Callable
from pathlib import Path

from babel.messages.pofile import read_po

from feeds.query import FIELDS

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "docs" / "query.md", ROOT / "docs" / "query.zh.md")
_HEADS = (("field", "中文", "asks", "for example", "which is"), ("字段", "中文名", "问什么", "例如", "说明"))
_PLACE = re.compile(r"(?<=<!-- fields -->\n).*(?=<!-- /fields -->)", re.DOTALL)


def table(head: tuple[str, ...], translate: Callable[[str], str]) -> str:
    """A row a field: its names, what it asks, its example, and what that means."""
    rows = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for field in FIELDS:
        which = "" if field.help == field.hint else translate(field.help)
        chinese = " ".join(f"`{name}：`" for name in field.chinese)
        rows.append(f"| `{field.name}:` | {chinese} | {translate(field.hint)} | `{field.example}` | {which} |")
    return "\n".join(rows) + "\n"


def chinese_of(words: str) -> str:
    """The words in Chinese, by the catalogue."""
    with (ROOT / "tui/locale/zh_CN/LC_MESSAGES/zhengwen.po").open("rb") as file:
        message = read_po(file).get(words)
    return str(message.string) if message and message.string else words


def page(path: Path) -> str:
    """The whole page with the table as it is now."""
    is_english = path == PAGES[0]
    found = table(_HEADS[0], str) if is_english else table(_HEADS[1], chinese_of)
    return _PLACE.sub(lambda _found: found, path.read_text("utf-8"))


if __name__ == "__main__":
    for _path in PAGES:
        _path.write_text(page(_path), "utf-8")
