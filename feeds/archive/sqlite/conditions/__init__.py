"""From a query to SQL: every statement that a filter needs is made in this folder, and nowhere is one read again.

A text that a person types goes in as a parameter, never as SQL. A list is read newest first by keyset, so one thing
decides its cost: which table leads. That is the full-text list of a word, the rows of a label, a few rows
found beforehand, or the articles themselves. The leader comes from the
terms that must all hold; the other terms are asked row by row.
Every leader stands in time order (see schema).

A rare term leads and a common one is asked: a list of a few thousand rows is read whole sooner than a million
articles are asked, and a page of what one article in fifty has is found soon. So few rows of anything are counted.
"""

from feeds.archive.sqlite.conditions.compiling import condition_and_rows, condition_of
from feeds.archive.sqlite.conditions.condition import Condition

__all__ = ["Condition", "condition_and_rows", "condition_of"]
