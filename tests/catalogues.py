"""`python -m tests.catalogues` adds new messages to zhengwen.po and compiles zhengwen.mo.

A message is what `_`, `N_` or `ngettext` is called with, and the template that a FeedError is raised with.
"""

import ast
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

from feeds import errors
from tui.locale.compilation import compile_all

ROOT = Path(__file__).resolve().parent.parent
CHINESE = ROOT / "tui" / "locale" / "zh_CN" / "LC_MESSAGES" / "zhengwen.po"
HEADER = """# zhengwen in Simplified Chinese. Written by hand; `python -m tests.catalogues` brings in new messages.
msgid ""
msgstr ""
"Project-Id-Version: zhengwen\\n"
"Language: zh_CN\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def _kinds(error: type[errors.FeedError]) -> list[str]:
    return [error.__name__, *(name for kind in error.__subclasses__() for name in _kinds(kind))]


def extract() -> Catalog:
    """Every message that stands in the code.

    The syntax tree is read and not the tokens: a call inside an f-string has tokens only since Python 3.12.
    """
    keywords = {"_": 1, "N_": 1, "ngettext": 2, "Fault": 1, "phrase": 1, **dict.fromkeys(_kinds(errors.FeedError), 1)}
    catalogue = Catalog(locale="zh_CN", project="zhengwen")
    for package in ("feeds", "tui"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for message in messages_of(path.read_text("utf-8"), keywords):
                catalogue.add(message, locations=[(str(path.relative_to(ROOT)), 0)])
    return catalogue


def messages_of(source: str, keywords: dict[str, int]) -> Iterator[str | tuple[str, ...]]:
    """The messages in a module's source: so many first arguments of each call by one of these names."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        strings = [
            argument.value
            for argument in node.args[: keywords.get(name, 0)]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if strings and len(strings) == keywords[name]:
            yield strings[0] if len(strings) == 1 else tuple(strings)


def chinese() -> Catalog:
    """The Chinese catalogue as it stands."""
    with CHINESE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def main() -> None:
    """Write both files."""
    known = {message.id: message.string for message in chinese()} if CHINESE.exists() else {}
    fresh = extract()
    for message in fresh:
        if message.id:
            message.string = known.get(message.id) or message.string
    out = io.BytesIO()
    write_po(out, fresh, width=110, no_location=True, omit_header=True, sort_output=True)
    CHINESE.write_bytes(HEADER.encode() + out.getvalue())
    compile_all(ROOT)


if __name__ == "__main__":
    main()
