"""Reads an archive for a command, whatever its state is. A line reports problems."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from feeds.archive import Archive, Engine
from feeds.errors import AmbiguousId, IndexDamaged, NoSuchArticle, NoSuchVersion
from feeds.model import Article
from tui.cli.output import say
from tui.cli.setting import Setting
from tui.words import _, ngettext, sentence_of

if TYPE_CHECKING:
    from feeds.compare import ArticleVersion
    from feeds.documents import JoinedDocument

T = TypeVar("T")
_MOST_KEYS = 5
_NAMES = 200  # titles that are joined in one transaction: about a fifth of a second
_WEB = ("http://", "https://")


def read(path: Path, work: Callable[[Engine], T]) -> T:
    """Return the result of `work`. If the index proves damaged, rebuild it and repeat the work.

    Raises FeedError.
    """
    try:
        return _read(path, work)
    except IndexDamaged:
        found = _read(path, work)
        say("zhengwen: " + _("The archive's index was damaged and was made anew; no article is lost."), err=True)
        return found


def read_tables(path: Path, work: Callable[[Engine], T]) -> T:
    """As `read`, for work that needs documents: first those are joined that an import or a rebuild left.

    Raises FeedError.
    """

    def join_and_work(archive: Engine) -> T:
        _join_documents(archive)
        return work(archive)

    return read(path, join_and_work)


def _join_documents(archive: Engine) -> None:
    """Join the documents that wait, and show the progress. Say so where the archive cannot be written to."""
    if not (left := archive.join_documents(0)):
        return
    from tui.cli.progress import Progress

    bar, total = Progress(_("joining documents")), left
    try:
        while left and not archive.view:
            left = archive.join_documents(_NAMES)
            bar.show_progress(max(total - left, 0), total)
    finally:
        bar.end()
    if left:
        sentence = ngettext("{n} title is not joined to its document yet", "{n} titles are not joined yet", left)
        say(f"zhengwen: {sentence}", err=True)


def _read(path: Path, work: Callable[[Engine], T]) -> T:
    with Archive.open(path) as archive:
        found = work(archive)
        report_problems(archive)
        return found


def report_problems(archive: Engine, *, days: bool = True) -> None:
    """Print on standard error how the archive was opened and, with `days`, which days it could not read."""
    notice = archive.view.notice if archive.view else None
    for fault in [*([notice] if notice else []), *(archive.set_aside if days else ())]:
        say(f"zhengwen: {sentence_of(fault)}", err=True)


def pair_named(setting: Setting, name: str, now: datetime) -> tuple[Article, Article] | None:
    """The draft and the final text of a document, by its title in 《》 or its key; the last two versions of an article.

    None for a file, an address or standard input. Raises FeedError, also if one of the two is missing.
    """
    if name == "-" or name.startswith(_WEB) or Path(name).is_file():
        return None
    if not _names_a_document(name):
        return read(setting.archive, lambda archive: _last_versions(archive, name))

    def both(archive: Engine) -> tuple[Article, Article]:
        from feeds.documents.page import draft_and_final

        document, articles = _document_named(archive, name, now)
        if pair := draft_and_final(document, articles):
            return articles[pair[0]], articles[pair[1]]
        raise NoSuchArticle("the archive has no draft and final text of {name}", name=name)

    return read_tables(setting.archive, both)


def _last_versions(archive: Engine, name: str) -> tuple[Article, Article]:
    """An article before its last edit and after it. Raises NoSuchArticle, also if no earlier version is kept."""
    from feeds.compare import article_of_version

    article = archive.get(archive.resolve(name))
    versions = _versions_of(article)
    if len(versions) < 2:
        raise NoSuchArticle("no earlier version of {name} is kept; compare it with another article", name=name)
    return article_of_version(article, versions[-2]), article


def _article_or_version(archive: Engine, name: str) -> Article:
    """The article with this id, or with ID@N its version N, of which 1 is the first. Raises NoSuchArticle."""
    from feeds.compare import article_of_version

    plain, _at, number = name.rpartition("@")
    if not (plain and number.isascii() and number.isdecimal()):
        return archive.get(archive.resolve(name))
    article = archive.get(archive.resolve(plain))
    found = [one for one in _versions_of(article) if one.number == int(number)]
    if not found:
        count = len(article.earlier) + 1
        raise NoSuchVersion("{name} is not kept: the versions go from 1 to {count}", name=name, count=count)
    return article_of_version(article, found[0])


def _versions_of(article: Article) -> "tuple[ArticleVersion, ...]":
    """The versions, each with its plan."""
    from feeds.compare import versions_of

    if any(past.plan is None for past in article.earlier):
        from feeds.assembly import with_earlier_plans  # with the rules of plans

        article = with_earlier_plans(article)
    return versions_of(article)


def _names_a_document(name: str) -> bool:
    """Whether a word of the command line is a title in 《》, or a document's key: the id of an article and a title."""
    return name.startswith(("《", "〈")) or " " in name.strip()


def _document_named(archive: Engine, name: str, now: datetime) -> "tuple[JoinedDocument, dict[str, Article]]":
    """The document, and the articles that are about it. Raises NoSuchArticle."""
    from tui.screens.documents.names import documents_named

    keyed = archive.document(name) if " " in name else None
    found = [keyed] if keyed else documents_named(archive, name, now.astimezone().date())
    if not found:
        raise NoSuchArticle("no archived article is about {name}", name=name)
    if len(found) > 1:
        keys = ", ".join(f'"{document.key}"' for document in found[:_MOST_KEYS])
        raise AmbiguousId("several documents are called {name}; give one of these keys: {keys}", name=name, keys=keys)
    names = {member.mention.article for member in found[0].members}
    return found[0], {article.id: article for article in archive.get_many(names)}


def _article_of_document(archive: Engine, name: str, now: datetime) -> Article:
    """The article that tells most of a document: of its draft if a title in 《》 is one, else of its final text."""
    from feeds.documents import title_key
    from feeds.documents.page import fullest_article, fullest_draft, fullest_final

    document, articles = _document_named(archive, name, now)
    is_draft = name.startswith("《") and title_key(name).is_draft  # a key begins with the document's first article
    wanted = fullest_draft if is_draft else fullest_final
    chosen = wanted(document, articles) or fullest_article(document, articles)
    if chosen is None:
        raise NoSuchArticle("no archived article is about {name}", name=name)
    return articles[chosen]


def article_named(setting: Setting, name: str, now: datetime) -> Article:
    """The article of a word of the command line: `-` (standard input), an address, a file, an id, ID@N, or a document.

    A document is a title in 《》 or a key as `zhengwen documents --json` prints it. Raises FeedError; NoSuchArticle if
    the name is not a file either.
    """
    is_file = name != "-" and Path(name).is_file()
    if _names_a_document(name) and not is_file:
        return read_tables(setting.archive, lambda archive: _article_of_document(archive, name, now))
    if not (name == "-" or name.startswith(_WEB) or is_file):
        try:
            return read(setting.archive, lambda archive: _article_or_version(archive, name))
        except NoSuchVersion:
            raise
        except NoSuchArticle:
            raise NoSuchArticle("{name} is neither a file nor an address nor an archived article", name=name) from None
    from feeds.intake import article as intake  # with the fetcher and the parser, which no archived article needs

    if name.startswith(_WEB):
        return intake.article_of_address(name, setting.config.fetch, now)
    return intake.article_of_bytes(sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes(), name, now)
