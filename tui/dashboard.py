"""Starts the dashboard with its configuration, archive and poller's process, and for --demo an embedded Sina."""

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from feeds import config
from feeds.errors import ArchiveChanged, FeedError, IndexDamaged, Unreachable
from tui.app import DashboardApp
from tui.polling import Polling
from tui.polling.process import child_environment
from tui.startup.interpreter import begin_frames
from tui.words import _

ARRIVALS = 8.0  # seconds between two articles of the demo: slow enough to read one


def run(settings: config.Config, archive: Path) -> None:
    """Show the dashboard until the reader leaves. It ends with SystemExit.

    If the index becomes damaged, the archive is opened again, which rebuilds the index. Raises IndexDamaged if it is
    damaged twice, because then the disk is faulty; ArchiveGone if the archive's folder was removed.
    """
    begin_frames()
    notice = ""
    first = True
    while True:
        app = DashboardApp(settings, archive, Polling(settings.path, archive, make=False), notice=notice, make=first)
        app.run()
        if app.failure is None:
            sys.exit(app.return_code or 0)
        first = False
        if isinstance(app.failure, ArchiveChanged):
            continue
        if notice or not isinstance(app.failure, IndexDamaged):
            raise app.failure
        notice = _("The archive's index was damaged and is being made anew; no article is lost.")


def run_demo(settings: config.Config, archive: Path | None) -> None:
    """Show the dashboard with invented articles. Without `archive` they are removed at the end."""
    from feeds.demo import demo_config  # the dashboard without --demo does not need it

    with tempfile.TemporaryDirectory(prefix="zhengwen-demo-") as folder, _embedded_sina() as address:
        place = archive or Path(folder) / "archive"
        path = Path(folder) / "config.toml"
        path.write_text(demo_config(address, place), "utf-8")
        demo = msgspec.structs.replace(
            config.load(path),
            language=settings.language,
            theme=settings.theme,
            ambiguous_width=settings.ambiguous_width,
            unread_when_changed=settings.unread_when_changed,
            since_you_left=settings.since_you_left,
        )
        path.write_text(config.text_of(demo, place), "utf-8")
        run(demo, place)


@contextlib.contextmanager
def _embedded_sina() -> Iterator[str]:
    """The demo's address, served by a process of its own that ends when its stdin does."""
    command = [sys.executable, "-P", "-m", "feeds.demo", "--tied", "--every", str(ARRIVALS)]
    # S603: our own interpreter with our own words.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=child_environment()) as server:  # noqa: S603
        if server.stdin is None or server.stdout is None:
            raise AssertionError
        try:
            yield _address_of(server.stdout.readline())
        finally:
            server.stdin.close()
            server.terminate()


def _address_of(line: bytes) -> str:
    try:
        address: str = msgspec.json.decode(line)["url"]
    except (msgspec.DecodeError, KeyError, TypeError):
        failure: FeedError = Unreachable("the embedded news site did not start")
        raise failure from None
    return address
