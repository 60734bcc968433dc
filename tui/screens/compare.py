"""The differences of two articles: of their plans or their texts. The first key marks one, the second compares."""

from collections.abc import Iterator

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from feeds.compare import Comparison, Pairing, compare, compare_texts
from feeds.errors import ArchiveError
from feeds.model import Article
from tui.commands import bindings_of
from tui.messages import PlaceWanted
from tui.screens.context import ScreenContext
from tui.screens.dialogs.dialog import Dialog
from tui.screens.lasting import MarkingScreen
from tui.text import clip, wrap
from tui.widgets.layout.differences import heading_of, lines_of, signs_of, summary_of
from tui.widgets.layout.sides import WIDE, side_lines, two_columns
from tui.widgets.menus.row_list import RowList
from tui.words import _, sentence_of

_TITLE = 30  # cells of a title in a notice
_STYLES = {"same": "", "changed": "$warning", "new": "$success", "gone": "$error"}


class CompareScreen(MarkingScreen, Dialog[None]):
    """Differences of two articles. The one that was marked first is the earlier side."""

    PLACES = ("compare", "rows", "dialog")
    BINDINGS = bindings_of("compare")

    texts: reactive[bool] = reactive(default=False, init=False)
    everything: reactive[bool] = reactive(default=False, init=False)

    def __init__(self, context: ScreenContext) -> None:
        super().__init__(context)
        self._names: list[str] = []
        self._sides: list[Article] = []

    def notice_instead(self) -> str:
        """Mark the article if no other is marked, and say so; the screen opens at the second."""
        wanted = self.subject or (self.article,)
        if len(wanted) > 1 or any(name not in wanted for name in self._names):
            return ""
        if not wanted[0]:
            return _("Choose an article in the list.")
        try:
            self._sides = [self.context.archive.get(wanted[0])]
        except ArchiveError as error:
            return sentence_of(error.fault)
        self._names = [wanted[0]]
        return _("Marked {title}. At another article the same key compares the two.").format(
            title=clip(self._sides[0].title, _TITLE)
        )

    def heading(self) -> str:
        """The box's title."""
        return _("Compare")

    def compose_box(self) -> ComposeResult:
        """Both titles and the counts, then the lines."""
        self._differing: list[int] = []
        self._pairings: list[Pairing | None] = []  # by line: what it is about; None for a heading
        self._taken: tuple[tuple[str, ...], str] | None = None
        yield Static(id="note")
        yield RowList()

    def on_mount(self) -> None:
        """Take the article that the screen was opened at."""
        self._take_article()

    def on_screen_resume(self) -> None:
        """Take the article that the screen is opened at now."""
        self._take_article()

    def on_resize(self) -> None:
        """Break the lines for another width."""
        self._show_comparison()

    def watch_texts(self) -> None:
        """Show the other comparison."""
        self._show_comparison()

    def watch_everything(self) -> None:
        """Show what is the same too, or leave it out."""
        self._show_comparison()

    def action_toggle_texts(self) -> None:
        """Compare the texts, or the plans again."""
        self.texts = not self.texts

    def action_toggle_same(self) -> None:
        """Show what is the same too, or leave it out."""
        self.everything = not self.everything

    def action_swap(self) -> None:
        """Exchange the earlier and the later side."""
        self._sides.reverse()
        self._names.reverse()
        self._show_comparison()

    def action_forget(self) -> None:
        """Forget both articles and close: the next opening marks again."""
        self._names, self._sides, self._taken = [], [], None
        self.dismiss(None)

    def action_next_difference(self, count: int = 1) -> None:
        """Go to the next difference, or so many further."""
        rows = self.query_one(RowList)
        rows.cursor = [rows.cursor, *(row for row in self._differing if row > rows.cursor)][: count + 1][-1]

    def action_previous_difference(self, count: int = 1) -> None:
        """Go to the difference before."""
        rows = self.query_one(RowList)
        rows.cursor = [rows.cursor, *(row for row in reversed(self._differing) if row < rows.cursor)][: count + 1][-1]

    @on(RowList.RowChosen)
    def _place_picked(self, event: RowList.RowChosen) -> None:
        """Open the later article at the part of this line; the earlier one if the later has no such part."""
        pairing = self._pairings[event.index] if event.index < len(self._pairings) else None
        part = (pairing.after or pairing.before) if pairing else None
        if pairing and part and part.span:
            self.post_message(PlaceWanted(self._sides[1 if pairing.after else 0].id, part.span))

    def _take_article(self) -> None:
        """Take both sides that another screen wants compared, else keep the marked one and take the other.

        If nothing else is wanted than before, the lines keep their place.
        """
        if self._taken == (self.subject, self.article):
            return
        pair_before = self._taken is not None and len(self._taken[0]) > 1
        self._taken = (self.subject, self.article)
        if pair_before or len(self.subject) > 1:
            self._names, self._sides = [], []
        for name in self.subject or (self.article,):
            if name and name not in self._names:
                try:
                    article = self.context.archive.get(name)
                except ArchiveError as error:
                    self.query_one("#note", Static).update(Content(sentence_of(error.fault)))
                    return
                self._names = [*self._names[:1], name]
                self._sides = [*self._sides[:1], article]
        self._show_comparison()

    def _show_comparison(self) -> None:
        if not (self.is_mounted and self.query(RowList)):
            return
        rows, note = self.query_one(RowList), self.query_one("#note", Static)
        width = max(self.size.width - 4, 20)
        titles = [f"{name} {clip(side.title, width - 8)}" for name, side in zip("AB", self._sides, strict=False)]
        if len(self._sides) < 2:  # the other one cannot be read; the note says why
            rows.show([], 0)
            return
        before, after = self._sides
        found = compare_texts(before.paragraphs, after.paragraphs) if self.texts else compare(before.plan, after.plan)
        if width >= WIDE:
            titles = two_columns(titles[0], titles[1], "", width, self._ambiguous)
        note.update(Content("\n".join([*titles, summary_of(found)])))
        rows.show(self._rows_of(found, rows.room.width - 2), 0)

    @property
    def _ambiguous(self) -> int:
        return self.context.config.ambiguous_width

    def _rows_of(self, found: Comparison, width: int) -> list[Content]:
        """The lines, broken at the width; which of them begin a difference is kept for the keys."""
        rows: list[Content] = []
        self._differing, self._pairings = [], []
        heading = ""
        for pairing, line in lines_of(found, everything=self.everything):
            if (here := heading_of(pairing)) != heading:
                heading = here
                rows.append(Content.styled(heading, "bold $accent"))
                self._pairings.append(None)
            if pairing.differs:
                self._differing.append(len(rows))
            lines = (
                side_lines(pairing, width, self._ambiguous) if width >= WIDE else list(_broken(pairing, line, width))
            )
            rows += [Content.styled(text, _STYLES[pairing.change]) for text in lines]
            self._pairings += [pairing] * len(lines)
        return rows


def _broken(pairing: Pairing, line: str, width: int) -> Iterator[str]:
    """The one line of both sides, broken at the width."""
    lead = f"{signs_of(pairing)} {'  ' * pairing.depth}"
    for number, (start, end) in enumerate(wrap(line, max(width - len(lead), 8))):
        yield (lead if number == 0 else " " * len(lead)) + line[start:end].rstrip()
