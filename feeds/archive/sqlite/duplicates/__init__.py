"""The tables of duplicates 同稿. The rules are pure and stand in feeds.archive.duplicates.

bands   the keys and signatures of texts: where to look for a text's duplicates
groups  the groups of duplicates, and the one row that stands for each
search  compares new texts with known ones; the writer's work
"""
