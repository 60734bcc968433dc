"""The reader's marks on articles: read, unread, star, tags, all read, copies apart; and their undo."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from feeds.archive import Archive, Engine, Undo
from feeds.errors import FeedError
from feeds.query import Query
from tui.failures import ENDINGS
from tui.messages import FlagsMarked
from tui.screens.main.parts.counts import ListCounts
from tui.screens.main.parts.panes import Panes
from tui.screens.main.state import StatefulScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.tag_bar import TagBar
from tui.widgets.reader import Reader
from tui.words import _, ngettext, sentences

MARKING = "marking"
"""The workers that mark everything which a filter finds."""


class Marking:
    """Marks articles. Marks that are made by hand can be undone, the latest first."""

    def __init__(self, screen: StatefulScreen, archive: Engine, panes: Panes, counts: ListCounts) -> None:
        self._screen = screen
        self._archive = archive
        self._panes = panes
        self._counts = counts
        self._tagged: list[str] = []  # the articles whose tags are being written

    def mark_read(self, name: str) -> None:
        """Mark an article read because the reader opened it. This cannot be undone."""
        self._mark([name], read=True)

    def _mark(self, names: list[str], *, read: bool | None = None, starred: bool | None = None) -> Undo:
        self._keep_listed(names)
        undo = self._archive.set_flags(names, read=read, starred=starred)
        self._show_marks()
        return undo

    def _keep_listed(self, names: list[str]) -> None:
        """Keep the rows of these articles until the next filter, so that no row vanishes while one reads."""
        if listing := self._screen.state.listing:
            listing.keep(names)

    def _show_marks(self) -> None:
        self._counts.look_again()
        if article := self._screen.state.article:
            flags, duplicates = self._archive.flags(article.id), self._archive.duplicates(article.id)
            self._screen.query_one(Reader).show(article, flags, duplicates)
        self._screen.post_message(FlagsMarked())

    def _remember(self, undo: Undo, words: str) -> None:
        """Remember how to undo a mark, with a sentence about it."""
        state = self._screen.state
        self._screen.state = replace(state, undos=(*state.undos, ((undo,), words)))

    def _marked_names(self) -> list[str]:
        """The ids of the articles that a mark is meant for: the range in the list, else the current one."""
        articles, listing = self._screen.query_one(ArticleList), self._screen.state.listing
        chosen = articles.range.positions(articles.cursor)
        if self._screen.state.pane == "list" and listing and chosen:
            return [row.id for row in listing.window(chosen.start, len(chosen))]
        return [name] if (name := self._screen.state.current_id) else []

    def _tell_range(self, names: list[str]) -> None:
        """End the range and say how many articles it had, if there was one."""
        articles = self._screen.query_one(ArticleList)
        if articles.range.end():
            articles.redraw()
            words = ngettext("{n} article marked.", "{n} articles marked.", len(names))
            self._screen.say(sentences(words, _("u takes it back.")))

    def action_choose_range(self) -> None:
        """Begin a range of articles in the list, or end it without a mark."""
        articles = self._screen.query_one(ArticleList)
        if not articles.range.end() and articles.selected:
            articles.range.begin(articles.selected.id, articles.cursor)
            self._screen.say(_("A range begins here: move, then mark it with m, f or #. Esc ends it."))
        articles.redraw()

    def action_toggle_read(self) -> None:
        """Mark the article or the range read, or unread again if all of it is read."""
        if names := self._marked_names():
            read = not all(self._archive.flags(name).read for name in names)
            self._remember(self._mark(names, read=read), _("Marked read.") if read else _("Marked unread."))
            self._tell_range(names)

    def action_toggle_star(self) -> None:
        """Star the article or the range, or take the stars away if all of it is starred."""
        if names := self._marked_names():
            starred = not all(self._archive.flags(name).starred for name in names)
            words = _("Starred.") if starred else _("Star taken away.")
            self._remember(self._mark(names, starred=starred), words)
            self._tell_range(names)

    def action_part(self) -> None:
        """Take the copies of one text apart, or put them together again."""
        if not (name := self._screen.state.current_id):
            return
        if self._archive.duplicates(name):
            undo, words = self._archive.split_duplicates(name), _("Taken apart.")
        else:
            undo, words = self._archive.join_duplicates(name), _("Put together.")
        if not undo:
            self._screen.say(_("No copy of this article is known."))
            return
        self._remember(undo, words)
        self._show_marks()
        self._screen.say(sentences(words, _("u takes it back.")))

    async def action_tag(self) -> None:
        """Write the tags of the article, or those that all articles of the range have."""
        if names := self._marked_names():
            shared = [self._archive.flags(name).tags for name in names]
            tags = tuple(tag for tag in shared[0] if all(tag in those for those in shared))
            self._tagged = names
            await self._screen.query_one(TagBar).ask(names[0], tags)
            self._panes.arrange()

    def set_tags(self, name: str, tags: tuple[str, ...]) -> None:
        """Give an article these tags and no others; to a range, what is added to its common tags and taken away."""
        names = self._tagged if name in self._tagged else [name]
        every = [self._archive.flags(each).tags for each in names]
        added = [tag for tag in tags if not all(tag in those for those in every)]
        gone = [tag for tag in every[0] if tag not in tags and all(tag in those for those in every)]
        if added or gone:
            self._keep_listed(names)
            undo = self._archive.set_flags(names, tag=added, untag=gone)
            words = " ".join(f"#{tag}" for tag in tags)
            self._remember(undo, _("Tags: {tags}").format(tags=words) if words else _("Tags taken away."))
            self._show_marks()
            self._tell_range(names)

    def set_note(self, name: str, note: str) -> None:
        """Give an article this note. An empty one takes it away."""
        self._keep_listed([name])
        undo = self._archive.set_flags([name], note=note)
        words = _("Note kept.") if note.strip() else _("Note taken away.")
        self._remember(undo, words)
        self._show_marks()
        self._screen.say(sentences(words, _("u takes it back.")))

    def mark_current(self, words: str, **change: Any) -> None:
        """Change flags of the article that the reader is at; `words` say what was done."""
        if name := self._screen.state.current_id:
            self._keep_listed([name])
            self._remember(self._archive.set_flags([name], **change), words)
            self._show_marks()
            self._screen.say(words)

    def action_read_all(self) -> None:
        """Mark everything the filter shows as read."""

        def words(count: int) -> str:
            return ngettext("{n} article marked read.", "{n} articles marked read.", count)

        query = self._screen.state.query.with_term("is", "unread")
        self.mark_found(query, words, lambda _archive: _("Nothing unread here."), read=True)

    def mark_found(
        self, query: Query, words: Callable[[int], str], none: Callable[[Engine], str], **change: Any
    ) -> None:
        """Change flags of all articles that a query finds, in a thread with its own view of the archive, as one step.

        `words` say what was done to so many articles, `none` why there are no such articles.
        """

        def work() -> None:
            call = self._screen.app.call_from_thread
            try:
                with Archive.open(self._archive.path, catch_up=False, make=False) as archive:
                    names = archive.listing(query).ids()
                    undo = archive.set_flags(names, **change)
                    reason = "" if undo else none(archive)
            except ENDINGS:
                raise
            except FeedError as failure:
                call(self._screen.complain, failure)
            else:
                call(self._show_marked, undo, reason or words(len(undo) if undo.fault else len(names)))

        self._screen.run_worker(work, thread=True, exclusive=True, group=MARKING)

    def _show_marked(self, undo: Undo, words: str) -> None:
        if not undo:
            self._screen.say(words)
            return
        self._remember(undo, words)
        self._show_marks()
        if undo.fault:
            self._screen.complain(FeedError.of(undo.fault))
        else:
            self._screen.say(sentences(words, _("u takes it back.")))

    def action_undo(self) -> None:
        """Undo the latest mark."""
        if not (undos := self._screen.state.undos):
            self._screen.say(_("Nothing to undo."))
            return
        marks, words = undos[-1]
        while marks:
            self._archive.undo(marks[-1])
            # Only now: on a full disk nothing is undone, and may be later.
            marks = marks[:-1]
            left = (*undos[:-1], (marks, words)) if marks else undos[:-1]
            self._screen.state = replace(self._screen.state, undos=left)
        self._show_marks()
        self._screen.say(_("Undone: {what}").format(what=words))
