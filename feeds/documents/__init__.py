"""Documents over all articles that speak of them: identity, stage, joining, the merged plan, relations. Pure."""

from feeds.documents.joining import JoinedDocument, Member, Separation, join_mentions, separations_from
from feeds.documents.mentions import STAGES, DocumentMention, Stage, mentions_of
from feeds.documents.merging import MergedPart, Statement, fullness_of, merged_plan
from feeds.documents.relations import Relation, RelationKind, relations_of
from feeds.documents.rows import (
    DOCUMENT_COLUMNS,
    MOST_MERGED,
    DocumentRow,
    PlanSummary,
    deadlines_of,
    document_cells,
    document_row_json,
    document_rows,
    end_of,
    is_about_one,
    row_with,
    summary_of,
    summary_of_plan,
)
from feeds.documents.sorting import DOCUMENT_SORTS, documents_in_order
from feeds.documents.titles import TitleKey, printed_core, title_key

__all__ = [
    "DOCUMENT_COLUMNS",
    "DOCUMENT_SORTS",
    "MOST_MERGED",
    "STAGES",
    "DocumentMention",
    "DocumentRow",
    "JoinedDocument",
    "Member",
    "MergedPart",
    "PlanSummary",
    "Relation",
    "RelationKind",
    "Separation",
    "Stage",
    "Statement",
    "TitleKey",
    "deadlines_of",
    "document_cells",
    "document_row_json",
    "document_rows",
    "documents_in_order",
    "end_of",
    "fullness_of",
    "is_about_one",
    "join_mentions",
    "mentions_of",
    "merged_plan",
    "printed_core",
    "relations_of",
    "row_with",
    "separations_from",
    "summary_of",
    "summary_of_plan",
    "title_key",
]
