"""The page of one document: its articles by stage, the merged plan, what it rests on and what rests on it."""

from collections import deque
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.dom import DOMNode
from textual.timer import Timer
from textual.widgets import Static

from feeds.archive import Engine
from feeds.documents import JoinedDocument, Separation, separations_from
from feeds.documents.page import DocumentPage, document_page, draft_and_final, resting_on
from feeds.model import BEIJING, Article, Span
from tui.commands import Command, bindings_of
from tui.messages import PlaceWanted, ScreensWanted
from tui.outside.clipboard import copy_text
from tui.screens.archive_reading import FEW, read_in_thread
from tui.screens.dialogs.dialog import Dialog
from tui.screens.documents.names import articles_naming, documents_named
from tui.screens.lasting import LastingScreen
from tui.text import sentence_around
from tui.widgets.document_tree import DocumentTree
from tui.widgets.layout.document_outline import DocumentOutline, document_outline
from tui.widgets.layout.outline import Node
from tui.words import _, ngettext

_REST = 0.15  # seconds that the cursor rests before its sentence is shown


class DocumentScreen(Dialog[None], LastingScreen):
    """The page of the document that another screen wants shown, else of the main screen's article.

    An article about several documents has a page for each; a key goes to the next.
    """

    PLACES = ("document", "rows", "dialog")
    CSS_PATH = [*Dialog.CSS_PATH, Path(__file__).with_name("page.tcss")]  # noqa: RUF012 -- as in Dialog
    BINDINGS = bindings_of("document")
    AUTO_FOCUS = "DocumentTree"

    def heading(self) -> str:
        """The box's title."""
        return _("Document")

    def compose_box(self) -> ComposeResult:
        """The outline, and the sentence of the node under the cursor."""
        self._wanted: list[str] = []
        self._keys: deque[str] = deque()
        self._before: list[tuple[str, int]] = []  # documents from which a line led to another one, and the lines
        self._document: JoinedDocument | None = None
        self._page: DocumentPage | None = None
        self._outline = DocumentOutline()
        self._rest: Timer | None = None
        self._undos: list[tuple[Separation, ...]] = []
        yield Static(id="head")
        yield DocumentTree(ambiguous=self.context.config.ambiguous_width)
        yield Static(id="note")

    def on_screen_resume(self) -> None:
        """Show the page of what is wanted now. A page that has not changed keeps its place."""
        self._take_subject()

    @property
    def outline_tree(self) -> DocumentTree:
        """The outline."""
        return self.query_one(DocumentTree)

    # Which document it shows

    def _take_subject(self) -> None:
        """Show what another screen wants shown, else the documents of the main screen's article."""
        archive = self.context.archive
        keys = list(self.subject) or (archive.document_of(self.article) if self.article else [])
        if keys != self._wanted:
            self._wanted, self._keys = keys, deque(keys)
            self._before.clear()
        self._show_document()

    def _show_document(self, place: int | None = None) -> None:
        """Show the first of the documents. A page that has not changed keeps its place."""
        document = self._document = self.context.archive.document(self._keys[0]) if self._keys else None
        if document is None:
            self._page, self._outline = None, DocumentOutline()
            self.outline_tree.show_nodes([])
            waits = self.context.archive.join_documents(0)
            words = _("Documents are still being joined; try again in a moment.") if waits else ""
            self.query_one("#note", Static).update(Content(words or _("This article is about no document.")))
            return
        few = len({member.mention.article for member in document.members}) <= FEW
        if few:
            self._take_page(page_of(self.context.archive, document), place)
        elif self._page is None or self._page.document != document:
            self.query_one("#head", Static).update(Content.styled(_("Reading the articles …"), "$quiet"))
        page = self._page if few else None
        read_in_thread(
            self,
            self.context.archive.path,
            lambda archive: page_with_resting(archive, page or page_of(archive, document), self.context.today()),
            lambda found: self._take_page(found, None if few else place),
        )

    def _take_page(self, page: DocumentPage, place: int | None) -> None:
        """Show a page that was read, unless another one is wanted now. One that has not changed keeps its place."""
        if page.document is not self._document:
            return
        before, self._page = self._page, page
        if before is None or replace(before, resting=()) != replace(page, resting=()):
            self._show_page(place or 0)
        elif before != page and page.resting:
            self._show_page(self.outline_tree.cursor)
        elif place is not None:
            self.outline_tree.move_to(place)

    def _show_page(self, place: int) -> None:
        if self._page is None:
            return
        self._outline = document_outline(self._page)
        self.outline_tree.show_nodes(self._outline.roots)
        self.outline_tree.move_to(place)
        count = ngettext("{n} article", "{n} articles", len(self._page.articles))
        others = _("{n} more of this article").format(n=len(self._keys) - 1) if len(self._keys) > 1 else ""
        behind = "  ".join(filter(None, (count, others)))
        words = Content.assemble((f"{self.heading()}  ", "bold $primary"), (behind, "$quiet"))
        self.query_one("#head", Static).update(words)

    # The sentence

    @on(DocumentTree.NodePassed)
    def _node_passed(self) -> None:
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self._show_sentence)

    def _show_sentence(self) -> None:
        """Show the sentence of the line under the cursor, and its article."""
        words = Content("")
        if place := place_of(self.outline_tree.node, self._outline, self._page, self.context.archive):
            article, span = place
            before, quote, after = quote_of(article, span)
            source = " · ".join(filter(None, (article.title, article.origin, day_of(article))))
            words = Content.assemble((source, "$quiet"), "\n", before, (quote, "bold underline $accent"), after)
        if self._page is not None:
            self.query_one("#note", Static).update(words)

    # What the reader does

    @on(DocumentTree.PlacePicked)
    def _place_picked(self, event: DocumentTree.PlacePicked) -> None:
        if event.node is not None and (name := self._outline.articles.get(event.node)):
            self.post_message(PlaceWanted(name, event.node.span))

    def action_close(self) -> None:
        """Go back to the document from which a line led here; from the first one, close."""
        if not self._before:
            super().action_close()
            return
        key, place = self._before.pop()
        self._keys = deque([key])
        self._show_document(place)

    def action_related(self) -> None:
        """Show the page of the document that the line names, if the archive has it."""
        title = self._outline.related.get(self.outline_tree.node) if self.outline_tree.node else None
        if title is None:
            self.action_close()  # the key that opens this screen also closes it
        elif found := documents_named(self.context.archive, title, self.context.today()):
            self._before.append((self._keys[0], self.outline_tree.cursor))
            self._keys = deque([found[0].key])
            self._show_document(0)
        else:
            self.notify(_("No article here is about that document."), markup=False, timeout=3)

    def action_next_document(self, count: int = 1) -> None:
        """Show the next of the documents that the article is about, or so many further."""
        self._keys.rotate(-count)
        self._show_document(0)

    def action_draft_and_final(self) -> None:
        """Compare the draft with the final text."""
        articles = {article.id: article for article in self._page.articles} if self._page else {}
        if self._page and (pair := draft_and_final(self._page.document, articles)):
            self.post_message(ScreensWanted(("compare",), subject=pair))
        else:
            self.notify(_("The archive has no draft and final text of this document."), markup=False, timeout=3)

    def action_separate(self) -> None:
        """Take the article under the cursor out of this document. It stays out, also when more is stored."""
        mention = self._outline.mentions.get(self.outline_tree.node) if self.outline_tree.node else None
        if mention is None:
            self.notify(_("Go to an article of the timeline; it is then taken out."), markup=False, timeout=3)
        elif self._page and (added := separations_from(self._page.document, mention)):
            self.context.archive.change_separations(added)
            self._undos.append(added)
            self._show_again(added, _("Taken out of this document; u puts it back."))
        else:
            self.notify(_("This document has no other article."), markup=False, timeout=3)

    def action_undo_separation(self) -> None:
        """Put back what was taken out last."""
        if self._undos:
            separations = self._undos.pop()
            self.context.archive.change_separations((), separations)
            self._show_again(separations, _("Put back."))
        else:
            self.notify(_("Nothing was taken out."), markup=False, timeout=3)

    def _show_again(self, separations: tuple[Separation, ...], words: str) -> None:
        """Show the document that the others are in now, at the same line."""
        self._keys[0] = separations[0].right
        self._show_document(self.outline_tree.cursor)
        self.notify(words, markup=False, timeout=3)

    def action_copy_sentence(self) -> None:
        """Copy the line under the cursor with its sentence and its source."""
        node = self.outline_tree.node
        if node and (place := place_of(node, self._outline, self._page, self.context.archive)):
            article, span = place
            source = " · ".join(filter(None, (article.title, article.origin, day_of(article), article.url)))
            copy_text(self.app, "\n".join((node.text, "".join(quote_of(article, span)), source)))
            self.notify(_("Copied: {what}").format(what=node.text), markup=False, timeout=3)

    def _owner_of(self, command: Command) -> DOMNode:
        return self.outline_tree if set(command.where) & {"rows", "plan"} else self


