"""The marks before the points of a text, defined once for the reading of pages, the plan and the layout."""

from feeds.marks.points import BULLETS, CIRCLED, DIGITS, ORDINAL

__all__ = ["BULLETS", "CIRCLED", "DIGITS", "ORDINAL"]
