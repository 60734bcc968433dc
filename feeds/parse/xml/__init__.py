"""Steps before feedparser reads a feed: repair the XML, and check its size."""

from feeds.parse.xml.bounds import check_size
from feeds.parse.xml.repair import is_cut_off, repair_xml

__all__ = ["check_size", "is_cut_off", "repair_xml"]
