"""The checks of `zhengwen doctor`: the machine, the configuration, the archive. Each check is one line with a finding.

Nothing is changed, no network is used.
"""

import locale
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from msgspec import Struct

from feeds import config
from feeds.controls import excerpt
from feeds.errors import ArchiveGone, FeedError
from feeds.model import PLAIN_REQUESTS
from tui.words import _, language_of, ngettext, sentence_of

_LIBRARIES = ("textual", "httpx", "feedparser", "selectolax", "tinydb", "msgspec")


class Check(Struct, frozen=True):
    """One check. `failed`: zhengwen cannot work so. `doubtful`: something may look wrong."""

    name: str
    finding: str
    failed: bool = False
    doubtful: bool = False

    @property
    def mark(self) -> str:
        """✗ failed, ! doubtful, ✓ good."""
        return "✗" if self.failed else "!" if self.doubtful else "✓"


def checks(config_path: Path | None, archive_path: Path | None) -> list[Check]:
    """All checks, in the order in which they depend on one another."""
    return [*_machine(), *_terminal(), *_network(), *_house(config_path, archive_path)]


def _machine() -> Iterator[Check]:
    yield Check("python", f"{platform.python_version()} · {sys.executable}")
    versions = {name: _version(name) for name in _LIBRARIES}
    missing = [name for name, version in versions.items() if not version]
    if missing:
        yield Check(_("libraries"), _("not installed: {names}").format(names=", ".join(missing)), failed=True)
    else:
        yield Check(_("libraries"), " · ".join(f"{name} {version}" for name, version in versions.items()))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _terminal() -> Iterator[Check]:
    size = shutil.get_terminal_size()
    if sys.stdout.isatty():
        small = size.columns < 40 or size.lines < 12
        yield Check(_("terminal"), f"{os.environ.get('TERM', '?')} · {size.columns}×{size.lines}", doubtful=small)
    else:
        yield Check(_("terminal"), _("standard output is no terminal; the dashboard needs one"), doubtful=True)
    encoding = locale.getpreferredencoding()
    utf8 = encoding.lower().replace("-", "") == "utf8"
    advice = "" if utf8 else " · " + _("Chinese text needs a UTF-8 locale")
    yield Check(_("encoding"), encoding + advice, doubtful=not utf8)


def _network() -> Iterator[Check]:
    """Proxies and certificates of the environment. No request is sent."""
    from feeds.fetch.environment import Proxies, certificates  # httpx: no other check needs it

    proxies = Proxies()
    for scheme, proxy in proxies.by_scheme.items():
        finding = sentence_of(proxy.fault) if proxy.fault else f"{proxy.printable_url} ({proxy.variable})"
        yield Check(_("proxy for {scheme}").format(scheme=scheme), finding, failed=proxy.fault is not None)
    if not proxies.by_scheme:
        yield Check(_("proxy"), _("none; every host is asked directly"))
    elif proxies.exceptions:
        yield Check(_("asked without proxy"), ", ".join(proxies.exceptions))
    if proxies.ignored:
        finding = _("{parts}: names no host and is passed over").format(parts=", ".join(proxies.ignored))
        yield Check("NO_PROXY", finding, doubtful=True)
    try:
        certificates()
    except FeedError as error:
        yield Check(_("certificates"), sentence_of(error.fault), failed=True)
    else:
        found = next((name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)), None)
        yield Check(_("certificates"), f"{excerpt(os.environ[found])} ({found})" if found else "certifi")


def _house(config_path: Path | None, archive_path: Path | None) -> Iterator[Check]:
    try:
        loaded = config.load(config_path)
    except FeedError as error:
        yield Check("config.toml", sentence_of(error.fault), failed=True)
        return
    sources = ngettext("{n} source", "{n} sources", len(loaded.sources))
    yield Check("config.toml", f"{loaded.path} · {sources}", doubtful=not loaded.sources)
    yield from _settings(loaded)
    yield Check(_("language"), language_of(loaded.language))
    yield from _archive(archive_path or loaded.archive)


def _settings(loaded: config.Config) -> Iterator[Check]:
    """The request settings of sources that cannot be used: a secret that is not there, a file without certificates."""
    own = [source for source in loaded.sources if source.request is not PLAIN_REQUESTS]
    if not own:
        return
    from feeds.fetch.settings import check_settings
    from feeds.kinds import address_of

    for source in own:
        try:
            check_settings(source.request, address_of(source))
        except FeedError as error:
            yield Check(source.name, sentence_of(error.fault), failed=True)


def _archive(path: Path) -> Iterator[Check]:
    from feeds.archive import Archive  # reading the configuration may have ended the examination

    try:
        with Archive.open(path, make=False) as archive:
            total, aside = archive.listing().total, [str(fault) for fault in archive.set_aside]
            oddities = [sentence_of(fault) for fault in (archive.view.oddities if archive.view else ())]
    except ArchiveGone:
        yield Check(_("archive"), f"{path} · " + _("not there yet; the first poll makes it"))
        return
    except (FeedError, OSError) as error:
        finding = sentence_of(error.fault) if isinstance(error, FeedError) else str(error)
        yield Check(_("archive"), finding, failed=True)
        return
    yield Check(_("archive"), f"{path} · " + ngettext("{n} article", "{n} articles", total))
    for oddity in oddities:
        yield Check(_("archive"), oddity, doubtful=True)
    if not os.access(path, os.W_OK) and not oddities:
        yield Check(_("archive"), _("this folder cannot be written to"), doubtful=True)
    if aside:
        yield Check(_("set aside"), ", ".join(aside), doubtful=True)
