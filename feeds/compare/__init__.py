"""Two plans, or two texts, side by side: what is the same, changed, new, gone and moved. Pure.

`compare` aligns plans by meaning and not by place: groups by kind and text, items by text, targets by indicator and
deadline. `compare_texts` aligns paragraphs clause by clause. Both give a Comparison. `compare(a, a)` has no difference,
and `compare(b, a)` is the mirror of `compare(a, b)`.
"""

from feeds.compare.comparison import (
    Change,
    Comparison,
    FieldChange,
    Pairing,
    Part,
    PartKind,
    TextClause,
    WordingRun,
)
from feeds.compare.plans import compare
from feeds.compare.texts import compare_texts
from feeds.compare.versions import (
    ArticleVersion,
    VersionChange,
    article_of_version,
    change_between,
    changes_of,
    versions_of,
)

__all__ = [
    "ArticleVersion",
    "Change",
    "Comparison",
    "FieldChange",
    "Pairing",
    "Part",
    "PartKind",
    "TextClause",
    "VersionChange",
    "WordingRun",
    "article_of_version",
    "change_between",
    "changes_of",
    "compare",
    "compare_texts",
    "versions_of",
]
