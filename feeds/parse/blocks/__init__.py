"""A tame tree to lines of text with their kind.

walk ─┬─ foreign    what is no part of the text
      ├─ inline     what markup says inside a line
      ├─ tables     what a cell's and an item's place says
      ├─ pictures   what a picture says in words
      └─ lines      a line, made of the pieces that the walk gathers
"""

from feeds.parse.blocks.lines import TextLine
from feeds.parse.blocks.walk import CUT_SHORT, LINES_LIMIT, Harvest, harvest_of

__all__ = ["CUT_SHORT", "LINES_LIMIT", "Harvest", "TextLine", "harvest_of"]
