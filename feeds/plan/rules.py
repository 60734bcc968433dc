"""The one table of rules, in the order in which they decide.

The documents and who issues them first, then the article's kind, the groups, and the dates: how a date is written,
whether it dates anything, how far it reaches, what it governs; then the figures under a date. Each part of the table
stands beside the code that its rules share; this file only puts them in their order, for readers and for the tests.
Nothing that reads an article imports it.
"""

import re
from typing import Any

from feeds.plan.documents.issuers import BESIDE, ISSUERS
from feeds.plan.documents.mentions import MENTIONS
from feeds.plan.documents.sources import SOURCES
from feeds.plan.genre import GENRES
from feeds.plan.goals.dating import NO_DATES
from feeds.plan.goals.governing import FIRM, GOVERNS, LOOSE
from feeds.plan.goals.pending import BEHIND
from feeds.plan.goals.reach import REACHES
from feeds.plan.grammar.date_forms import FORMS
from feeds.plan.groups.binding import ORDINALS
from feeds.plan.groups.listing import COUNTED
from feeds.plan.groups.unannounced import UNANNOUNCED
from feeds.plan.groups.unlisted import ANNOUNCED
from feeds.plan.rule import SURE, Rule
from feeds.plan.targets.clause import NAMED
from feeds.plan.targets.shapes import SHAPES
from feeds.plan.targets.tables import ROW

DATES = tuple(Rule(form.name, "date", re.compile(form.pattern).search, form, SURE) for form in FORMS)
"""The forms of a date. They do not compete: the one that stands first in the text is read, and of two the longer."""

TABLES: tuple[tuple[Rule[Any, Any], ...], ...] = (
    MENTIONS,
    SOURCES,
    ISSUERS,
    BESIDE,
    GENRES,
    ORDINALS,
    COUNTED,
    UNANNOUNCED,
    (ANNOUNCED,),
    DATES,
    NO_DATES,
    REACHES,
    GOVERNS,
    LOOSE,
    FIRM,
    BEHIND,
    (NAMED,),
    SHAPES,
    (ROW,),
)
"""The tables in the order in which they are asked; inside each the first rule that applies decides."""
RULES: tuple[Rule[Any, Any], ...] = tuple(rule for table in TABLES for rule in table)
