"""The same piece from several houses: found by its text, shown as one row, and taken apart again when a reader says so.

likeness    whether two texts are one piece; pure
printings   whether two printings of it are one: what titles and houses say; pure
bands       where to look for a text's twins, at a cost that does not grow with the archive
pieces      the tables: who is whose twin, and the one row that stands for them
comparing   text by text, the writer's work
"""
