"""A condition as a value: which rows lead, what is asked of each of them, and named flags for what that means."""

from collections.abc import Iterable

from msgspec import Struct

Value = str | int | float


class Clause(Struct, frozen=True):
    """An SQL expression that holds in a row or not, with the values of its question marks."""

    sql: str
    values: tuple[Value, ...] = ()
    always: bool = False
    """It holds in every row."""
    costly: bool = False
    """To ask it takes as long as reading a text."""
    of_article: bool = False
    """It names columns of the articles, `a`, and not only the row number."""


EVERY = Clause("1", always=True)


def all_of(clauses: Iterable[Clause]) -> Clause:
    """The clause that holds where all of these hold."""
    return _join([clause for clause in clauses if not clause.always], " AND ")


def any_of(clauses: Iterable[Clause]) -> Clause:
    """The clause that holds where one of these holds."""
    return _join(list(clauses), " OR ")


def none_of(clause: Clause) -> Clause:
    """The clause that holds where this does not hold."""
    return Clause(f"NOT ({clause.sql})", clause.values, costly=clause.costly, of_article=clause.of_article)


def _join(clauses: list[Clause], joint: str) -> Clause:
    if not clauses:
        return EVERY
    text = joint.join(f"({clause.sql})" for clause in clauses)
    return Clause(
        f"({text})" if len(clauses) > 1 else text,
        tuple(value for clause in clauses for value in clause.values),
        costly=any(clause.costly for clause in clauses),
        of_article=any(clause.of_article for clause in clauses),
    )


class LeadingTable(Struct, frozen=True):
    """The table that leads, under its alias, and its column of row numbers."""

    table: str
    at: str
    values: tuple[Value, ...] = ()
    articles: bool = False
    """The table is that of the articles, `a`, itself."""
    unordered: bool = False
    """Its rows must be sorted, all of them, before the first can be had: they are few."""

    @property
    def with_articles(self) -> str:
        """The table with the articles, `a`, beside it."""
        return self.table if self.articles else f"{self.table} CROSS JOIN article a ON a.at = {self.at}"


ARTICLES = LeadingTable("article a", "a.at", articles=True)


class Condition(Struct, frozen=True):
    """Where rows come from and what must hold in them.

    `lead` bounds the source itself; `rest` is asked of each of its rows.
    `counted` names the label whose maintained count is the number of rows; `unread` takes its unread count.
    """

    source: LeadingTable
    lead: Clause
    rest: Clause
    counted: int | None = None
    unread: bool = False

    @property
    def at(self) -> str:
        """The column of row numbers."""
        return self.source.at

    @property
    def costly(self) -> bool:
        """Whether to ask a row takes as long as reading its text."""
        return self.rest.costly

    @property
    def sure(self) -> bool:
        """Whether every row of the leader is one of the list."""
        return self.rest.always

    @property
    def unordered(self) -> bool:
        """Whether the leader's rows must be sorted, all of them, before the first can be had: they are few."""
        return self.source.unordered

    @property
    def parameters(self) -> tuple[Value, ...]:
        """The values for the question marks of `select`, before those of its `rest`."""
        return (*self.source.values, *self.lead.values, *self.rest.values)

    def select(self, what: str, rest: str = "", *, of_article: bool = False) -> str:
        """The statement. The articles are joined to their leader only if something of them is asked.

        `of_article` says that `what` or `rest` names their columns, as `a.title`.
        """
        where = f"{self.lead.sql} AND {self.rest.sql}"
        return f"SELECT {what} FROM {self._from(of_article=of_article)} WHERE {where} {rest}"  # noqa: S608 -- our own words only

    def slice(self, bound: int | None, limit: int, what: str, columns: str = "") -> tuple[str, tuple[Value, ...]]:
        """A statement about at most `limit` rows of the leader, those below `bound` from its top down.

        `what` is made of `at`, `hit` (whether the row is one of the list) and the `columns` of the articles.
        """
        below, values = (f"AND {self.at} < ?", (bound,)) if bound is not None else ("", ())
        taken = f"{self.at} AS at, {self.rest.sql} AS hit" + (f", {columns}" if columns else "")
        if self.unordered:  # SQLite would ask them all before it sorts them
            leader = LeadingTable(
                f"(SELECT d.at FROM {self.source.table} WHERE {self.lead.sql} {below} ORDER BY d.at DESC LIMIT ?) d",  # noqa: S608 -- our own words only
                "d.at",
            )
            rows = f"{leader.with_articles} ORDER BY d.at DESC"
        else:
            source = self._from(of_article=bool(columns))
            rows = f"{source} WHERE {self.lead.sql} {below} ORDER BY {self.at} DESC LIMIT ?"
        text = f"SELECT {what} FROM (SELECT {taken} FROM {rows})"  # noqa: S608 -- our own words only
        return text, (*self.rest.values, *self.source.values, *self.lead.values, *values, limit)

    def _from(self, *, of_article: bool) -> str:
        if of_article or self.lead.of_article or self.rest.of_article:
            return self.source.with_articles
        return self.source.table
