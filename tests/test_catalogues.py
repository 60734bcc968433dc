"""Every message has its Chinese, and the compiled catalogue is up to date."""

import gettext
import io
import shutil
import string
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests import catalogues
from tui import words
from tui.locale.compilation import catalogue_of


def strings_of(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def fields_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_message_in_the_code_has_its_chinese() -> None:
    written = {message.id: message for message in catalogues.chinese() if message.id}
    missing = [message.id for message in catalogues.extract() if message.id and message.id not in written]
    empty = [message.id for message in written.values() if not all(strings_of(message))]
    assert not missing
    assert not empty


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("_('One')", ["One"]),
        ("f\"{pad(_('In an f-string'), 3)} {x}\"", ["In an f-string"]),
        ("words._('Of a module')", ["Of a module"]),
        ("ngettext('{n} day', '{n} days', n)", [("{n} day", "{n} days")]),
        ("_('One ' 'after the other')", ["One after the other"]),
        ("_(name)", []),
        ("ngettext('{n} day', plural, n)", []),
    ],
)
def test_messages_are_found_under_every_python(source: str, found: list[str | tuple[str, ...]]) -> None:
    assert list(catalogues.messages_of(source, {"_": 1, "ngettext": 2})) == found


def test_the_catalogue_has_no_unused_message() -> None:
    said = {message.id for message in catalogues.extract()}
    assert [message.id for message in catalogues.chinese() if message.id and message.id not in said] == []


def test_a_translation_fills_the_same_blanks() -> None:
    for message in catalogues.chinese():
        source = message.id if isinstance(message.id, str) else message.id[-1]
        for text in strings_of(message):
            assert fields_of(text) == fields_of(source), source


def test_the_compiled_catalogue_is_the_written_one() -> None:
    file = catalogues.CHINESE.with_suffix(".mo")
    assert file.read_bytes() == catalogue_of(catalogues.CHINESE.read_text("utf-8"))
    with file.open("rb") as opened:
        found = gettext.GNUTranslations(opened)
    for message in catalogues.chinese():
        if isinstance(message.id, str):
            assert not message.id or found.gettext(message.id) == message.string
        else:
            one, several = message.id
            assert [found.ngettext(one, several, number) for number in (1, 2)] == [strings_of(message)[0]] * 2


def test_the_compiled_catalogue_is_what_babel_makes_of_it() -> None:
    texts = [
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n',
        '# a comment\n#, python-brace-format\nmsgid "One {x}"\nmsgstr "一个 {x}"\n',
        'msgid ""\n"A line "\n"and another\\n"\n"with \\"quotes\\" and \\\\ and \\t"\nmsgstr ""\n"两行"\n',
        'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} 天"\n',
        'msgid "not yet"\nmsgstr ""\n',
        'msgid "unicode ·…"\nmsgstr "“引号”"\n',
    ]
    text = "\n".join(texts)
    catalogue = read_po(io.BytesIO(text.encode()), locale="zh_CN")
    out = io.BytesIO()
    write_mo(out, catalogue)
    out.seek(0)
    expected = gettext.GNUTranslations(out)
    found = gettext.GNUTranslations(io.BytesIO(catalogue_of(text)))
    known = [message.id for message in catalogue if isinstance(message.id, str) and message.id]
    assert len(known) == 4
    for name in (*known, "unknown"):
        assert found.gettext(name) == expected.gettext(name)
    assert found.ngettext("{n} day", "{n} days", 3) == expected.ngettext("{n} day", "{n} days", 3) == "{n} 天"


@pytest.mark.parametrize(
    ("wish", "environ", "language"),
    [
        ("zh", {"LANG": "en_GB.UTF-8"}, "zh"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        ("auto", {"LANG": "zh_CN.UTF-8"}, "zh"),
        ("auto", {"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ("auto", {"LANGUAGE": "zh:en", "LANG": "en_GB.UTF-8"}, "zh"),
        ("auto", {}, "en"),
    ],
)
def test_the_language_follows_the_wish_then_the_locale(wish: str, environ: dict[str, str], language: str) -> None:
    assert words.language_of(wish, environ) == language


def test_words_are_in_the_chosen_language() -> None:
    try:
        words.speak("zh")
        assert words._("language") == "语言"
        words.speak("en")
        assert words._("language") == "language"
    finally:
        words.speak("en")


def test_a_wheel_has_the_compiled_catalogue_and_not_what_compiles_it(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "README.md", "LICENCE", "config.toml"):
        shutil.copy(catalogues.ROOT / name, tmp_path)
    shutil.copytree(catalogues.ROOT / "tui" / "locale", tmp_path / "tui" / "locale", ignore=lambda *_: ["zhengwen.mo"])
    (tmp_path / "feeds").mkdir()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").iterdir()
    names = {name for name in zipfile.ZipFile(wheel).namelist() if "dist-info" not in name}
    folder = "tui/locale/zh_CN/LC_MESSAGES/zhengwen"
    assert names == {f"{folder}.po", f"{folder}.mo", "feeds/config.toml"}
