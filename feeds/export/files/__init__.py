"""The files of an export: a text for each article, with what stands around several of them. Pure.

formats ─┬─ feeds.posts   an article as Markdown that `zhengwen import` reads back
         ├─ plaintext, pages, atom   an article as text, HTML, entry of a feed
         └─ outlines, opml, plancsv  a plan as an outline, a table
names: the name of an article's file. tables, workbook: targets and documents.

A text from outside is a value here: each writer removes control characters and escapes what its format would obey.
"""

from feeds.export.files.formats import FORMATS, FileFormat, format_named
from feeds.export.files.names import file_name, proposed_name

__all__ = ["FORMATS", "FileFormat", "file_name", "format_named", "proposed_name"]
