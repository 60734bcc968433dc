"""Duplicates 同稿: one report that several publishers print. They are found by their text and shown as one row.

similarity  whether two texts are one report; pure
printings   whether two articles with similar texts are duplicates, by their titles and publishers; pure
bands       where to look for a text's duplicates, at a cost that does not grow with the archive
groups      the tables: the groups of duplicates, and the one row that stands for each
search      compares new texts with known ones; the writer's work
"""
