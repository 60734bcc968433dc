"""An export as it is proposed to a reader: the articles or the one article, the format, and the file."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from feeds.export.files import FileFormat, file_name, proposed_name
from feeds.model import Article
from feeds.query import Query
from tui.exporting.job import ExportJob
from tui.exporting.outfile import is_folder


class ExportOffer(Struct, frozen=True):
    """The choices of an export: one `article`, the `count` articles of a `query`. `alone` begins with the article."""

    query: Query
    now: datetime
    folder: Path
    count: int = 0
    article: Article | None = None
    alone: bool = True
    tables: bool = False

    def is_of_article(self, form: FileFormat, *, alone: bool) -> bool:
        """Whether an export in this format is of the article; a table is always of the filter."""
        return self.article is not None and alone and form.of == "articles"

    def proposed_target(self, form: FileFormat, *, alone: bool) -> str:
        """The file that is proposed; with a slash at its end it is a folder."""
        if self.article and self.is_of_article(form, alone=alone):
            name = file_name(self.article, form.suffix)
        else:
            name = proposed_name(str(self.query), self.now.date().isoformat(), "/" if form.alone else form.suffix)
        return f"{self.folder / name}{'/' if name.endswith('/') else ''}"

    def job_of(self, form: FileFormat, written: str, *, alone: bool) -> ExportJob:
        """The export into a target as the reader wrote it. It replaces no file."""
        path = Path(written).expanduser()
        names = (self.article.id,) if self.article and self.is_of_article(form, alone=alone) else ()
        return ExportJob(
            form=form, title=str(self.query) or "zhengwen", now=self.now, query=self.query, target=path, names=names,
            is_folder=is_folder(path, written),
        )  # fmt: skip
