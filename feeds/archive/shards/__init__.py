"""The truth: a folder of day files, `shards/2022/2022-01-12.json`, as TinyDB databases.

folder   the folder of days
file     the bytes of one day's file, and how they get onto the disk
lines    one record as one line of JSON
storage  TinyDB over a day's file; imported only for writing
"""

from feeds.archive.shards.folder import Shards

__all__ = ["Shards"]
