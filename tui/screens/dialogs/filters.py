"""The filter screen: views, agencies, due years, plans, categories, dates, marks, tags and sources with their counts.

The groups that are used daily stand first. Long groups show their commonest lines, and the rest is folded. Each count
says what choosing the line would leave of the present filter. Counting is done in a thread with its own view of the
archive: with a filter over a large archive it takes longer than a key may.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from feeds.archive import Engine, Listing
from feeds.config import View
from feeds.query import FacetKind, Query, parse
from feeds.query.results import Facet
from tui.commands import bindings_of
from tui.screens.archive_reading import read_in_thread
from tui.screens.dialogs.dialog import Dialog
from tui.widgets.menus.facet_tree import Choice, FacetTree
from tui.widgets.menus.facet_tree import Path as ChoicePath
from tui.words import N_, _

MARKS = (("unread", N_("unread")), ("starred", N_("starred")), ("plan", N_("with a plan")), ("changed", N_("edited")))
DAYS = (("today", N_("today")), ("yesterday", N_("yesterday")), ("week", N_("this week")), ("month", N_("this month")))
FILES = (("attachment", N_("with an attachment")),)
PARTS = (("targets", N_("with targets")), ("goals", N_("with goals")), ("groups", N_("with tasks")))
MOST = 8  # lines of a group that are shown at once
_SLICES = 20  # counted of one choice, about a fifth of a second
RANGE = "range"  # stands for a date that is written by hand
VIEW = "view"  # stands for the field of a line that is a saved view


class Counted(NamedTuple):
    """The choices counted for a filter and a day. `listing` tells whether the archive has changed since."""

    asked: tuple[Query, date]
    views: tuple[View, ...]
    listing: Listing
    choices: list[Choice]


class FilterScreen(Dialog[str]):
    """Changes the filter at each choice. Answers a term that the reader wants to write by hand, or None."""

    BINDINGS = bindings_of("filters")
    PLACES = ("rows", "facets", "filters", "dialog")

    def __init__(
        self,
        archive: Engine,
        query: Query,
        today: Callable[[], date],
        apply: Callable[[Query], None],
        views: Sequence[View] = (),
        known: Counted | None = None,
    ) -> None:
        """`known` is the value of `counted` of the screen before; None of the first."""
        super().__init__()
        self.counted = known
        self._archive = archive
        self._wish = query
        self._today = today
        self._apply = apply
        self._views = views
        self._filled = False

    def heading(self) -> str:
        """The box's title."""
        return _("Filter")

    def compose_box(self) -> ComposeResult:
        """The meaning of the counts, and the tree. It is empty until the counts are known."""
        yield Static(Content(_("On the right: unread/all articles that a line would leave")), id="note")
        yield FacetTree()

    def on_mount(self) -> None:
        """Count every choice."""
        self._count()

    def _count(self) -> None:
        """Show what is known of this filter, and count again if the archive has changed since."""
        asked, views = (self._wish, self._today()), tuple(self._views)
        known = self.counted
        if known and (known.asked, known.views) == (asked, views):
            self._fill(known.choices)
            if not known.listing.refresh():
                return
        listing = self._archive.listing()

        def take(choices: list[Choice]) -> None:
            self.counted = Counted(asked, views, listing, choices)
            self._fill(choices)

        read_in_thread(self, self._archive.path, lambda archive: choices_of(archive, *asked, views), take)

    def _fill(self, choices: list[Choice]) -> None:
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
        if choice.field == VIEW:
            self._wish = self._wish_of_view(choice)
        elif choice.chosen:
            self._wish = without(self._wish, choice) if not event.close else self._wish
        else:
            base = self._wish.without("due") if choice.field == "due" else self._wish
            self._wish = base.with_term(choice.field, choice.value)
        self._apply(self._wish)
        if event.close:
            self.dismiss(None)
        else:
            self._count()

    def _wish_of_view(self, choice: Choice) -> Query:
        """The filter of a view, or none if its view was in force."""
        if choice.chosen:
            return Query(today=self._today())
        return parse(next(view.query for view in self._views if view.name == choice.value), self._today())

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


def choices_of(archive: Engine, query: Query, today: date, views: Sequence[View] = ()) -> list[Choice]:
    """All choices, with their counts under the query."""
    base = Query(query.root, today)
    groups = [
        Choice(_("Views"), inside=tuple(_view_choice(archive, base, view) for view in views)),
        Choice(_("Agency"), inside=_in_short(_flat_choices(archive, base, "agency"))),
        Choice(_("Due"), inside=_due_choices(archive, base)),
        Choice(_("Plan"), inside=_fixed_choices(archive, base, "has", PARTS)),
        Choice(_("Category"), inside=_category_choices(archive, base)),
        Choice(_("Date"), inside=(*_fixed_choices(archive, base, "date", DAYS), *_date_choices(archive, base))),
        Choice(
            _("Marks"),
            inside=(*_fixed_choices(archive, base, "is", MARKS), *_fixed_choices(archive, base, "has", FILES)),
        ),
        Choice(_("Tag"), inside=_in_short(_flat_choices(archive, base, "tag"))),
        Choice(_("Source"), inside=_flat_choices(archive, base, "source")),
    ]
    return [group for group in groups if group.inside]


