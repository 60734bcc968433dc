"""The links between the app and what changes beside it: the poller's process, the file of the configuration."""

from tui.links.config import ConfigLink
from tui.links.poller import PollerLink

__all__ = ["ConfigLink", "PollerLink"]
