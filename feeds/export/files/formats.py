"""The table of formats: for each its name, the end of a file's name, and what is written for an article.

A new format is a line here and a module beside this one.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from feeds.controls import escape_json
from feeds.errors import FeedError, phrase
from feeds.export.files import atom, opml, outlines, pages, plaintext, plancsv
from feeds.export.plans import plan_json
from feeds.model import Article, Flags
from feeds.posts import post_text

_RULE = "\n" + "―" * 20 + "\n\n"


def _no_head(_title: str, _moment: datetime) -> str:
    return ""


def _no_part(_article: Article, _flags: Flags) -> str:
    return ""


class FileFormat(Struct, frozen=True, kw_only=True):
    """One format. A file of it is `head`, the parts of its articles with `between` between them, `tail`.

    `of` says which rows are written: those of articles, or those of the tables of targets and documents. `label` is a
    key of the catalogue. `alone` says that a file has one article, so that several need a folder. A file of one
    article in a folder has `bare` False where head and tail belong to it too.
    """

    name: str
    suffix: str
    label: str
    of: Literal["articles", "targets", "documents", "workbook"] = "articles"
    part: Callable[[Article, Flags], str] = _no_part
    head: Callable[[str, datetime], str] = _no_head
    between: str = ""
    tail: str = ""
    alone: bool = False
    bare: bool = False

    def whole(self, article: Article, flags: Flags, moment: datetime) -> str:
        """A file of one article."""
        part = self.part(article, flags)
        return part + "\n" if self.bare else self.head(article.title, moment) + part + self.tail


def _json_head(_title: str, _moment: datetime) -> str:
    return "[\n"


def _plan_json(article: Article, _flags: Flags) -> str:
    return escape_json(json.dumps({"id": article.id, **plan_json(article)}, ensure_ascii=False))


FORMATS: tuple[FileFormat, ...] = (
    FileFormat(name="md", suffix=".md", label=phrase("Article: Markdown, for import"), part=post_text, alone=True),
    FileFormat(
        name="txt",
        suffix=".txt",
        label=phrase("Article: plain text"),
        part=plaintext.article_text,
        between=_RULE,
    ),
    FileFormat(
        name="html",
        suffix=".html",
        label=phrase("Article: HTML"),
        part=pages.article_page,
        head=pages.page_head,
        tail=pages.PAGE_END,
    ),
    FileFormat(
        name="plan-md",
        suffix=".plan.md",
        label=phrase("Plan: Markdown outline"),
        part=outlines.plan_markdown,
        between="\n",
    ),
    FileFormat(
        name="markmap",
        suffix=".markmap.md",
        label=phrase("Plan: mind map (markmap)"),
        part=outlines.plan_markmap,
        head=outlines.markmap_head,
        between="\n",
    ),
    FileFormat(
        name="opml",
        suffix=".opml",
        label=phrase("Plan: OPML outline"),
        part=opml.plan_opml,
        head=opml.opml_head,
        tail=opml.OPML_END,
    ),
    FileFormat(
        name="plan-json",
        suffix=".plan.json",
        label=phrase("Plan: JSON with places"),
        part=_plan_json,
        head=_json_head,
        between=",\n",
        tail="\n]\n",
        bare=True,
    ),
    FileFormat(
        name="plan-csv",
        suffix=".plan.csv",
        label=phrase("Plan: CSV"),
        part=plancsv.plan_rows,
        head=plancsv.csv_head,
    ),
    FileFormat(name="targets-csv", suffix=".csv", label=phrase("Targets: CSV"), of="targets"),
    FileFormat(name="documents-csv", suffix=".csv", label=phrase("Documents: CSV"), of="documents"),
    FileFormat(name="xlsx", suffix=".xlsx", label=phrase("Targets and documents: XLSX"), of="workbook"),
    FileFormat(
        name="atom",
        suffix=".atom",
        label=phrase("Filter: Atom feed"),
        part=atom.feed_entry,
        head=atom.feed_head,
        tail=atom.FEED_END,
    ),
)


def format_named(name: str) -> FileFormat:
    """The format with this name. Raises FeedError."""
    for known in FORMATS:
        if known.name == name:
            return known
    names = ", ".join(known.name for known in FORMATS)
    raise FeedError("there is no format {name}; there are {names}", name=name, names=names)
