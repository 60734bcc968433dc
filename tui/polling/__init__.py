"""The poller's process, as the dashboard and `zhengwen poll` use it. Knows no screen.

process   starts the process, turns its lines into events, restarts it, ends it
status    the state of the poller and of each source, from these events
"""

from tui.polling.process import EXIT_LOCKED, Polling

__all__ = ["EXIT_LOCKED", "Polling"]
