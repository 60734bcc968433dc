"""Folded text: width, letter case and traditional characters are unified, for comparison and search. Pure.

fold             folds a text, and finds the places of folded words in the text itself
traditional.txt  traditional characters and their simplified forms
"""

from feeds.folding.fold import folded_text, spans_of

__all__ = ["folded_text", "spans_of"]
