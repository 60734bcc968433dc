"""Duplicates 同稿: one report that several publishers print. They are found by their text and shown as one row. Pure.

similarity  whether two texts are one report
printings   whether two articles with similar texts are duplicates, by their titles and publishers
signatures  a short value of a text that similar texts nearly share
The tables stand in feeds.archive.sqlite.duplicates.
"""
