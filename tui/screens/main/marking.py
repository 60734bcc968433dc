"""What a reader does to articles: read, unread, star, tags, all read, copies apart, and taking it back."""

from collections.abc import Callable
from datetime import datetime

from textual import on, work

from feeds.archive import Archive, Engine, Undo
from feeds.config import Config
from feeds.errors import FeedError
from tui.failures import ENDINGS
from tui.messages import FlagsMarked
from tui.screens.main.reading import Reading
from tui.widgets.article_list import ArticleList
from tui.widgets.bars.tag_bar import TagBar
from tui.widgets.reader import Reader
from tui.words import _, ngettext


class Marking(Reading):
    """Articles that can be marked. Marks made by hand can be undone, one after the other."""

    def __init__(self, archive: Engine, config: Config, now: Callable[[], datetime]) -> None:
        super().__init__(archive, config, now)
        self._undos: list[tuple[Undo, str]] = []

    def mark_read(self, name: str) -> None:
        """Mark an article that was opened; opening is nothing to undo."""
        self._mark([name], read=True)

    def _mark(self, names: list[str], *, read: bool | None = None, starred: bool | None = None) -> Undo:
        self._keep_listed(names)
        undo = self._archive.set_flags(names, read=read, starred=starred)
        self._marked()
        return undo

    def _keep_listed(self, names: list[str]) -> None:
        """Nothing vanishes under the reader's hand; the next filter takes it away."""
        if self._listing:
            self._listing.keep(names)

    def _marked(self) -> None:
        self.query_one(ArticleList).refresh_listing()
        self.count()
        if self._shown:
            name = self._shown.id
            self.query_one(Reader).show(self._shown, self._archive.flags(name), self._archive.duplicates(name))
        self.post_message(FlagsMarked())

    @property
    def current_id(self) -> str | None:
        """The article that a mark is meant for: the one being read, else the selected one."""
        return self._shown.id if self.pane != "list" and self._shown else self.selected_id

    def action_toggle_read(self) -> None:
        """Mark the article read, or unread again."""
        if name := self.current_id:
            read = not self._archive.flags(name).read
            undo = self._mark([name], read=read)
            self._undos.append((undo, _("Marked read.") if read else _("Marked unread.")))

    def action_toggle_star(self) -> None:
        """Star the article, or take the star away."""
        if name := self.current_id:
            starred = not self._archive.flags(name).starred
            self._undos.append(
                (self._mark([name], starred=starred), _("Starred.") if starred else _("Star taken away."))
            )

    def action_part(self) -> None:
        """Take the copies of one piece apart, or put them together again."""
        if not (name := self.current_id):
            return
        if self._archive.duplicates(name):
            undo, words = self._archive.split_duplicates(name), _("Taken apart.")
        else:
            undo, words = self._archive.join_duplicates(name), _("Put together.")
        if not undo:
            self.say(_("No copy of this article is known."))
            return
        self._undos.append((undo, words))
        self._marked()
        self.say(words + " " + _("u takes it back."))

    async def action_tag(self) -> None:
        """Write the article's tags."""
        if name := self.current_id:
            await self.query_one(TagBar).ask(name, self._archive.flags(name).tags)
            self.fold()

    @on(TagBar.TagsWritten)
    def _tagged(self, event: TagBar.TagsWritten) -> None:
        before = self._archive.flags(event.article).tags
        added = [tag for tag in event.tags if tag not in before]
        gone = [tag for tag in before if tag not in event.tags]
        if added or gone:
            self._keep_listed([event.article])
            undo = self._archive.set_flags([event.article], tag=added, untag=gone)
            tags = " ".join(f"#{tag}" for tag in event.tags)
            self._undos.append((undo, _("Tags: {tags}").format(tags=tags) if tags else _("Tags taken away.")))
            self._marked()

    @work(thread=True, exclusive=True, group="marking")
    def action_read_all(self) -> None:
        """Mark everything the filter shows as read, in a thread with its own view of the archive."""
        try:
            with Archive.open(self._archive.path, catch_up=False, make=False) as archive:
                rows = archive.listing(self._query.with_term("is", "unread")).ids()
                undo = archive.set_flags(rows, read=True)
        except ENDINGS:
            raise
        except FeedError as failure:
            self.app.call_from_thread(self.complain, failure)
        else:
            self.app.call_from_thread(self._all_read, undo, len(rows))

    def _all_read(self, undo: Undo, count: int) -> None:
        if not undo:
            self.say(_("Nothing unread here."))
            return
        words = ngettext("{n} article marked read.", "{n} articles marked read.", len(undo) if undo.fault else count)
        self._undos.append((undo, words))
        self._marked()
        if undo.fault:
            self.complain(FeedError(undo.fault.template, **undo.fault.values))
        else:
            self.say(words + " " + _("u takes it back."))

    def action_undo(self) -> None:
        """Take the last marks back."""
        if not self._undos:
            self.say(_("Nothing to undo."))
            return
        undo, words = self._undos[-1]
        self._archive.undo(undo)
        self._undos.pop()  # only now: on a full disk nothing is undone, and may be later
        self._marked()
        self.say(_("Undone: {what}").format(what=words))
