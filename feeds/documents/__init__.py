"""Documents over all articles that speak of them: identity, stage, joining, the merged plan, relations. Pure."""

from feeds.documents.joining import JoinedDocument, Member, Separation, join_mentions
from feeds.documents.mentions import DocumentMention, Stage, mentions_of
from feeds.documents.merging import MergedPart, Statement, merged_plan
from feeds.documents.relations import Relation, RelationKind, relations_of
from feeds.documents.rows import DOCUMENT_COLUMNS, DocumentRow, document_cells, document_row_json, document_rows, end_of
from feeds.documents.sorting import DOCUMENT_SORTS, documents_in_order
from feeds.documents.titles import TitleKey, title_key

__all__ = [
    "DOCUMENT_COLUMNS",
    "DOCUMENT_SORTS",
    "DocumentMention",
    "DocumentRow",
    "JoinedDocument",
    "Member",
    "MergedPart",
    "Relation",
    "RelationKind",
    "Separation",
    "Stage",
    "Statement",
    "TitleKey",
    "document_cells",
    "document_row_json",
    "document_rows",
    "documents_in_order",
    "end_of",
    "join_mentions",
    "mentions_of",
    "merged_plan",
    "relations_of",
    "title_key",
]
