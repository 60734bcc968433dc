"""The index in SQLite: everything in the project that writes or reads SQL, and the only owner of sqlite3.

schema      the tables, and how a process opens them
index       one process's view of index.sqlite
conditions  a filter as SQL
lists       lists, their order, and counts by label
duplicates  the tables of duplicate groups
flags       pending flags in flags.sqlite
census      what the index says of the whole archive and of each day
grams       texts as the search sees them
labels      what an article is counted and found under
"""
