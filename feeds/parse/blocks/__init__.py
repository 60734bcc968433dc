"""From a tame tree to lines of text with their kind.

walk ─┬─ foreign    elements that are not part of the text
      ├─ inline     the meaning of markup inside a line
      ├─ tables     the columns of table cells, the numbers of list items
      ├─ pictures   the descriptions of pictures
      └─ lines      a line, joined from the runs of text that the walk collects

flat reads a text that is nothing but paragraphs without a tree.
"""

from feeds.parse.blocks.lines import TextLine
from feeds.parse.blocks.walk import CUT_SHORT, LINES_LIMIT, WalkResult, walk_tree

__all__ = ["CUT_SHORT", "LINES_LIMIT", "TextLine", "WalkResult", "walk_tree"]
