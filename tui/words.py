"""All words that the reader sees, in the reader's language.

The code has English, which is the key of the catalogue. `locale/<language>/LC_MESSAGES/zhengwen.po` has the other
languages. The language is chosen once, before the first widget is made: from config.toml, else from the locale (in the
order of gettext: LANGUAGE, LC_ALL, LC_MESSAGES, LANG).
"""

import gettext
import os
from pathlib import Path

from feeds.model import Fault

LOCALES = Path(__file__).with_name("locale")
_current: gettext.NullTranslations = gettext.NullTranslations()


def language_of(wish: str, environ: dict[str, str] | None = None) -> str:
    """`zh` or `en`: the value itself, or for `auto` the first locale variable that names a language."""
    if wish != "auto":
        return wish
    env = os.environ if environ is None else environ
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := env.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def speak(language: str) -> None:
    """Choose the language (`zh` or `en`) for the whole process."""
    global _current  # noqa: PLW0603 -- a process has one language, as with gettext.install()
    if language == "zh":
        # The build compiles the catalogue (hatch_build.py). A checkout that was never installed speaks English.
        _current = gettext.translation("zhengwen", LOCALES, languages=["zh_CN"], fallback=True)
    else:
        _current = gettext.NullTranslations()


def is_chinese() -> bool:
    """Whether the reader's language is Chinese."""
    return isinstance(_current, gettext.GNUTranslations)


def _(message: str) -> str:
    """The message in the reader's language."""
    return _current.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message for `n` things, with its number."""
    return _current.ngettext(singular, plural, n).format(n=n)


def sentences(*parts: str) -> str:
    """Sentences one behind the other, with a blank between them where the language has one."""
    return ("" if is_chinese() else " ").join(parts)


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for "translate later"
    """Mark a message that is translated where it is shown."""
    return message


def sentence_of(fault: Fault) -> str:
    """The sentence of a fault in the reader's language. Its value `expected` is a phrase that is translated too."""
    values = {name: sentence_of(value) if isinstance(value, Fault) else value for name, value in fault.values.items()}
    if isinstance(expected := values.get("expected"), str):
        values["expected"] = _current.gettext(expected)
    return _current.gettext(fault.template).format(**values)
