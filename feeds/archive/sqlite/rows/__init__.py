"""The rows of articles: every table that has rows of an article is written here, whether the index or a group writes.

tables    the table of tables: which tables have rows of an article, and how the rows are made
store     the row in `article` with its labels and with the rows of all those tables
texts     the text of an article in the search
articles  puts whole articles into the index, changes their flags, removes them
"""
