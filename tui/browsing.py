"""Opens an article's page in the reader's web browser: only http(s) with a host, and never through a shell."""

import subprocess
import sys
import unicodedata
from urllib.parse import urlsplit

from tui.words import N_

_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
_PATIENCE = 20.0
_OF_EAST_ASIA = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}


def may_open(url: str) -> bool:
    """Whether an address may be given to a browser: http(s), a host, and nothing but visible ASCII or letters."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    plain = url.isprintable() and not set(url) & {" ", "\\"}
    return parts.scheme in {"http", "https"} and bool(host) and plain


def host_of(url: str) -> str:
    """The host that a browser would ask, in ASCII: `xn--…` where it holds other letters."""
    host = urlsplit(url).hostname or ""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host.encode("ascii", "backslashreplace").decode("ascii")


def doubt_of(url: str) -> str:
    """Why a reader should look at an address before it is opened, a key of the catalogue; "" where nothing is odd."""
    try:
        parts = urlsplit(url)
        if parts.username is not None or parts.password is not None:
            return N_("The address holds a name or a password before its host")
        host = (parts.hostname or "").encode("idna").decode("idna")
    except (UnicodeError, ValueError):
        return N_("The host holds letters that no host may have")
    found = {script for character in host if (script := _script_of(character))}
    # Latin and Chinese letters look like no others; any further script beside the Latin of `.com` may.
    if "xn--" in host or found - _OF_EAST_ASIA - {"LATIN"}:
        return N_("The host mixes letters of several scripts")
    return ""


def _script_of(character: str) -> str:
    """The script of a letter by its name in Unicode: LATIN, CYRILLIC, CJK; "" of what is no letter."""
    if not character.isalpha():
        return ""
    return unicodedata.name(character, "UNKNOWN").partition(" ")[0]


def takes_the_terminal() -> bool:
    """Whether the browser runs in this terminal (w3m, lynx), so that the screen must be lent to it."""
    import webbrowser  # which reads what browsers there are; the first frame waits for no browser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return isinstance(browser, webbrowser.GenericBrowser) and not isinstance(browser, webbrowser.BackgroundBrowser)


def open_url(url: str, *, quietly: bool = True) -> bool:
    """Open the address and say whether a browser took it. Waits; not for the event loop.

    Quietly: in a process of its own, because what a browser prints would land in the middle of our screen.
    """
    if not may_open(url):
        return False
    if not quietly:
        import webbrowser

        return webbrowser.open(url)
    null = subprocess.DEVNULL
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter; the address is one checked argument
            [sys.executable, "-P", "-c", _OPEN, url],
            stdin=null,
            stdout=null,
            stderr=null,
            check=False,
            timeout=_PATIENCE,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return True  # a browser that stays in the foreground is open
    return done.returncode == 0