def page_of(archive: Engine, document: JoinedDocument) -> DocumentPage:
    """The page of a document, without what rests on it: all its articles are read."""
    names = dict.fromkeys(member.mention.article for member in document.members)
    return document_page(document, {article.id: article for article in archive.get_many(names)})


def page_with_resting(archive: Engine, page: DocumentPage, today: date) -> DocumentPage:
    """The page with what rests on the document: what other articles that name it say."""
    return replace(page, resting=resting_on(page.document, articles_naming(archive, page.document.title, today)))


def place_of(
    node: Node | None, outline: DocumentOutline, page: DocumentPage | None, archive: Engine
) -> tuple[Article, Span] | None:
    """The article and the place to which a line of the page leads."""
    name = outline.articles.get(node) if node else None
    if node is None or node.span is None or name is None:
        return None
    own = page.articles if page else ()
    article = next((one for one in [*own, *archive.get_many([name])] if one.id == name), None)
    return (article, node.span) if article else None


def quote_of(article: Article, span: Span) -> tuple[str, str, str]:
    """The sentence around a place: what stands before the place, the text of the place, what stands behind it."""
    text = article.paragraph(span.p)
    first, last = sentence_around(text, span.start, span.end)
    return text[first : span.start], text[span.start : span.end], text[span.end : last]


def day_of(article: Article) -> str:
    """The Beijing day of an article."""
    return article.published.astimezone(BEIJING).date().isoformat()