def paths_to_unfold(choices: list[Choice]) -> list[ChoicePath]:
    """The paths that are unfolded at first: every heading, and the first levels of the categories."""
    paths: list[ChoicePath] = [(choice.label,) for choice in choices]
    for choice in choices:
        for inner in choice.inside:
            if inner.inside and inner.field == "cat":
                paths.append((choice.label, inner.label))
                paths += [(choice.label, inner.label, deeper.label) for deeper in inner.inside if deeper.inside]
    return paths


def _in_short(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The commonest and the chosen ones, and the rest folded."""
    first = [choice for number, choice in enumerate(choices) if number < MOST or choice.chosen]
    rest = tuple(choice for choice in choices if choice not in first)
    if len(rest) < 2:
        return choices
    return (*first, Choice(_("{n} more").format(n=len(rest)), inside=rest))


def _view_choice(archive: Engine, query: Query, view: View) -> Choice:
    found = parse(view.query, query.today)
    total, exact = _count_soon(archive, found)
    unread = _count_soon(archive, found.with_term("is", "unread"))[0] if total else 0
    chosen = set(found.terms()) <= set(query.terms())
    return Choice(view.name, VIEW, view.name, total, unread, exact=exact, chosen=chosen)


def _due_choices(archive: Engine, query: Query) -> tuple[Choice, ...]:
    """The years in which most targets and goals end, in their order. The rest is folded, without counts."""
    counts = archive.due_counts(None, "year")
    most = sorted(counts, key=lambda count: -(count.targets + count.goals))[:MOST]
    chosen = {count.label for count in counts if f"due:{count.label}" in query.terms()}
    shown = tuple(
        (count.label, count.label)
        for count in sorted(counts, key=lambda count: count.label)
        if count in most or count.label in chosen
    )
    rest = tuple(Choice(count.label, "due", count.label) for count in counts if (count.label, count.label) not in shown)
    folded = (Choice(_("{n} more").format(n=len(rest)), inside=rest),) if rest else ()
    return (*_fixed_choices(archive, query, "due", shown), *folded)


def _fixed_choices(archive: Engine, query: Query, field: str, words: tuple[tuple[str, str], ...]) -> tuple[Choice, ...]:
    choices = []
    for value, label in words:
        choice = Choice(_(label), field, value)
        rest = without(query, choice) if field in ("is", "has") else query.without(field)
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


def unread_of_views(archive: Engine, views: Sequence[View], today: date) -> dict[str, int]:
    """The numbers of unread articles of views by their names."""
    return {view.name: _count_soon(archive, parse(view.query, today).with_term("is", "unread"))[0] for view in views}


def count_some(archive: Engine, views: Sequence[View], today: date, must_stop: Callable[[], bool]) -> dict[str, int]:
    """The numbers of unread articles of the first views, of one at least, until `must_stop` says so."""
    counts: dict[str, int] = {}
    for view in views:
        counts |= unread_of_views(archive, (view,), today)
        if must_stop():
            break
    return counts


def _is_chosen(query: Query, choice: Choice) -> bool:
    return term_of(choice, query.today) in query.terms()


def _choice_of(query: Query, field: str, facet: Facet, label: str) -> Choice:
    choice = Choice(label, field, "/".join(facet.path), facet.total, facet.unread, exact=facet.exact)
    return choice._replace(chosen=_is_chosen(query, choice))


def _flat_choices(archive: Engine, query: Query, field: FacetKind) -> tuple[Choice, ...]:
    facets = archive.facets(query.without(field), field)
    return tuple(_choice_of(query, field, facet, facet.path[-1]) for facet in facets)


def _date_choices(archive: Engine, query: Query) -> tuple[Choice, ...]:
    """Years with their months inside, with their days inside; then the range that is written by hand."""
    rest = query.without("date")
    days: dict[str, list[Choice]] = defaultdict(list)
    months: dict[str, list[Choice]] = defaultdict(list)
    for facet in archive.facets(rest, "day"):
        days[facet.path[0][:7]].append(_choice_of(query, "date", facet, facet.path[0]))
    for facet in archive.facets(rest, "month"):
        month = facet.path[0]
        choice = _choice_of(query, "date", facet, month)._replace(inside=tuple(days[month]))
        months[month[:4]].append(choice)
    years = [
        _choice_of(
            query,
            "date",
            Facet(
                (year,),
                sum(month.total or 0 for month in inside),
                sum(month.unread for month in inside),
                exact=all(month.exact for month in inside),
            ),
            year,
        )._replace(inside=tuple(inside))
        for year, inside in months.items()
    ]
    return (*years, Choice(_("from … to …"), "date", RANGE))


def _category_choices(archive: Engine, query: Query) -> tuple[Choice, ...]:
    facets = archive.facets(query.without("cat"), "category")

    def below(path: tuple[str, ...]) -> tuple[Choice, ...]:
        return tuple(
            _choice_of(query, "cat", facet, facet.path[-1])._replace(inside=below(facet.path))
            for facet in facets
            if facet.path[:-1] == path
        )

    return below(())
