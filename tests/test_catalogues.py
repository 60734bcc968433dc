"""Every message has its Chinese, and the compiled catalogue is up to date."""

import string

import pytest
from babel.messages.catalog import Message

from tests import catalogues
from tui import words


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
    assert catalogues.CHINESE.with_suffix(".mo").read_bytes() == catalogues.compile_catalogue(catalogues.chinese())


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
