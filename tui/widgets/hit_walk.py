"""The walk from hit to hit in the text of an article: of the list's search, or of a text that is found in it."""

from collections.abc import Iterable

from textual.actions import SkipAction
from textual.message import Message

from feeds.model import Article
from tui.widgets.layout.marks import Marks
from tui.widgets.layout.page_lines import PageLines
from tui.widgets.line_view import LineView


class HitWalk(LineView):
    """A page of an article in which hits are marked and walked.

    A search holds for all articles, and behind its last hit the next article is wanted. A search in this article alone
    goes from its last hit to the first one.
    """

    article: Article | None
    compared: object | None
    _page: PageLines
    _marks: Marks
    _searched: tuple[str, ...] = ()
    _sought: tuple[str, ...] = ()

    class HitsPassed(Message):
        """There is no further hit here in the direction `way`, 1 or -1."""

        def __init__(self, way: int) -> None:
            super().__init__()
            self.way = way

    def search(self, words: Iterable[str], *, here: bool = False) -> int:
        """Mark every hit of these words, in this article and in those shown next; how many there are in the text.

        `here` marks them in this article alone; no words mark the hits of the search for all articles again.
        """
        found = tuple(words)
        self._searched, self._sought = (self._searched, found) if here else (found, ())
        count = self._marks.search(self._sought or self._searched)
        self.redraw()
        return count

    @property
    def searching(self) -> bool:
        """Whether a search is in force whose hits can be walked."""
        return self.article is not None and not self.compared and bool(self._marks.words)

    def action_next_hit(self, count: int = 1) -> None:
        """To the next hit; behind a search's last one the next article is wanted. Without a search the key goes on.

        A negative count goes back.
        """
        if not self.searching:
            raise SkipAction
        now = self._marks.current
        if now and self._page.line_of(now.p, now.start) != self.cursor:
            self._marks.forget()  # one read on from there
        place, way = self._page.place_of(self.cursor, self._marks.marked), 1 if count > 0 else -1
        if not self._marks.step(*place, way):
            if not self._sought:
                self.post_message(self.HitsPassed(way))
                return
            self._marks.stand(0 if way > 0 else -1)
        for _further in range(abs(count) - 1):
            if not self._marks.step(*place, way):
                break
        self.to_hit()

    def action_previous_hit(self, count: int = 1) -> None:
        """To the hit before; before a search's first one the article before is wanted."""
        self.action_next_hit(-count)

    def to_hit(self, number: int | None = None) -> None:
        """To a hit of the article, -1 the last, if it has any; without a number to the current one."""
        hit = self._marks.current if number is None else self._marks.stand(number)
        if hit and self._page.lines:
            self.move_to(self._page.line_of(hit.p, hit.start))
        self.redraw()
