"""Work in a thread that its reader may stop: a group has one piece at a time, which the same key starts and stops."""

from typing import Any

from textual.screen import Screen


def stop_work(screen: Screen[Any], group: str) -> bool:
    """Stop what runs in a group of the app's workers. Return whether anything did."""
    running = [work for work in screen.app.workers if work.group == group and work.is_running]
    for work in running:
        work.cancel()
    return bool(running)
