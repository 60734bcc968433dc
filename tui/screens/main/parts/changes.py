"""An article in comparison with an earlier version, in the reader: the changes that its publisher made."""

from typing import TYPE_CHECKING

from textual.actions import SkipAction

from feeds.model import Article
from tui.screens.main.parts.open_article import OpenArticle
from tui.screens.main.parts.panes import Panes
from tui.screens.main.state import StatefulScreen
from tui.widgets.reader import Reader
from tui.words import _

if TYPE_CHECKING:
    from feeds.compare import VersionChange


class Changes:
    """Compares an article with one of its earlier versions, which is read and compared in a thread."""

    def __init__(self, screen: StatefulScreen, panes: Panes, open_article: OpenArticle) -> None:
        self._screen = screen
        self._panes = panes
        self._open_article = open_article
        self._number = 0  # of the earlier side, from 1

    @property
    def _reader(self) -> Reader:
        return self._screen.query_one(Reader)

    def action_changes(self) -> None:
        """Show what the last edit of the article changed; once more shows the article itself."""
        if self.leave():
            return
        name = self._screen.state.current_id
        if not name or not self._open_article.show(name):
            return
        article = self._screen.state.article
        if article is None or not article.earlier:
            self._screen.say(_("No earlier version of this article is kept."))
            return
        self._open_article.open(name)
        self._compare(article, len(article.earlier))

    def leave(self) -> bool:
        """Show the article itself if it is in comparison. Return whether it was."""
        shown = self._reader.article
        if not self._reader.compared or shown is None or shown.id != self._screen.state.current_id:
            return False
        self._reader.compare(None)
        self._panes.arrange()
        return True

    def action_next_change(self, count: int = 1) -> None:
        """To the next difference of two versions. Without a comparison the key goes on."""
        self._step_change(1, count)

    def action_previous_change(self, count: int = 1) -> None:
        """To the difference before."""
        self._step_change(-1, count)

    def action_older_version(self) -> None:
        """Compare with the version before."""
        self._step_version(-1)

    def action_newer_version(self) -> None:
        """Compare with the version after it."""
        self._step_version(1)

    def _comparing_reader(self) -> Reader:
        """The reader if it has the keys and compares. Otherwise the key means something else."""
        if self._screen.state.pane != "reader" or not self._reader.compared:
            raise SkipAction
        return self._reader

    def _step_change(self, way: int, count: int) -> None:
        reader = self._comparing_reader()
        beside = sorted((line for line in reader.starts if (line - reader.cursor) * way > 0), reverse=way < 0)
        if beside:
            reader.move_to(beside[:count][-1])

    def _step_version(self, step: int) -> None:
        article, number = self._comparing_reader().article, self._number + step
        if article and 1 <= number <= len(article.earlier):
            self._compare(article, number)
        else:
            self._screen.say(_("There is no further version."))

    def _compare(self, article: Article, number: int) -> None:
        """Compare the version with this number with the one that replaced it."""
        self._number = number
        self._screen.run_worker(lambda: self._work(article, number), thread=True, exclusive=True, group="changes")

    def _work(self, article: Article, number: int) -> None:
        from feeds.compare import change_between, versions_of

        if any(past.plan is None for past in article.earlier[number - 1 : number + 1]):
            from feeds.assembly import with_earlier_plans  # with the rules of plans

            versions = versions_of(with_earlier_plans(article))
        else:
            versions = versions_of(article)
        change = change_between(versions[number - 1], versions[number])
        self._screen.app.call_from_thread(self._show, article, change, len(versions))

    def _show(self, article: Article, change: "VersionChange", count: int) -> None:
        if self._reader.article is article:
            self._reader.compare(change, count)
            self._panes.arrange()
