"""The filter screen: marks, dates, categories, sources and agencies with their counts, beside the list that follows.

Each count says what choosing the line would leave of the present filter. Counting is done in a thread with its own view
of the archive: with a filter over a large archive it takes longer than a key may.
"""

from collections.abc import Callable
from datetime import date

from textual import on, work
from textual.app import ComposeResult

from feeds.archive import Archive, Engine
from feeds.query import FacetKind, Query, parse
from feeds.query.results import Facet
from tui.commands import bindings_of
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.menus.facet_tree import Choice, FacetTree, Path
from tui.words import N_, _

MARKS = (("unread", N_("unread")), ("starred", N_("starred")), ("plan", N_("with a plan")), ("changed", N_("edited")))
DAYS = (("today", N_("today")), ("yesterday", N_("yesterday")), ("week", N_("this week")), ("month", N_("this month")))
_SLICES = 20  # counted of one choice, about a fifth of a second
RANGE = "range"  # stands for a date that is written by hand


class FilterScreen(Dialog[str]):
    """Changes the filter at each choice. Answers a term that the reader wants to write by hand, or None."""

    BINDINGS = bindings_of("filters")
    PLACES = ("rows", "facets", "filters", "dialog")

    def __init__(
        self, archive: Engine, query: Query, today: Callable[[], date], apply: Callable[[Query], None]
    ) -> None:
        super().__init__()
        self._path = archive.path
        self._wish = query
        self._today = today
        self._apply = apply
        self._filled = False

    def heading(self) -> str:
        """The box's title."""
        return _("Filter")

    def compose_box(self) -> ComposeResult:
        """The tree. It is empty until the counts are known."""
        yield FacetTree()

    def on_mount(self) -> None:
        """Count every choice."""
        self._count()

    @work(thread=True, exclusive=True)
    def _count(self) -> None:
        with Archive.open(self._path, catch_up=False) as archive:
            choices = choices_of(archive, self._wish, self._today())
        self.app.call_from_thread(self._fill, choices)

    def _fill(self, choices: list[Choice]) -> None:
        if self.is_mounted:
            self.query_one(FacetTree).fill(choices, () if self._filled else paths_to_unfold(choices))
            self._filled = True

    @on(FacetTree.Toggled)
    def _toggled(self, event: FacetTree.Toggled) -> None:
        choice = event.choice
        if (choice.field, choice.value) == ("date", RANGE):
            self._wish = self._wish.without("date")
            self._apply(self._wish)
            self.dismiss(f"{choice.field}:")
            return
        if choice.chosen:
            self._wish = without(self._wish, choice) if not event.close else self._wish
        else:
            self._wish = self._wish.with_term(choice.field, choice.value)
        self._apply(self._wish)
        if event.close:
            self.dismiss(None)
        else:
            self._count()

    def action_clear(self) -> None:
        """Show all articles again."""
        self._wish = Query(today=self._today())
        self._apply(self._wish)
        self._count()


def without(query: Query, choice: Choice) -> Query:
    """The query without this choice's term."""
    gone = term_of(choice, query.today)
    return parse(" ".join(term for term in query.terms() if term != gone), query.today)


def term_of(choice: Choice, today: date) -> str:
    """A choice as the filter language spells it."""
    return str(Query(today=today).with_term(choice.field, choice.value))


def choices_of(archive: Engine, query: Query, today: date) -> list[Choice]:
    """All choices, with their counts under the query."""
    base = Query(query.root, today)
    return [
        Choice(_("Marks"), inside=_fixed_choices(archive, base, "is", MARKS)),
        Choice(_("Date"), inside=(*_fixed_choices(archive, base, "date", DAYS), *_date_choices(archive, base))),
        Choice(_("Category"), inside=_category_choices(archive, base)),
        Choice(_("Source"), inside=_flat_choices(archive, base, "source")),
        Choice(_("Agency"), inside=_flat_choices(archive, base, "agency")),
    ]


def paths_to_unfold(choices: list[Choice]) -> list[Path]:
    """The paths that are unfolded at first: every heading, and the first levels of the categories."""
    paths: list[Path] = [(choice.label,) for choice in choices]
    for choice in choices:
        for inner in choice.inside:
            if inner.inside and inner.field == "cat":
                paths.append((choice.label, inner.label))
                paths += [(choice.label, inner.label, deeper.label) for deeper in inner.inside if deeper.inside]
    return paths


def _fixed_choices(archive: Engine, query: Query, field: str, words: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    choices = []
    for value, label in words:
        choice = Choice(_(label), field, value)
        rest = without(query, choice) if field == "is" else query.without(field)
        found = rest.with_term(field, value)
        total, exact = _count_soon(archive, found)
        unread = _count_soon(archive, found.with_term("is", "unread"))[0] if total and field != "is" else 0
        choices.append(choice._replace(total=total, unread=unread, exact=exact, chosen=_is_chosen(query, choice)))
    return tuple(choices)


def _count_soon(archive: Engine, query: Query) -> tuple[int, bool]:
    """The number of articles that a query finds, as far as they are counted soon, and whether that is all."""
    listing = archive.listing(query)
    listing.count_on(_SLICES)
    return listing.total, listing.exact


def _is_chosen(query: Query, choice: Choice) -> bool:
    return term_of(choice, query.today) in query.terms()


def _choice_of(query: Query, field: str, facet: Facet, label: str) -> Choice:
    choice = Choice(label, field, "/".join(facet.path), facet.total, facet.unread, exact=facet.exact)
    return choice._replace(chosen=_is_chosen(query, choice))


def _flat_choices(archive: Engine, query: Query, field: FacetKind) -> tuple[Choice, ...]:
    facets = archive.facets(query.without(field), field)
    return tuple(_choice_of(query, field, facet, facet.path[-1]) for facet in facets)


def _date_choices(archive: Engine, query: Query) -> tuple[Choice, ...]:
    """Months with their days inside, then the range that is written by hand."""
    rest = query.without("date")
    days = archive.facets(rest, "day")
    months = []
    for facet in archive.facets(rest, "month"):
        inside = [_choice_of(query, "date", day, day.path[0]) for day in days if day.path[0].startswith(facet.path[0])]
        months.append(_choice_of(query, "date", facet, facet.path[0])._replace(inside=tuple(inside)))
    return (*months, Choice(_("from … to …"), "date", RANGE))


def _category_choices(archive: Engine, query: Query) -> tuple[Choice, ...]:
    facets = archive.facets(query.without("cat"), "category")

    def below(path: tuple[str, ...]) -> tuple[Choice, ...]:
        return tuple(
            _choice_of(query, "cat", facet, facet.path[-1])._replace(inside=below(facet.path))
            for facet in facets
            if facet.path[:-1] == path
        )

    return below(())
