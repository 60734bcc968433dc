"""What is done to a feed's XML before feedparser sees it: repair (so that it can be read), bounds (whether it is)."""

from feeds.parse.xml.bounds import check
from feeds.parse.xml.repair import breaks_off, repaired

__all__ = ["breaks_off", "check", "repaired"]
