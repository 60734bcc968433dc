"""Opens an article's page in the reader's web browser: only http(s) with a host, and never through a shell."""

import subprocess
import sys
from urllib.parse import urlsplit

_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
_PATIENCE = 20.0


def may_open(url: str) -> bool:
    """Whether an address may be given to a browser: http(s), a host, and nothing but visible ASCII or letters."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and url.isprintable() and " " not in url


def takes_the_terminal() -> bool:
    """Whether the browser runs in this terminal (w3m, lynx), so that the screen must be lent to it."""
    import webbrowser  # which reads what browsers there are; the first frame waits for no browser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return isinstance(browser, webbrowser.GenericBrowser) and not isinstance(browser, webbrowser.BackgroundBrowser)


def opened(url: str, *, quietly: bool = True) -> bool:
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
