"""The build compiles the catalogues of tui/locale: people write zhengwen.po, gettext reads zhengwen.mo.

hatchling loads this file by its path and calls `CatalogueHook` for a wheel and for an editable install.
`python -m tests.catalogues` and the tests call `compile_all`. A wheel does not contain this file: the program needs
only the compiled catalogue. Nothing but hatchling and the standard library is used, so a build needs no other tool.
"""

import ast
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_MAGIC = 0x950412DE
_HEAD = 28  # bytes before the first table


def messages_of(text: str) -> Iterator[tuple[str, str]]:
    """Each message of a .po file and its translation. The forms of a plural are joined by NUL, as gettext has them."""
    fields: dict[str, str] = {}
    name = ""
    for line in [*text.splitlines(), "msgid"]:
        keyword, _, rest = line.partition(" ")
        if keyword == "msgid" and "msgid" in fields:
            yield _message_of(fields)
            fields = {}
        if keyword.startswith("msg"):
            name = keyword
            fields[name] = ""
        if name and (written := line if line.startswith('"') else rest).startswith('"'):
            fields[name] += ast.literal_eval(written)


def _message_of(fields: dict[str, str]) -> tuple[str, str]:
    plural = f"\0{fields['msgid_plural']}" if "msgid_plural" in fields else ""
    return fields["msgid"] + plural, "\0".join(fields[name] for name in sorted(fields) if name.startswith("msgstr"))


def catalogue_of(text: str) -> bytes:
    """The .mo file of a .po file. A message without a translation is left out."""
    messages = sorted((key.encode(), value.encode()) for key, value in messages_of(text) if value.strip("\0"))
    keys, values = [key for key, _ in messages], [value for _, value in messages]
    tables, data = b"", b""
    start = _HEAD + 16 * len(messages)
    for strings in (keys, values):
        for string in strings:
            tables += struct.pack("<II", len(string), start + len(data))
            data += string + b"\0"
    second = _HEAD + 8 * len(messages)
    return struct.pack("<7I", _MAGIC, 0, len(messages), _HEAD, second, 0, start) + tables + data


def compile_all(root: Path) -> list[Path]:
    """Write the .mo file beside each .po file of a checkout, if it has changed. Return the .mo files."""
    made = []
    for source in sorted((root / "tui" / "locale").glob("*/LC_MESSAGES/*.po")):
        data, file = catalogue_of(source.read_text("utf-8")), source.with_suffix(".mo")
        if not file.exists() or file.read_bytes() != data:
            file.write_bytes(data)
        made.append(file)
    return made


class CatalogueHook(BuildHookInterface[BuilderConfig]):
    """The hook that hatchling calls before it collects the files of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- hatchling gives both
        """Compile the catalogues in the source tree, for a wheel as for an editable install."""
        compile_all(Path(self.root))
